import { fileHeader } from "../emit/file-header.js";
import { hashOf } from "../hash.js";
import type { NameLedger } from "../model/name-ledger.js";

/** Name of the lock file inside the output folder. */
export const lockFileName = "kompliant-codegen.lock";

/** Name of the file inside the output folder that keeps what the client was generated from. */
export const snapshotFileName = "kompliant-codegen.snapshot";

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
  /** Where prettier printed the files: hashes of what it was given, so that it is not asked again. */
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
    const value: unknown = JSON.parse(text);
    if (!isLock(value)) return undefined;
    const { generator, options, api, inputs, outputs, sources, names } = value;
    return {
      ...{ lockVersion, generator, options, api },
      ...{ inputs, outputs, sources, names },
    };
  } catch {
    return undefined;
  }
}

/** Every run asks this first, which a library for schemas would make slower than all the rest. */
function isLock(value: unknown): value is Lock {
  if (!isRecord(value) || !isRecord(value["outputs"])) return false;
  const { lockVersion: version, generator, options, api } = value;
  const { inputs, outputs, sources, names } = value;
  return (
    version === lockVersion &&
    typeof generator === "string" &&
    typeof options === "string" &&
    isSummary(api) &&
    [inputs, outputs, sources, names].every(isRecordOfTexts) &&
    Object.keys(outputs).every(isFileName)
  );
}

function isSummary(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { title, version, operations, schemas, errors } = value;
  return (
    [title, version].every((each) => typeof each === "string") &&
    [operations, schemas, errors].every((each) => typeof each === "number")
  );
}

function isRecordOfTexts(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every((each) => typeof each === "string")
  );
}

/** Whether a name is one that a file inside the output folder can have. */
function isFileName(name: string): boolean {
  return (
    name.length <= 1000 &&
    !/[\\:\0]/.test(name) &&
    name.split("/").every((part) => !["", ".", ".."].includes(part))
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
