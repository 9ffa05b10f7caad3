import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/nearest.js";

/** The file that was probably meant by the path of one that does not exist, or undefined. */
export function nearestFile(missing: string): string | undefined {
  const folder = path.dirname(missing);
  const near = nearest(path.basename(missing), namesIn(folder));
  return near === undefined ? undefined : path.join(folder, near);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * A file that was asked for must be there.
 *
 * @param file - absolute path
 * @param code - of the diagnostic when it is not
 * @throws {DiagnosticError} when there is none, or a folder in its place
 */
export function requireFile(code: DiagnosticCode, file: string): void {
  const isFolder = existsSync(file) && statSync(file).isDirectory();
  if (existsSync(file) && !isFolder) return;
  throw new DiagnosticError([
    isFolder
      ? diagnostic(code, `${path.basename(file)} is a folder`, {
          location: startOf(file),
          help: "Name a file in it.",
        })
      : missingFile(code, file),
  ]);
}

function missingFile(code: DiagnosticCode, file: string): Diagnostic {
  const near = nearestFile(file);
  return diagnostic(code, `there is no file ${path.basename(file)}`, {
    location: startOf(file),
    ...(near !== undefined && {
      help: `Did you mean "${path.basename(near)}"?`,
    }),
  });
}
