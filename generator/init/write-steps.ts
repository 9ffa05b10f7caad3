import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type { FileStep } from "./change.js";

/**
 * Writes what was planned.
 *
 * @throws {DiagnosticError} when a file cannot be written
 */
export function writeSteps(steps: readonly FileStep[]): void {
  for (const step of steps) writeStep(step);
}

/** Never follows a link that was put there since; Windows has no such flag. */
const replacing =
  constants.O_WRONLY |
  constants.O_TRUNC |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0);

function writeStep({ file, before, after }: FileStep): void {
  if (after === undefined || after === before) return;
  try {
    const opened = openSync(file, before === undefined ? "wx" : replacing);
    try {
      writeFileSync(opened, after);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}
