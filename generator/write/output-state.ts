import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileHeader } from "../emit/file-header.js";
import { hashOf } from "../hash.js";
import { lockFileName } from "./lock.js";
import type { Lock } from "./lock.js";

/** How the files of an output folder relate to the lock of the run that wrote them. */
export interface OutputState {
  /** Not as they were written. */
  readonly edited: readonly string[];
  readonly missing: readonly string[];
  /** Written by this tool, as their first lines say, but not by the last run. */
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
  const extra = listFiles(folder).filter(
    (name) =>
      !Object.hasOwn(lock.outputs, name) &&
      name.endsWith(".ts") &&
      isOurs(readOutput(folder, name) ?? ""),
  );
  return { edited, missing, extra };
}

/**
 * The text of a file in the output folder with the line endings that it was written
 * with, whatever a checkout made of them; undefined when there is no regular file.
 */
export function readOutput(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  try {
    if (!lstatSync(file).isFile()) return undefined;
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}

/** Recognises a file of ours, whatever a formatter made of its first lines. */
export function isOurs(text: string): boolean {
  return text.slice(0, 500).includes(ownLine);
}

const ownLine = fileHeader.split("\n")[1] ?? "";

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
