import path from "node:path";
import { diagnostic, startOf } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { NameLedger } from "../model/name-ledger.js";
import { lockFileName, parseLock } from "./lock.js";
import type { Hashes, Lock } from "./lock.js";
import { readOutput } from "./output-state.js";
import { unreadable } from "./regular-file.js";

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
  /** Why a file in the place of the lock does not count as one. */
  readonly warnings: readonly Diagnostic[];
}

/** Reads the lock of an output folder. Whatever is there, this does not fail. */
export function readPreviousRun(folder: string): PreviousRun {
  const text = readOutput(folder, lockFileName);
  const run = previousRunOf(text ?? "");
  const reason =
    text === undefined ? unreadable(folder, lockFileName) : reasonIn(run);
  return reason === undefined
    ? run
    : { ...run, warnings: [stateIgnored(folder, lockFileName, reason)] };
}

/** Why a lock that can be read says nothing. */
function reasonIn({ lock, outputs }: PreviousRun): string | undefined {
  // Both sides of a merge count.
  return lock || Object.keys(outputs).length > 0
    ? undefined
    : "this version of the tool does not write such a file";
}

/** Says that a file which keeps what the last run did is not taken for one. */
export function stateIgnored(
  folder: string,
  name: string,
  reason: string,
): Diagnostic {
  return diagnostic("output-state", `${name} counts as absent: ${reason}`, {
    location: startOf(path.join(folder, name)),
  });
}

/** What a lock file says, given its text. */
export function previousRunOf(text: string): PreviousRun {
  const lock = parseLock(text);
  if (lock) {
    const { outputs, names } = lock;
    return { lock, isConflicted: false, outputs, names, warnings: [] };
  }
  const sides = sidesOf(text).flatMap((side) => parseLock(side) ?? []);
  return {
    lock: undefined,
    isConflicted: sides.length > 0,
    outputs: joined(sides.map(({ outputs }) => outputs)),
    names: joined(sides.map(({ names }) => names)),
    warnings: [],
  };
}

/** All entries of several records; of the same entry, the last one. */
function joined(
  records: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((each) => Object.entries(each)));
}

/** What a line with the mark of a conflict begins: lines of one side, or of both again. */
const conflictMarks: readonly (readonly [RegExp, Side])[] = [
  [/^<{7} /, "ours"],
  [/^\|{7} /, "base"],
  [/^={7}$/, "theirs"],
  [/^>{7} /, "both"],
];

type Side = "ours" | "base" | "theirs" | "both";

/** The two sides of the conflicts that git marks in a text, theirs first; none without such marks. */
function sidesOf(text: string): readonly string[] {
  const theirs: string[] = [];
  const ours: string[] = [];
  let side: Side = "both";
  let marks = 0;
  for (const line of text.split("\n")) {
    const [, begun] = conflictMarks.find(([mark]) => mark.test(line)) ?? [];
    if (begun !== undefined) {
      side = begun;
      marks += 1;
    } else {
      if (side === "theirs" || side === "both") theirs.push(line);
      if (side === "ours" || side === "both") ours.push(line);
    }
  }
  return marks === 0 ? [] : [theirs.join("\n"), ours.join("\n")];
}
