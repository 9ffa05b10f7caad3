import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { SourceFile } from "../emit/source-file.js";
import {
  closeStaging,
  openStaging,
  readJournal,
  removeJournal,
  staged,
  writeJournal,
} from "./journal.js";
import type { Claim } from "./run-lock.js";

/** What is to happen to a folder; paths are relative to it. */
export interface Changes {
  /** In the order in which they are put in place. */
  readonly write: readonly SourceFile[];
  readonly delete: readonly string[];
}

/**
 * Makes all changes or none. Every file is prepared beside the output before the
 * first one is replaced, and each is replaced as a whole. When something fails, what
 * was there before is put back; when the process is killed, old and new files stand
 * side by side, never parts of one, and a journal says which the new ones are.
 *
 * @throws {Error} of the file system; the folder is as it was then
 */
export function replaceFiles(
  folder: string,
  changes: Changes,
  claim: Claim,
): void {
  const undo: Undo = [];
  const wasInterrupted = Object.keys(readJournal(folder)).length > 0;
  try {
    prepare(folder, changes.write, claim);
    for (const [index, name] of changes.delete.entries()) {
      claim.renew();
      deleteFile(folder, name, `deleted-${index}`, undo);
    }
    for (const [index, { path: name }] of changes.write.entries()) {
      claim.renew();
      replaceFile(folder, name, String(index), undo);
    }
    removeJournal(folder);
  } catch (error) {
    // A journal stays as long as it says something that nothing else says.
    if (takeBack(undo) && !wasInterrupted) clean(folder);
    throw error;
  }
  clean(folder);
}

/** Steps that take back what has been done so far, the latest last. */
type Undo = (() => void)[];

function prepare(
  folder: string,
  files: readonly SourceFile[],
  claim: Claim,
): void {
  openStaging(folder);
  for (const [index, { text }] of files.entries()) {
    claim.renew();
    writeFileSync(staged(folder, String(index)), text);
  }
  writeJournal(folder, files);
}

function replaceFile(
  folder: string,
  name: string,
  prepared: string,
  undo: Undo,
): void {
  const target = path.join(folder, name);
  const firstMade = mkdirSync(path.dirname(target), { recursive: true });
  if (firstMade !== undefined) {
    undo.push(() => {
      removeFolders(path.dirname(target), firstMade);
    });
  }
  const backup = staged(folder, `replaced-${prepared}`);
  const isNew = !lstatSync(target, { throwIfNoEntry: false });
  if (!isNew) keep(target, backup);
  renameSync(staged(folder, prepared), target);
  undo.push(() => {
    if (isNew) unlinkSync(target);
    else renameSync(backup, target);
  });
}

/** Deletes a file, and the folders that it leaves empty. */
function deleteFile(
  folder: string,
  name: string,
  backupName: string,
  undo: Undo,
): void {
  const target = path.join(folder, name);
  const backup = staged(folder, backupName);
  keep(target, backup);
  unlinkSync(target);
  undo.push(() => {
    renameSync(backup, target);
  });
  let parent = path.dirname(target);
  while (parent !== path.resolve(folder) && readdirSync(parent).length === 0) {
    const emptied = parent;
    rmdirSync(emptied);
    undo.push(() => {
      mkdirSync(emptied);
    });
    parent = path.dirname(parent);
  }
}

/** A second name for a file, or a copy where the file system has no such thing. */
function keep(file: string, backup: string): void {
  try {
    linkSync(file, backup);
  } catch {
    copyFileSync(file, backup);
  }
}

function removeFolders(folder: string, first: string): void {
  for (let each = folder; ; each = path.dirname(each)) {
    rmdirSync(each);
    if (each === path.resolve(first)) return;
  }
}

/** Whether everything could be taken back; if not, the journal lets the next run complete it. */
function takeBack(undo: Undo): boolean {
  let isComplete = true;
  for (const step of undo.reverse()) {
    try {
      step();
    } catch {
      isComplete = false;
    }
  }
  return isComplete;
}

/** What is left over does no harm, and the next run removes it. */
function clean(folder: string): void {
  try {
    closeStaging(folder);
  } catch {
    // See above.
  }
}
