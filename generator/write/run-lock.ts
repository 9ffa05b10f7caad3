import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";

/** File inside the output folder that says which process is writing there. */
export const claimFile = ".kompliant-codegen.pid";

/** How long a run waits for another one, in milliseconds. */
const patienceMs = 30_000;

/** A claim that nobody has renewed for so long is abandoned, whatever process has its number now. */
const abandonedAfterMs = 20_000;

/** A claim without a process number is one that is being written, unless it is older than this. */
const unwrittenAfterMs = 1_000;

const renewEveryMs = 1_000;

/** The right of a run to write to a folder. */
export interface Claim {
  /**
   * To be called again and again while writing.
   *
   * @throws {DiagnosticError} when another run has taken over
   */
  renew(): void;
}

/**
 * Runs an action while no other run writes to the same folder. What a run that was
 * killed left behind does not stop the next one. Folders that were made for an
 * action that failed are gone afterwards.
 *
 * @throws {DiagnosticError} when another run does not finish
 */
export async function withRunLock<Outcome>(
  folder: string,
  action: (claim: Claim) => Outcome,
): Promise<Outcome> {
  const firstMade = mkdirSync(folder, { recursive: true });
  const file = path.join(folder, claimFile);
  try {
    const token = await waitForClaim(file);
    try {
      return action(claimOf(file, token));
    } finally {
      if (holds(file, token)) release(file);
    }
  } catch (error) {
    if (firstMade !== undefined) removeEmpty(folder, firstMade);
    throw error;
  }
}

async function waitForClaim(file: string): Promise<string> {
  const token = `${process.pid} ${randomUUID()}`;
  const end = Date.now() + patienceMs;
  while (!claim(file, token)) {
    if (Date.now() > end) throw busy(file);
    await delay(50);
  }
  return token;
}

function claim(file: string, token: string): boolean {
  try {
    writeFileSync(file, token, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      // What could not be written in full must not look like somebody's claim.
      if (token.startsWith(readClaim(file) ?? "?")) release(file);
      throw error;
    }
    takeAwayAbandoned(file, token);
    return false;
  }
}

/** Moves an abandoned claim out of the way; of several runs that try, one succeeds. */
function takeAwayAbandoned(file: string, token: string): void {
  const found = readClaim(file);
  if (found === undefined || !isAbandoned(file, found)) return;
  const aside = `${file}.${token.split(" ")[1] ?? ""}`;
  try {
    renameSync(file, aside);
    // Another run may have been faster and have made a claim of its own meanwhile.
    if (readClaim(aside) !== found) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    release(aside);
  }
}

function isAbandoned(file: string, found: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats) return false;
  const age = Date.now() - stats.mtimeMs;
  const pid = Number.parseInt(found, 10);
  if (!(pid > 0)) return age > unwrittenAfterMs;
  return age > abandonedAfterMs || !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function claimOf(file: string, token: string): Claim {
  let renewed = 0;
  return {
    renew: () => {
      const now = Date.now();
      if (now - renewed < renewEveryMs) return;
      if (!holds(file, token)) throw busy(file);
      utimesSync(file, now / 1000, now / 1000);
      renewed = now;
    },
  };
}

function holds(file: string, token: string): boolean {
  return readClaim(file) === token;
}

function readClaim(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A claim that cannot be removed is abandoned as soon as this process ends. */
function release(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing depends on it.
  }
}

function removeEmpty(folder: string, first: string): void {
  try {
    for (let each = folder; ; each = path.dirname(each)) {
      if (existsSync(each)) rmdirSync(each);
      if (each === path.resolve(first)) return;
    }
  } catch {
    // Somebody has put something into it.
  }
}

function busy(file: string): DiagnosticError {
  const message = `another run is writing to ${path.dirname(file)}`;
  return new DiagnosticError([diagnostic("output-busy", message)]);
}
