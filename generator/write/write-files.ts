import { lstatSync } from "node:fs";
import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import { hashOf } from "../hash.js";
import { isLockText, lockFileName, printLock, sorted } from "./lock.js";
import type { Lock } from "./lock.js";
import { isOurs, leftOvers, readOutput } from "./output-state.js";
import { previousRunOf } from "./previous-run.js";
import type { PreviousRun } from "./previous-run.js";
import { obstacleAt } from "./regular-file.js";
import {
  deleteFile,
  discard,
  prepareFiles,
  putInPlace,
  targetOf,
} from "./replace-files.js";

/** What a run did to the output folder; paths are relative to it and sorted. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Brings the output folder in line with the files: writes what differs, deletes
 * what an earlier run wrote and this one does not, and leaves everything else alone.
 *
 * Every changed file is prepared beside its target before the first target is replaced;
 * when that fails, nothing has changed. The lock is put in place last: a run that is
 * killed before leaves whole files that the lock does not describe.
 *
 * @param previous - what the run before wrote
 * @param lock - the lock of this run
 * @throws {DiagnosticError} when a file of somebody else is in the way or the folder
 *   cannot be written
 */
export function writeFiles(
  folder: string,
  files: readonly SourceFile[],
  previous: PreviousRun,
  lock: Lock,
): WrittenFiles {
  const all = [...files, { path: lockFileName, text: printLock(lock) }];
  requireOurs(folder, all, previous);
  const changed = all.filter(
    (file) => readOutput(folder, file.path) !== file.text,
  );
  const names = new Set(all.map((file) => file.path));
  const deleted = guardWriting(() => {
    const stale = replaceFiles(
      folder,
      [...announcement(previous, lock), ...changed],
      names,
    );
    removeLeftOvers(folder, previous, names);
    return stale;
  });
  const written = new Set(changed.map((file) => file.path));
  return {
    written: [...written].sort(),
    unchanged: [...names].filter((name) => !written.has(name)).sort(),
    deleted,
  };
}

/**
 * The lock of the run before, with the new files added, when there are any. It comes
 * first, so that whatever a killed run leaves is named by a lock: a later run with
 * another description can delete it. It proves nothing.
 */
function announcement(
  previous: PreviousRun,
  lock: Lock,
): readonly SourceFile[] {
  const outputs = { ...lock.outputs, ...previous.outputs };
  const isNew = (name: string): boolean =>
    !Object.hasOwn(previous.outputs, name);
  if (!Object.keys(lock.outputs).some(isNew)) return [];
  const announced: Lock = {
    ...(previous.lock ?? lock),
    options: "",
    outputs: sorted(Object.entries(outputs)),
  };
  return [{ path: lockFileName, text: printLock(announced) }];
}

/**
 * Puts files in place, one by one, and deletes what nothing needs any more before the
 * lock comes, if it does.
 *
 * @param names - of all files of the client
 * @returns names of the deleted files
 */
function replaceFiles(
  folder: string,
  files: readonly SourceFile[],
  names: ReadonlySet<string>,
): readonly string[] {
  const prepared = prepareFiles(folder, files);
  const lastLock = files.at(-1)?.path === lockFileName ? 1 : 0;
  const others = prepared.siblings.length - lastLock;
  try {
    prepared.siblings.slice(0, others).forEach(putInPlace);
    const deleted = deleteStale(folder, names);
    prepared.siblings.slice(others).forEach(putInPlace);
    return deleted;
  } catch (error) {
    discard(prepared);
    throw error;
  }
}

/**
 * Deletes what the lock names and the client does not have any more, unless somebody
 * has edited it; the lock is that of the run before, or of one that ended meanwhile.
 */
function deleteStale(
  folder: string,
  names: ReadonlySet<string>,
): readonly string[] {
  const deleted = new Set<string>();
  let seen: string | undefined;
  for (
    let text = readOutput(folder, lockFileName);
    text !== seen;
    text = readOutput(folder, lockFileName)
  ) {
    seen = text;
    const { outputs } = previousRunOf(text ?? "");
    Object.entries(outputs)
      .filter(([name, hash]) => !names.has(name) && isOwn(folder, name, hash))
      .filter(([name]) => deleteFile(folder, name))
      .forEach(([name]) => deleted.add(name));
  }
  return [...deleted].sort();
}

/** Whether a file is as a run wrote it: it has the hash that the lock says, and our header. */
function isOwn(folder: string, name: string, hash: string): boolean {
  const text = isInside(folder, name) ? readOutput(folder, name) : undefined;
  return text !== undefined && isOurs(text) && hashOf(text) === hash;
}

/** A lock that somebody tampered with must not make us delete elsewhere. */
function isInside(folder: string, name: string): boolean {
  const relative = path.relative(folder, path.resolve(folder, name));
  return (
    relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative)
  );
}

/** Removes what killed runs prepared and did not put in place. */
function removeLeftOvers(
  folder: string,
  previous: PreviousRun,
  names: ReadonlySet<string>,
): void {
  const own = new Set([...names, ...Object.keys(previous.outputs)]);
  for (const name of leftOvers(folder)) {
    if (own.has(targetOf(name) ?? "")) deleteFile(folder, name);
  }
}

function guardWriting<Outcome>(action: () => Outcome): Outcome {
  try {
    return action();
  } catch (error) {
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}

/** A file that is in the way must be one that this tool wrote, and no link may lead out of the folder. */
function requireOurs(
  folder: string,
  files: readonly SourceFile[],
  previous: PreviousRun,
): void {
  const foreign = files.flatMap(({ path: name }) => {
    const reason =
      obstacleAt(folder, name) ?? reasonNotToReplace(folder, name, previous);
    return reason === undefined
      ? []
      : [
          diagnostic("output-foreign", `${name} is in the way: ${reason}`, {
            location: startOf(path.join(folder, name)),
          }),
        ];
  });
  if (foreign.length > 0) throw new DiagnosticError(foreign);
}

function reasonNotToReplace(
  folder: string,
  name: string,
  { outputs }: PreviousRun,
): string | undefined {
  if (!lstatSync(path.join(folder, name), { throwIfNoEntry: false })) return;
  const text = readOutput(folder, name);
  const isKnown =
    Object.hasOwn(outputs, name) ||
    (text !== undefined &&
      (name === lockFileName ? isLockText(text) : isOurs(text)));
  return isKnown ? undefined : "it was not written by kompliant-codegen";
}
