import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { fileHeader } from "../emit/file-header.js";
import type { SourceFile } from "../emit/source-file.js";
import { hashesOf, hashOf, lockFileName, printLock, readLock } from "./lock.js";
import type { Lock } from "./lock.js";

/** What a run did to the output folder; paths are relative to it and sorted. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Brings the output folder in line with the files: writes what differs, deletes
 * what an earlier run wrote and this one does not, and leaves everything else
 * alone. Every file is replaced as a whole or not at all.
 *
 * @param inputs - texts of the description's files, by relative path, for the lock
 * @throws {DiagnosticError} when a file of somebody else is in the way, before anything is touched
 */
export async function writeFiles(
  folder: string,
  files: readonly SourceFile[],
  inputs: ReadonlyMap<string, string>,
): Promise<WrittenFiles> {
  const previous = readLock(folder);
  requireOurs(folder, files, previous);
  const lock: Lock = {
    lockVersion: 1,
    inputs: hashesOf(inputs),
    outputs: hashesOf(files.map((file) => [file.path, file.text])),
  };
  const all = [...files, { path: lockFileName, text: printLock(lock) }];
  const changed = all.filter(
    (file) => readText(path.join(folder, file.path)) !== file.text,
  );
  const stale = staleFiles(folder, previous, lock);
  try {
    for (const file of changed) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFileAtomic(target, file.text);
    }
    for (const name of stale) await deleteFile(folder, name);
  } catch (error) {
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
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

/** A file that is in the way must be one that this tool wrote. */
function requireOurs(
  folder: string,
  files: readonly SourceFile[],
  previous: Lock | undefined,
): void {
  const foreign = files.filter((file) => {
    if (previous && Object.hasOwn(previous.outputs, file.path)) return false;
    const text = readText(path.join(folder, file.path));
    return text !== undefined && !isOurs(text);
  });
  if (foreign.length === 0) return;
  throw new DiagnosticError(
    foreign.map((file) =>
      diagnostic(
        "output-foreign",
        `${file.path} is in the way: it was not written by kompliant-codegen`,
        { file: path.join(folder, file.path), line: 1, column: 1 },
      ),
    ),
  );
}

/** Recognises a file of ours whose lock is missing, whatever a formatter made of it. */
function isOurs(text: string): boolean {
  return text.startsWith(fileHeader) || text.includes(ownLine);
}

const ownLine = fileHeader.split("\n")[1] ?? "";

/** What the last run wrote, this one does not, and nobody has edited since. */
function staleFiles(
  folder: string,
  previous: Lock | undefined,
  current: Lock,
): readonly string[] {
  return Object.entries(previous?.outputs ?? {})
    .filter(([name]) => !Object.hasOwn(current.outputs, name))
    .filter(([name]) => isInside(folder, name))
    .filter(([name, hash]) => {
      const text = readText(path.join(folder, name));
      return text !== undefined && hashOf(text) === hash;
    })
    .map(([name]) => name)
    .sort();
}

function isInside(folder: string, name: string): boolean {
  const relative = path.relative(folder, path.resolve(folder, name));
  return relative !== "" && !relative.startsWith("..");
}

async function deleteFile(folder: string, name: string): Promise<void> {
  await rm(path.join(folder, name));
  let parent = path.dirname(path.join(folder, name));
  while (parent !== path.resolve(folder)) {
    if ((await readdir(parent)).length > 0) return;
    await rmdir(parent);
    parent = path.dirname(parent);
  }
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
