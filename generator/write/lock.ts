import { fileHeader } from "../emit/file-header.js";
import { hashOf } from "../hash.js";
import type { NameLedger } from "../model/name-ledger.js";

/** Name of the lock file inside the output folder. */
export const lockFileName = "kompliant-codegen.lock";

/** Version of the lock's format. */
export const lockVersion = 2;

/**
 * What the last run read and wrote. It proves later that nothing has changed, and
 * which files are ours. Nothing in it depends on the machine or the time.
 */
export interface Lock {
  readonly lockVersion: typeof lockVersion;
  /** The generator that wrote the output: its version and a hash of its code and templates. */
  readonly generator: string;
  /** Hash of the options and formatter settings that shape the output. */
  readonly options: string;
  readonly api: ApiSummary;
  /** Hashes of the description's files, by path relative to the root document's folder. */
  readonly inputs: Hashes;
  /** Hashes of the files written, by path inside the output folder. */
  readonly outputs: Hashes;
  /** Hashes of what the same files were rendered from: what need not be rendered again. */
  readonly sources: Hashes;
  /** Which exported identifier belongs to which element of the description. */
  readonly names: NameLedger;
}

export type Hashes = Readonly<Record<string, string>>;

/** What a run says about the API. */
export interface ApiSummary {
  readonly title: string;
  readonly version: string;
  readonly operations: number;
  readonly schemas: number;
  /** Documented errors: combinations of code, entity type and sub-code. */
  readonly errors: number;
}

/** A record of the hashes of texts, with sorted keys. */
export function hashesOf(texts: Iterable<readonly [string, string]>): Hashes {
  return sorted([...texts].map(([name, text]) => [name, hashOf(text)]));
}

/** A record with sorted keys. */
export function sorted(hashes: readonly (readonly [string, string])[]): Hashes {
  return Object.fromEntries(
    [...hashes].sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** The lock that a text is; undefined when it is one of another version or none at all. */
export function parseLock(text: string): Lock | undefined {
  try {
    const lock: unknown = JSON.parse(text);
    return isLock(lock) ? lock : undefined;
  } catch {
    return undefined;
  }
}

function isLock(value: unknown): value is Lock {
  if (!isRecord(value)) return false;
  const { lockVersion: version, generator, options, api } = value;
  return (
    version === lockVersion &&
    typeof generator === "string" &&
    typeof options === "string" &&
    isRecord(api) &&
    [value["inputs"], value["outputs"], value["sources"], value["names"]].every(
      (part) =>
        isRecord(part) &&
        Object.values(part).every((each) => typeof each === "string"),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The lock as a file: one line for each entry, so that merges stay small. */
export function printLock(lock: Lock): string {
  const note = fileHeader.trimEnd();
  return `${JSON.stringify({ note, ...lock }, undefined, 2)}\n`;
}

/** Whether a text is a lock of any version, whatever a merge or a crash made of it, and no file of somebody else. */
export function isLockText(text: string): boolean {
  return text.trim() === "" || /"lockVersion"|^<{7} /m.test(text);
}
