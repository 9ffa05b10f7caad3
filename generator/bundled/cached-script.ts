import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { Script } from "node:vm";
import { packageRoot } from "../package-root.js";

/** Replaced by the build with a hash of the script. */
declare const PIPELINE_HASH: string;

/**
 * Runs a script of this package: a function expression.
 *
 * What V8 makes of the script is kept for the next process, because compiling takes
 * longer than most of what the script does. It is code, so it lies where the package's
 * own code lies, in its `node_modules`: who can write there needs no cache to run code.
 * It is named after the script and everything that V8 depends on; V8 refuses what does
 * not fit; and where nothing can be written, nothing is kept.
 *
 * @param filename - the script, in Latin-1
 * @param values - what its function is called with
 */
export function runCachedScript(
  filename: string,
  values: readonly unknown[],
): void {
  const name = `${PIPELINE_HASH}-${machine}.v8`;
  const cacheFile = path.join(cacheFolder(), name);
  const cachedData = readCache(cacheFile);
  const script = new Script(readFileSync(filename, "latin1"), {
    filename,
    ...(cachedData && { cachedData }),
  });
  const run = script.runInThisContext() as (...values: unknown[]) => void;
  run(...values);
  if (cachedData && !script.cachedDataRejected) return;
  // At the end it holds the functions too that were compiled on the way.
  process.once("exit", () => {
    writeCache(cacheFile, script.createCachedData());
  });
}

/** `.cache` in the `node_modules` that this package is in; in its own where it is developed. */
function cacheFolder(): string {
  const parent = path.dirname(packageRoot);
  const modules =
    path.basename(parent) === "node_modules"
      ? parent
      : path.join(packageRoot, "node_modules");
  return path.join(modules, ".cache", "kompliant-codegen");
}

/** What V8's work depends on besides the script. */
const machine = [process.version, process.versions.v8, process.arch].join("-");

function readCache(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all, in the place of what an earlier version left, and never in the way of the run that it is for. */
function writeCache(file: string, data: Buffer): void {
  const folder = path.dirname(file);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(draft, data, { flag: "wx" });
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
    const outdated = readdirSync(folder).filter(
      (name) => name.endsWith(`-${machine}.v8`) && name !== path.basename(file),
    );
    for (const name of outdated) rmSync(path.join(folder, name));
  } catch {
    // A folder that cannot be written, or another process that does the same.
  }
}
