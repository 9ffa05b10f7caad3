import { lstatSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import { isInterrupted, readJournal } from "./journal.js";
import type { Journal } from "./journal.js";
import { hashOf } from "../hash.js";
import { lockFileName, printLock } from "./lock.js";
import type { Lock } from "./lock.js";
import { isOurs, readOutput } from "./output-state.js";
import { readPreviousRun } from "./previous-run.js";
import type { PreviousRun } from "./previous-run.js";
import { replaceFiles } from "./replace-files.js";
import { withRunLock } from "./run-lock.js";

/** What a run did to the output folder; paths are relative to it and sorted. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Brings the output folder in line with the files: writes what differs, deletes
 * what an earlier run wrote and this one does not, and leaves everything else
 * alone. A run that fails changes nothing; one that is killed leaves whole files, and
 * the next run completes it. The lock is put in place last.
 *
 * @param previous - what the run before wrote
 * @param lock - the lock of this run
 * @returns undefined when another run has written to the folder since `previous` was read
 * @throws {DiagnosticError} when a file of somebody else is in the way or the folder
 *   cannot be written
 */
export async function writeFiles(
  folder: string,
  files: readonly SourceFile[],
  previous: PreviousRun,
  lock: Lock,
): Promise<WrittenFiles | undefined> {
  const all = [...files, { path: lockFileName, text: printLock(lock) }];
  const journal = readJournal(folder);
  const stamp = lockStamp(folder);
  requireOurs(folder, all, { previous, journal });
  const changed = all.filter(
    (file) => readOutput(folder, file.path) !== file.text,
  );
  const stale = staleFiles(folder, { previous, journal }, all);
  const isComplete = changed.length === 0 && stale.length === 0;
  if (!isComplete || isInterrupted(folder)) {
    const wrote = await guardWriting(() =>
      withRunLock(folder, (claim) => {
        const isSame =
          stamp === lockStamp(folder) &&
          isDeepStrictEqual(readPreviousRun(folder), previous);
        if (!isSame) return false;
        const write = isComplete ? [] : withLock(changed, all);
        replaceFiles(folder, { write, delete: stale }, claim);
        return true;
      }),
    );
    if (!wrote) return undefined;
  }
  const isChanged = new Set(changed.map((file) => file.path));
  return {
    written: [...isChanged].sort(),
    unchanged: all
      .map((file) => file.path)
      .filter((name) => !isChanged.has(name))
      .sort(),
    deleted: stale,
  };
}

/** Whatever is written, the lock is too: by that other runs see that something has. */
function withLock(
  changed: readonly SourceFile[],
  all: readonly SourceFile[],
): readonly SourceFile[] {
  const others = changed.filter(({ path: name }) => name !== lockFileName);
  return [...others, ...all.slice(-1)];
}

/** Identifies the lock file as it stands: every run that writes makes a new one. */
function lockStamp(folder: string): string {
  const file = path.join(folder, lockFileName);
  const stats = lstatSync(file, { throwIfNoEntry: false, bigint: true });
  return stats ? `${stats.ino}:${stats.mtimeNs}:${stats.size}` : "";
}

async function guardWriting<Outcome>(
  action: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}

/** What says which files in the folder are ours. */
interface Records {
  /** What the last run that came to its end wrote. */
  readonly previous: Pick<Lock, "outputs">;
  /** What runs that did not may have put in place since. */
  readonly journal: Journal;
}

/** A file that is in the way must be one that this tool wrote, and no link may lead out of the folder. */
function requireOurs(
  folder: string,
  files: readonly SourceFile[],
  records: Records,
): void {
  const foreign = files.flatMap((file) => {
    const reason = reasonNotToWrite(folder, file.path, records);
    return reason === undefined
      ? []
      : [
          diagnostic(
            "output-foreign",
            `${file.path} is in the way: ${reason}`,
            { location: startOf(path.join(folder, file.path)) },
          ),
        ];
  });
  if (foreign.length > 0) throw new DiagnosticError(foreign);
}

function reasonNotToWrite(
  folder: string,
  name: string,
  { previous, journal }: Records,
): string | undefined {
  const segments = name.split("/");
  for (const [index] of segments.entries()) {
    const place = path.join(folder, ...segments.slice(0, index + 1));
    const stats = lstatSync(place, { throwIfNoEntry: false });
    if (!stats) return undefined;
    if (stats.isSymbolicLink()) return "it is a symbolic link";
    const isLast = index === segments.length - 1;
    if (!isLast && !stats.isDirectory()) return "it is not a folder";
    if (isLast && !stats.isFile()) return "it is not a file";
  }
  // A lock that cannot be read any more is replaced.
  if (name === lockFileName) return undefined;
  if (Object.hasOwn(previous.outputs, name)) return undefined;
  const text = readOutput(folder, name) ?? "";
  return isOurs(text) || hashesIn(journal, name).includes(hashOf(text))
    ? undefined
    : "it was not written by kompliant-codegen";
}

/** What earlier runs wrote, this one does not, and nobody has edited since. */
function staleFiles(
  folder: string,
  { previous, journal }: Records,
  files: readonly SourceFile[],
): readonly string[] {
  const current = new Set(files.map((file) => file.path));
  const { outputs } = previous;
  const earlier = new Set([...Object.keys(outputs), ...Object.keys(journal)]);
  return [...earlier]
    .filter((name) => !current.has(name) && isInside(folder, name))
    .filter((name) => {
      const text = readOutput(folder, name);
      if (text === undefined) return false;
      const hash = hashOf(text);
      return (
        (Object.hasOwn(outputs, name) && outputs[name] === hash) ||
        hashesIn(journal, name).includes(hash)
      );
    })
    .sort();
}

function hashesIn(journal: Journal, name: string): readonly string[] {
  return Object.hasOwn(journal, name) ? (journal[name] ?? []) : [];
}

/** A lock that somebody tampered with must not make us delete elsewhere. */
function isInside(folder: string, name: string): boolean {
  const relative = path.relative(folder, path.resolve(folder, name));
  const isBelow =
    relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  return isBelow && reasonNotToFollow(folder, name) === undefined;
}

function reasonNotToFollow(folder: string, name: string): string | undefined {
  const parents = path.dirname(name).split(/[\\/]/);
  return parents.find((_, index) => {
    const place = path.join(folder, ...parents.slice(0, index + 1));
    return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink();
  });
}
