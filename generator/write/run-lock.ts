import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";

/** File inside the output folder that says which process is writing there. */
const runFile = ".kompliant-codegen.pid";

/** How long a run waits for another one, in milliseconds. */
const patienceMs = 30_000;

/**
 * Runs an action while no other run writes to the same folder. What a run that was
 * killed left behind does not stop the next one.
 *
 * @throws {DiagnosticError} when another run does not finish
 */
export async function withRunLock(
  folder: string,
  action: () => Promise<void>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, runFile);
  const end = Date.now() + patienceMs;
  while (!(await claim(file))) {
    if (Date.now() > end) {
      const message = `another run is writing to ${folder}`;
      throw new DiagnosticError([diagnostic("output-busy", message)]);
    }
    await delay(50);
  }
  try {
    await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function claim(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (await isAbandoned(file)) await rm(file, { force: true });
    return false;
  }
}

/** Whether the process that a claim names is gone; an empty claim is being written. */
async function isAbandoned(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
