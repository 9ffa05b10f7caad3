import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { parseLock } from "../../../generator/write/lock.js";
import { contentOf, lockFile } from "../../cli/support/folder-content.js";
import { packageEntry } from "../../cli/support/package-entry.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "../../cli/support/temporary-folder.js";

/** Files of a folder by their paths, as Latin-1 text. */
export type Content = Readonly<Record<string, string>>;

/** Files of somebody else, in every kind of place inside the output folder. */
const foreign = {
  "README.md": "Our notes.\n",
  "operations/payment/refund/notes.ts": "export const notes = 3;\n",
  "operations/ours/create.ts": "export const ours = 4;\n",
};

/** A run of the generator that is going to be disturbed. */
export interface Scenario {
  readonly name: string;
  /** What is in the output folder before. */
  readonly before: Content;
  /** What is there after a run that was not disturbed. */
  readonly after: Content;
}

/** A first run, and a run in which nearly every file changes and some go. */
export async function scenarios(): Promise<readonly Scenario[]> {
  const home = temporaryFolder();
  addPaymentsSpec(home);
  cpSync(path.join(home, "spec"), path.join(home, "later"), {
    recursive: true,
  });
  const later = path.join(home, "later/openapi.yaml");
  const removed =
    "  /payment.refund.create:\n    $ref: methods/payment/refund/create.yaml\n";
  const text = readFileSync(later, "utf8");
  writeFileSync(later, text.replace(removed, ""));

  const early = { cwd: home, spec: "spec/openapi.yaml" };
  const late = { cwd: home, spec: "later/openapi.yaml", importExtension: "" };
  const runs = [early, late as typeof early] as const;
  const contents: Content[] = [];
  for (const run of runs) {
    const out = path.join(home, "client");
    writeTexts(out, foreign);
    await packageEntry.generate({ ...run, out });
    contents.push(contentOf(out));
  }
  const [first = {}, second = {}] = contents;
  return [
    { name: "a first run", before: foreign, after: first },
    { name: "a later run", before: first, after: second },
  ];
}

/** How a disturbed write stage ended. */
interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** The calls that change the disk; only counted when nothing is disturbed. */
  readonly calls: readonly string[];
}

/** Runs write stages in processes of their own. */
export interface WriteStage {
  /**
   * @param fault - what happens at the call with this number, counted from 1; nothing unless given
   */
  run(
    scenario: Scenario,
    folder: string,
    fault?: { readonly what: string; readonly at: number },
  ): Ending;
}

/** Prepares the write stage as a program that starts fast. */
export async function buildWriteStage(): Promise<WriteStage> {
  const home = temporaryFolder();
  const program = path.join(home, "write-client.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "write-client.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const preload = path.join(import.meta.dirname, "fault-injection.mjs");
  return {
    run: (scenario, folder, fault) => {
      const plan = path.join(home, "plan.json");
      writeFileSync(plan, JSON.stringify(planOf(scenario, folder)));
      const { status, signal, stderr, output } = spawnSync(
        process.execPath,
        ["--import", preload, program, plan],
        {
          encoding: "utf8",
          stdio: ["ignore", "ignore", "pipe", "pipe"],
          env: {
            ...process.env,
            FAULT_FOLDER: folder,
            ...(fault && { FAULT: fault.what, FAULT_AT: String(fault.at) }),
          },
        },
      );
      const calls = (output[3] ?? "").split("\n").filter(Boolean);
      return { exitCode: status, signal, stderr, calls };
    },
  };
}

function planOf({ after }: Scenario, folder: string): object {
  const { "kompliant-codegen.lock": lock = "{}", ...texts } = after;
  const ours = JSON.parse(lock) as { outputs: Record<string, string> };
  const files = Object.entries(texts)
    .filter(([name]) => Object.hasOwn(ours.outputs, name))
    .map(([name, text]) => ({
      path: name,
      text: Buffer.from(text, "latin1").toString("utf8"),
    }));
  return { folder, files, lock: ours };
}

/** Puts a folder into the state before the run. */
export function reset(folder: string, { before }: Scenario): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(before)) {
    writeTexts(folder, { [name]: Buffer.from(text, "latin1") });
  }
}

/**
 * Names of files that are neither what was there before nor what the run puts there, nor
 * what it prepared beside them; the lock may also be the one of before with new files added.
 */
export function spoiled(
  content: Content,
  { before, after }: Scenario,
): readonly string[] {
  const isKept = (name: string): boolean =>
    [before[name], after[name]].includes(content[name]) ||
    /(?:^|\/)\.kompliant-codegen\.[^/]+\.tmp$/.test(name) ||
    (name === lockFile && isLock(content[name]));
  const names = new Set([content, before, after].flatMap(Object.keys));
  return [...names].filter((name) => !isKept(name));
}

function isLock(text: string | undefined): boolean {
  return text?.endsWith("}\n") === true && parseLock(text) !== undefined;
}
