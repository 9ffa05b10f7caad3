import { chmodSync, statSync } from "node:fs";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import { discard, prepareFiles, putInPlace } from "../write/replace-files.js";
import type { FileStep } from "./change.js";

/**
 * Writes what was planned: each file beside its target first, so that a full disk or the
 * end of the process leaves every file whole.
 *
 * @throws {DiagnosticError} when a file cannot be written
 */
export function writeSteps(steps: readonly FileStep[]): void {
  try {
    replaceFiles(steps.flatMap(changedText));
  } catch (error) {
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}

/** A file to write, by its absolute path; none when it stays as it is. */
function changedText({ file, before, after }: FileStep): readonly SourceFile[] {
  return after === undefined || after === before
    ? []
    : [{ path: file, text: after }];
}

function replaceFiles(files: readonly SourceFile[]): void {
  const prepared = prepareFiles("", files);
  try {
    for (const sibling of prepared.siblings) {
      const { mode } =
        statSync(sibling.target, { throwIfNoEntry: false }) ?? {};
      if (mode !== undefined) chmodSync(sibling.place, mode);
      putInPlace(sibling);
    }
  } catch (error) {
    discard(prepared);
    throw error;
  }
}
