import { readdirSync } from "node:fs";
import path from "node:path";
import { fileHeader } from "../emit/file-header.js";
import { hashOf } from "../hash.js";
import { lockFileName } from "./lock.js";
import type { Lock } from "./lock.js";
import { readRegularFile } from "./regular-file.js";
import { targetOf } from "./replace-files.js";

/** How the files of an output folder relate to the lock of the run that wrote them. */
export interface OutputState {
  /** Not as they were written. */
  readonly edited: readonly string[];
  readonly missing: readonly string[];
  /** Written by this tool, as their first lines say, but not by the last run; or left by a run that was killed. */
  readonly extra: readonly string[];
}

/** Compares the files of an output folder with its lock; paths are relative to the folder and sorted. */
export function outputState(folder: string, lock: Lock): OutputState {
  const edited: string[] = [];
  const missing: string[] = [];
  for (const [name, hash] of Object.entries(lock.outputs)) {
    const text = readOutput(folder, name);
    if (text === undefined) missing.push(name);
    else if (hashOf(text) !== hash) edited.push(name);
  }
  const extra = listFiles(folder).filter((name) => {
    if (Object.hasOwn(lock.outputs, name)) return false;
    if (isLeftOver(folder, name)) return true;
    return name.endsWith(".ts") && isOurs(readOutput(folder, name) ?? "");
  });
  return { edited, missing, extra };
}

/**
 * The text of a file in the output folder with the line endings that it was written
 * with, whatever a checkout made of them; undefined when there is no regular file.
 */
export function readOutput(folder: string, name: string): string | undefined {
  return readRegularFile(folder, name)?.replaceAll("\r\n", "\n");
}

/** Names of what killed runs prepared and did not put in place, or runs that are under way have there now. */
export function leftOvers(folder: string): readonly string[] {
  return listFiles(folder).filter((name) => isLeftOver(folder, name));
}

/** A run that is killed while it writes a file leaves it empty, or with the beginning of our header. */
function isLeftOver(folder: string, name: string): boolean {
  if (targetOf(name) === undefined) return false;
  const text = readOutput(folder, name);
  return text !== undefined && (isOurs(text) || fileHeader.startsWith(text));
}

/** Recognises a file of ours, whatever a formatter made of its first lines. */
export function isOurs(text: string): boolean {
  return text.slice(0, 500).includes(ownLine);
}

const ownLine = fileHeader.trimEnd();

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== lockFileName)
      .map((entry) =>
        path
          .relative(folder, path.join(entry.parentPath, entry.name))
          .split(path.sep)
          .join("/"),
      )
      .sort();
  } catch {
    return [];
  }
}
