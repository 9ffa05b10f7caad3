import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { SourceFile } from "../emit/source-file.js";
import { hashOf } from "../hash.js";
import { claimFile } from "./run-lock.js";

/**
 * Folder inside the output in which a run prepares its files and keeps what they
 * replace, until everything is in place.
 */
const stagingFolder = ".kompliant-codegen.tmp";
const journalFile = "journal.json";

/** Place of a file in the staging folder. */
export function staged(folder: string, name: string): string {
  return path.join(folder, stagingFolder, name);
}

/** Starts a run's staging folder. Of what an interrupted run left there, only its journal stays. */
export function openStaging(folder: string): void {
  const staging = path.join(folder, stagingFolder);
  mkdirSync(staging, { recursive: true });
  for (const name of readdirSync(staging)) {
    if (name !== journalFile) {
      rmSync(path.join(staging, name), { recursive: true, force: true });
    }
  }
}

export function closeStaging(folder: string): void {
  rmSync(path.join(folder, stagingFolder), { recursive: true, force: true });
}

/** Notes which files a run is about to put in place, besides those that an interrupted run put there. */
export function writeJournal(
  folder: string,
  files: readonly SourceFile[],
): void {
  const journal = new Map(Object.entries(readJournal(folder)));
  for (const { path: name, text } of files) {
    journal.set(name, [...(journal.get(name) ?? []), hashOf(text)]);
  }
  const text = JSON.stringify(Object.fromEntries(journal));
  writeFileSync(staged(folder, "journal"), text);
  renameSync(staged(folder, "journal"), staged(folder, journalFile));
}

/** Says that everything is in place: from here on nothing is taken back. */
export function removeJournal(folder: string): void {
  unlinkSync(staged(folder, journalFile));
}

/** Hashes of the files that interrupted runs may have put in place, by path inside the output folder. */
export type Journal = Readonly<Record<string, readonly string[]>>;

/** Empty when no run was interrupted. */
export function readJournal(folder: string): Journal {
  try {
    const journal: unknown = JSON.parse(
      readFileSync(staged(folder, journalFile), "utf8"),
    );
    const entries = Object.entries(journal as object) as [string, unknown][];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string[]] =>
        Array.isArray(entry[1]),
      ),
    );
  } catch {
    return {};
  }
}

/** Whether a run was killed while it wrote to a folder, or is writing there now. */
export function isInterrupted(folder: string): boolean {
  return [stagingFolder, claimFile].some((name) =>
    lstatSync(path.join(folder, name), { throwIfNoEntry: false }),
  );
}
