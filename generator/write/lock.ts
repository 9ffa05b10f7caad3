import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

/** Name of the lock file inside the output folder. */
export const lockFileName = "kompliant-codegen.lock.json";

/** What the last run read and wrote; proves later which files are ours. */
export interface Lock {
  /** Version of this format. */
  readonly lockVersion: 1;
  /** Hashes of the description's files, by path relative to the root document's folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Hashes of the files written, by path inside the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** SHA-256 of a text, as the lock file records it. */
export function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A record of hashes with sorted keys. */
export function hashesOf(
  texts: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  const sorted = [...texts].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, text]) => [name, hashOf(text)]));
}

/** The lock in an output folder; undefined when there is none that can be read. */
export function readLock(folder: string): Lock | undefined {
  try {
    const text = readFileSync(path.join(folder, lockFileName), "utf8");
    const lock = JSON.parse(text) as Partial<Lock>;
    return lock.lockVersion === 1 && lock.outputs && lock.inputs
      ? { lockVersion: 1, inputs: lock.inputs, outputs: lock.outputs }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The lock as a file: one line for each entry, so that merges stay small. */
export function printLock(lock: Lock): string {
  return `${JSON.stringify(lock, undefined, 2)}\n`;
}
