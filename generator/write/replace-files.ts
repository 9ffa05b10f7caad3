import { randomUUID } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { SourceFile } from "../emit/source-file.js";

/** A complete file beside the one that it is going to replace, under a random name. */
interface Sibling {
  readonly target: string;
  readonly place: string;
  readonly text: string;
}

/** What a run has created and not put in place yet. */
export interface PreparedFiles {
  /** In the order of the files that they were prepared for. */
  readonly siblings: readonly Sibling[];
  /** Folders that were made for them, the outermost first. */
  readonly folders: readonly string[];
}

/**
 * Writes files beside where they belong. Nothing else changes.
 *
 * @throws {Error} of the file system; what was created until then is removed
 */
export function prepareFiles(
  folder: string,
  files: readonly SourceFile[],
): PreparedFiles {
  const siblings: Sibling[] = [];
  const folders: string[] = [];
  try {
    for (const { path: name, text } of files) {
      const target = path.join(folder, name);
      makeFolder(path.dirname(target), folders);
      const sibling = { target, text, place: siblingOf(target) };
      siblings.push(sibling);
      write(sibling);
    }
  } catch (error) {
    discard({ siblings, folders });
    throw error;
  }
  return { siblings, folders };
}

/**
 * Replaces a file with its sibling, as a whole. When another run has taken the sibling
 * for a left-over and removed it, it is written again.
 */
export function putInPlace(sibling: Sibling): void {
  for (let attempts = 10; ; attempts -= 1) {
    try {
      renameSync(sibling.place, sibling.target);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" || attempts === 0) throw error;
      mkdirSync(path.dirname(sibling.target), { recursive: true });
      write(sibling);
    }
  }
}

/** Removes what was prepared and not put in place. */
export function discard({ siblings, folders }: PreparedFiles): void {
  for (const { place } of siblings) succeeds(unlinkSync, place);
  for (const made of [...folders].reverse()) succeeds(rmdirSync, made);
}

/**
 * Deletes a file below a folder, and the folders that it leaves empty.
 *
 * @returns whether it was there: another run may have been faster
 * @throws {Error} of the file system
 */
export function deleteFile(folder: string, name: string): boolean {
  const target = path.join(folder, name);
  try {
    unlinkSync(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  let parent = path.dirname(target);
  while (parent !== folder && succeeds(rmdirSync, parent)) {
    parent = path.dirname(parent);
  }
  return true;
}

/** The name of the file that a sibling was prepared for; undefined when a file is no sibling. */
export function targetOf(name: string): string | undefined {
  const { dir, base } = path.posix.parse(name);
  const [, target] = siblingName.exec(base) ?? [];
  return target === undefined ? undefined : path.posix.join(dir, target);
}

const siblingName = /^\.kompliant-codegen\.[0-9a-f-]{36}\.(.+)\.tmp$/;

function siblingOf(target: string): string {
  const { dir, base } = path.parse(target);
  return path.join(dir, `.kompliant-codegen.${randomUUID()}.${base}.tmp`);
}

/** Creates a file that is not there yet: what stands there, a link too, makes this fail. */
function write({ place, text }: Sibling): void {
  writeFileSync(place, text, { flag: "wx" });
}

function makeFolder(folder: string, made: string[]): void {
  if (lstatSync(folder, { throwIfNoEntry: false })) return;
  makeFolder(path.dirname(folder), made);
  try {
    mkdirSync(folder);
    made.push(folder);
  } catch (error) {
    // Another run may have been faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function succeeds(action: (place: string) => unknown, place: string): boolean {
  try {
    action(place);
    return true;
  } catch {
    return false;
  }
}
