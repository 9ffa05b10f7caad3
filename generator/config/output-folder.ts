import { statSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";

/**
 * A folder that exists, or that can be created.
 *
 * @param folder - absolute path
 * @throws {DiagnosticError} when a file stands where it or a folder above it has to be
 */
export function requireFolder(folder: string): void {
  for (
    let current = folder;
    current !== path.dirname(current);
    current = path.dirname(current)
  ) {
    const entry = entryAt(current);
    if (entry === undefined) continue;
    if (entry.isDirectory()) return;
    throw new DiagnosticError([
      diagnostic(
        "output-unwritable",
        `${path.basename(current)} is a file, and the client needs a folder there`,
        {
          location: startOf(current),
          help: "Name another folder with --out, or move the file away.",
        },
      ),
    ]);
  }
}

/** What stands at a path; undefined when nothing does, or nothing can. */
function entryAt(name: string): Stats | undefined {
  try {
    return statSync(name);
  } catch {
    return undefined;
  }
}
