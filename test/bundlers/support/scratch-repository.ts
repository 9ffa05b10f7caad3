import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import type { Outcome } from "../../cli/support/run-command.js";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";
import { specOf } from "../../model/spec-builder.js";

/** A description of operations with these names. */
export function specWith(...names: readonly string[]): string {
  return JSON.stringify(
    specOf({ operations: Object.fromEntries(names.map((name) => [name, {}])) }),
  );
}

/** A new folder with the package as it is published, and a program that uses a client. */
export async function scratchRepository(): Promise<string> {
  const folder = temporaryFolder({
    "package.json": '{ "type": "module" }',
    "spec/api.json": specWith("a.set"),
    "kompliant-codegen.config.json": JSON.stringify({
      spec: "spec/api.json",
      out: "src/kompliant",
      importExtension: ".ts",
    }),
    "src/main.ts":
      'import * as a from "./kompliant/operations/a/index.ts";\nconsole.log(a);\n',
    "index.html": '<script type="module" src="/src/main.ts"></script>\n',
  });
  const scripts = path.join(import.meta.dirname, "../scripts");
  cpSync(scripts, folder, { recursive: true });
  await install(folder);
  return folder;
}

/** Unpacks the package into `node_modules`, among what this repository has installed. */
async function install(folder: string): Promise<void> {
  const { stdout } = await runCommand(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    packageFolder,
  );
  const [{ filename } = { filename: "" }] = JSON.parse(stdout) as readonly {
    readonly filename: string;
  }[];
  const modules = path.join(folder, "node_modules");
  mkdirSync(modules);
  const installed = path.join(packageFolder, "node_modules");
  for (const name of readdirSync(installed)) {
    if (name.startsWith(".")) continue;
    symlinkSync(path.join(installed, name), path.join(modules, name));
  }
  const target = path.join(modules, "kompliant-codegen");
  mkdirSync(target);
  const { exitCode, stderr } = await runCommand(
    "tar",
    ["-xzf", path.join(folder, filename), "--strip-components=1", "-C", target],
    folder,
  );
  if (exitCode !== 0) throw new Error(stderr);
}

/** Runs a script of the folder to its end. */
export function runScript(
  folder: string,
  script: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = start(folder, [script], environment);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("close", (code) => {
      resolve({ exitCode: code ?? -1, stdout, stderr });
    });
  });
}

/** A script that runs until it is told to end. */
export interface RunningScript {
  /** What it prints until a line says so; what comes later is for the next call. */
  readonly until: (mark: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

export function startScript(
  folder: string,
  parameters: readonly string[],
): RunningScript {
  const child = start(folder, parameters, {});
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
  });
  return {
    until: async (mark) => {
      const deadline = Date.now() + 60_000;
      while (!output.includes(mark)) {
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`no "${mark}" in what was printed:\n${output}`);
        }
        await pause(50);
      }
      const printed = output;
      output = "";
      return printed;
    },
    end: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

function start(
  folder: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): ChildProcess {
  return spawn(process.execPath, [...parameters], {
    cwd: folder,
    // These tests run in continuous integration too.
    env: { ...process.env, CI: "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits until something holds that a process in the background brings about. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("it did not come about");
    await pause(100);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The text of the bundle, or nothing when there is none. */
export function bundleIn(folder: string): string {
  const file = path.join(folder, "dist/bundle.js");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

export function writeSpec(folder: string, text: string): void {
  writeFileSync(path.join(folder, "spec/api.json"), text);
}
