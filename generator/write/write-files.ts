import { existsSync, lstatSync } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import { hashOf, lockFileName, printLock } from "./lock.js";
import type { Lock } from "./lock.js";
import { isOurs, readOutput } from "./output-state.js";
import { withRunLock } from "./run-lock.js";

/** What a run did to the output folder; paths are relative to it and sorted. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
}

/** Folder inside the output in which a run prepares its files. */
const stagingFolder = ".kompliant-codegen.tmp";

/**
 * Brings the output folder in line with the files: writes what differs, deletes
 * what an earlier run wrote and this one does not, and leaves everything else
 * alone. Every file is prepared beside the output before the first one is replaced,
 * each is replaced as a whole, and the lock comes last: a run that is interrupted
 * leaves old and new files, never parts of one, and the next run completes it.
 *
 * @param previous - what the run before wrote
 * @param lock - the lock of this run
 * @throws {DiagnosticError} when a file of somebody else is in the way or the folder
 *   cannot be written, before anything is replaced
 */
export async function writeFiles(
  folder: string,
  files: readonly SourceFile[],
  previous: Pick<Lock, "outputs">,
  lock: Lock,
): Promise<WrittenFiles> {
  requireOurs(folder, files, previous);
  const all = [...files, { path: lockFileName, text: printLock(lock) }];
  const changed = all.filter(
    (file) => readOutput(folder, file.path) !== file.text,
  );
  const stale = staleFiles(folder, previous, lock);
  if (changed.length > 0 || stale.length > 0) {
    await guardWriting(() =>
      withRunLock(folder, () => replaceFiles(folder, changed, stale)),
    );
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

async function replaceFiles(
  folder: string,
  changed: readonly SourceFile[],
  stale: readonly string[],
): Promise<void> {
  const staging = path.join(folder, stagingFolder);
  await rm(staging, { recursive: true, force: true });
  try {
    await mkdir(staging);
    for (const [index, file] of changed.entries()) {
      await writeFile(path.join(staging, String(index)), file.text);
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
    }
    for (const [index, file] of changed.entries()) {
      const target = path.join(folder, file.path);
      await rename(path.join(staging, String(index)), target);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  for (const name of stale) await deleteFile(folder, name);
}

async function guardWriting(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}

/** A file that is in the way must be one that this tool wrote, and no link may lead out of the folder. */
function requireOurs(
  folder: string,
  files: readonly SourceFile[],
  previous: Pick<Lock, "outputs">,
): void {
  const foreign = files.flatMap((file) => {
    const reason = reasonNotToWrite(folder, file.path, previous);
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
  previous: Pick<Lock, "outputs">,
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
  if (Object.hasOwn(previous.outputs, name)) return undefined;
  return isOurs(readOutput(folder, name) ?? "")
    ? undefined
    : "it was not written by kompliant-codegen";
}

/** What the last run wrote, this one does not, and nobody has edited since. */
function staleFiles(
  folder: string,
  previous: Pick<Lock, "outputs">,
  current: Lock,
): readonly string[] {
  return Object.entries(previous.outputs)
    .filter(([name]) => !Object.hasOwn(current.outputs, name))
    .filter(([name]) => isInside(folder, name))
    .filter(([name, hash]) => {
      const text = readOutput(folder, name);
      return text !== undefined && hashOf(text) === hash;
    })
    .map(([name]) => name)
    .sort();
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

/** Deletes a file, and the folders that it leaves empty. */
async function deleteFile(folder: string, name: string): Promise<void> {
  await rm(path.join(folder, name));
  let parent = path.dirname(path.join(folder, name));
  while (parent !== path.resolve(folder) && existsSync(parent)) {
    if ((await readdir(parent)).length > 0) return;
    await rmdir(parent);
    parent = path.dirname(parent);
  }
}
