import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import { obstacleAt, readRegularFile } from "../write/regular-file.js";

/** A change that `init` wants in a file. */
export interface Change {
  /** Absolute path of the folder that the file is in. */
  readonly folder: string;
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /**
   * Makes it: the same text when it is there already, undefined when it cannot be made
   * without touching what the user wrote.
   *
   * @param text - of the file; undefined when there is none
   */
  readonly apply: (text: string | undefined) => string | undefined;
  /** What a person has to write when it cannot be made. Without it, such a file ends the run. */
  readonly byHand?: string;
}

/** A file as `init` leaves it. */
export interface FileStep {
  /** Absolute path. */
  readonly file: string;
  readonly outcome: "created" | "changed" | "kept" | "by hand";
  /** What was done, or what a person has to do. */
  readonly detail: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Makes the changes of one file, one after the other, without writing it.
 *
 * @throws {DiagnosticError} when something other than a regular file is in the way
 */
export function changedFile(changes: readonly Change[]): FileStep {
  const [{ folder, name, byHand } = noChange] = changes;
  const file = path.join(folder, name);
  const obstacle = obstacleAt(folder, name);
  if (obstacle !== undefined) {
    if (byHand === undefined) throw inTheWay(file, obstacle);
    return byPerson(file, `${obstacle}; ${byHand}`);
  }
  const read = readRegularFile(folder, name);
  const mark = read?.startsWith("\uFEFF") === true ? "\uFEFF" : "";
  const before = read?.slice(mark.length);
  let after = before;
  const purposes: string[] = [];
  for (const change of changes) {
    const text = change.apply(after);
    if (text === undefined) {
      return byPerson(file, change.byHand ?? change.purpose);
    }
    if (text !== after) purposes.push(change.purpose);
    after = text;
  }
  const isKept = purposes.length === 0;
  const done = before === undefined ? "created" : "changed";
  return {
    file,
    outcome: isKept ? "kept" : done,
    detail: isKept ? "nothing to add" : purposes.join("; "),
    before: before === undefined ? undefined : mark + before,
    after: after === undefined ? undefined : mark + after,
  };
}

const noChange: Change = {
  folder: "",
  name: "",
  purpose: "",
  apply: (text) => text,
};

function byPerson(file: string, detail: string): FileStep {
  return {
    ...{ file, outcome: "by hand", detail },
    before: undefined,
    after: undefined,
  };
}

function inTheWay(file: string, obstacle: string): DiagnosticError {
  return new DiagnosticError([
    diagnostic(
      "output-foreign",
      `${path.basename(file)} is in the way: ${obstacle}`,
      {
        location: startOf(file),
        help: "Replace it with a regular file: init follows no link and writes to nothing else.",
      },
    ),
  ]);
}
