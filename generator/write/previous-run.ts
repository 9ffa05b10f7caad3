import type { NameLedger } from "../model/name-ledger.js";
import type { PreviousModel } from "../model/previous-model.js";
import { lockFileName, parseLock } from "./lock.js";
import type { Hashes, Lock } from "./lock.js";
import { readOutput } from "./output-state.js";
import { readSnapshot } from "./snapshot.js";

/** What an output folder says about the run that wrote it. */
export interface PreviousRun {
  /** The lock, when it can prove anything: not one of another version, nor one that a merge left. */
  readonly lock: Lock | undefined;
  /** Whether there is a lock with the marks of a merge that is not resolved. */
  readonly isConflicted: boolean;
  /** Hashes of the files that are ours; of both sides of a merge. */
  readonly outputs: Hashes;
  /** The names in use; of both sides of a merge. */
  readonly names: NameLedger;
}

/** Reads the lock of an output folder. Whatever the file holds, this does not fail. */
export function readPreviousRun(folder: string): PreviousRun {
  return previousRunOf(readOutput(folder, lockFileName) ?? "");
}

/** What a lock file says, given its text. */
export function previousRunOf(text: string): PreviousRun {
  const lock = parseLock(text);
  if (lock) {
    const { outputs, names } = lock;
    return { lock, isConflicted: false, outputs, names };
  }
  const sides = (["theirs", "ours"] as const).flatMap(
    (side) => parseLock(sideOf(text, side)) ?? [],
  );
  return {
    lock: undefined,
    isConflicted: /^<{7} /m.test(text),
    outputs: joined(sides.map(({ outputs }) => outputs)),
    names: joined(sides.map(({ names }) => names)),
  };
}

/** All entries of several records; of the same entry, the last one. */
function joined(
  records: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((each) => Object.entries(each)));
}

/** One side of the conflicts that git marks in a text, as `git checkout --ours` would leave it. */
function sideOf(text: string, side: "ours" | "theirs"): string {
  return text.replace(
    /^<{7} .*\n([^]*?)(?:^\|{7} .*\n[^]*?)?^={7}\n([^]*?)^>{7} .*(?:\n|$)/gm,
    (_, ours: string, theirs: string) => (side === "ours" ? ours : theirs),
  );
}

/** What the run before made of the description that it read. */
export function previousModel(folder: string, run: PreviousRun): PreviousModel {
  return { names: run.names, snapshot: readSnapshot(folder, run) };
}
