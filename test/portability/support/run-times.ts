import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { runCommand } from "../../cli/support/run-command.js";
import { installPackages } from "../../support/install-packages.js";
import type { ObservedCall } from "./run-plan.js";

/** Something that runs JavaScript. */
export interface RunTime {
  readonly name: string;
  /** Runs a module that exports `run(): Promise<ObservedCall[]>`. */
  run(module: string): Promise<ObservedCall[]>;
}

const { platform, arch } = process;
const isLinux = platform === "linux";
const arm = arch === "arm64";

/** The packages that hold the programs themselves: no install script has to run. */
const packages: Readonly<Record<string, { spec: string; program: string }>> = {
  node20: { spec: `node-${platform}-${arch}@20.20.2`, program: "bin/node" },
  node22: { spec: `node-${platform}-${arch}@22.23.3`, program: "bin/node" },
  node24: { spec: `node-${platform}-${arch}@24.21.0`, program: "bin/node" },
  node26: { spec: `node-${platform}-${arch}@26.10.0`, program: "bin/node" },
  bun: {
    spec: `@oven/bun-${platform}-${arm ? "aarch64" : "x64"}@1.4.5`,
    program: "bin/bun",
  },
  // The last one that sends a write again by itself (fixed in 1.4).
  bun13: {
    spec: `@oven/bun-${platform}-${arm ? "aarch64" : "x64"}@1.3.11`,
    program: "bin/bun",
  },
  deno: {
    spec: `@deno/${platform}-${arch}${isLinux ? "-glibc" : ""}@2.9.6`,
    program: "deno",
  },
  workerd: {
    spec: `@cloudflare/workerd-${platform}-${arm ? "arm64" : "64"}@1.20261117.1`,
    program: "bin/workerd",
  },
};

/** Installs every run-time, unless an earlier run has done so. */
export async function installRunTimes(): Promise<readonly RunTime[]> {
  const dependencies = Object.fromEntries(
    Object.entries(packages).map(([name, { spec }]) => [name, `npm:${spec}`]),
  );
  const installed = await installPackages(
    "run-times",
    JSON.stringify({ private: true, dependencies }),
  );
  const programOf = (name: string): string =>
    path.join(installed, name, packages[name]?.program ?? "");
  return [
    ...["node20", "node22", "node24", "node26"].map((name) =>
      commandLine(name, [programOf(name)]),
    ),
    commandLine("bun", [programOf("bun"), "run"]),
    commandLine("bun13", [programOf("bun13"), "run"]),
    commandLine("deno", [
      programOf("deno"),
      "run",
      "--quiet",
      "--no-config",
      "--allow-net",
    ]),
    workerd("workerd", programOf("workerd"), "2026-01-01"),
    // Its `Request` has no `cache`, and throws when it is given one.
    workerd("workerd2024", programOf("workerd"), "2024-10-01"),
  ];
}

/** A run-time that runs a file and whose `console.log` is its standard output. */
function commandLine(
  name: string,
  [program = "", ...parameters]: readonly string[],
): RunTime {
  return {
    name,
    run: async (module) => {
      const main = `${module}.main.mjs`;
      writeFileSync(
        main,
        `import { run } from ${JSON.stringify(`./${path.basename(module)}`)};
         console.log(JSON.stringify(await run()));`,
      );
      const { stdout, stderr, exitCode } = await runCommand(
        program,
        [...parameters, main],
        path.dirname(module),
      );
      if (exitCode !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
      return JSON.parse(stdout) as ObservedCall[];
    },
  };
}

/**
 * Cloudflare's run-time: a server, whose worker does the calls when it is asked.
 *
 * @param compatibilityDate - the day whose behaviour it has
 */
function workerd(
  name: string,
  program: string,
  compatibilityDate: string,
): RunTime {
  return {
    name,
    run: async (module) => {
      const folder = path.dirname(module);
      const config = `${module}.capnp`;
      const worker = `${module}.worker.mjs`;
      writeFileSync(
        worker,
        `import { run } from ${JSON.stringify(`./${path.basename(module)}`)};
       export default { fetch: async () => Response.json(await run()) };`,
      );
      writeFileSync(
        config,
        workerdConfig(
          path.basename(worker),
          path.basename(module),
          compatibilityDate,
        ),
      );
      const child = spawn(
        program,
        ["serve", "--experimental", "--control-fd=1", config],
        { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
      );
      try {
        const port = await listeningPort(child);
        const response = await fetch(`http://127.0.0.1:${port}/`);
        const text = await response.text();
        if (!response.ok) throw new Error(`workerd: ${text}`);
        return JSON.parse(text) as ObservedCall[];
      } finally {
        child.kill();
      }
    },
  };
}

function workerdConfig(
  worker: string,
  module: string,
  compatibilityDate: string,
): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = (
        modules = [
          ( name = "worker.mjs", esModule = embed "${worker}" ),
          ( name = "${module}", esModule = embed "${module}" ),
        ],
        compatibilityDate = "${compatibilityDate}",
        globalOutbound = "network" ) ),
    ( name = "network", network = ( allow = ["public", "private"], tlsOptions = ( trustBrowserCas = true ) ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:0", http = (), service = "main" ) ],
);
`;
}

function listeningPort(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const port = /"event":"listen".*?"port":(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", reject);
    child.on("close", () => {
      reject(new Error(`workerd ended:\n${output}`));
    });
  });
}
