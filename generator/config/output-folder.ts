import { lstatSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";

/**
 * The absolute path of a client's output folder.
 *
 * @param configured - relative to the folder of the configuration; without it, the default in the working directory
 */
export function outputFolder(
  configured: string | undefined,
  folder: string,
  cwd: string,
): string {
  return configured === undefined
    ? path.resolve(cwd, "src/kompliant")
    : path.resolve(folder, configured);
}

/**
 * A folder that exists, or that can be created.
 *
 * @param folder - absolute path
 * @throws {DiagnosticError} when a file, or a link that leads nowhere, stands where it or a folder above it has to be
 */
export function requireFolder(folder: string): void {
  for (
    let current = folder;
    current !== path.dirname(current);
    current = path.dirname(current)
  ) {
    const entry = entryAt(current, statSync);
    const name = entryAt(current, lstatSync);
    if (name === undefined) continue;
    if (entry?.isDirectory() === true) return;
    const what = entry ? "a file" : "a link that leads nowhere";
    throw new DiagnosticError([
      diagnostic(
        "output-unwritable",
        `${path.basename(current)} is ${what}, and the client needs a folder there`,
        {
          location: startOf(current),
          help: `Name another folder with --out, or move the ${entry ? "file" : "link"} away.`,
        },
      ),
    ]);
  }
}

/** What stands at a path; undefined when nothing does, or nothing can. */
function entryAt(name: string, look: typeof lstatSync): Stats | undefined {
  try {
    return look(name, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
