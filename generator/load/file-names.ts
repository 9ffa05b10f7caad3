import { readdirSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/nearest.js";
import { isReadable } from "./document-bytes.js";

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
 * @throws {DiagnosticError} when there is none, or something that nobody can read to its end
 */
export function requireFile(code: DiagnosticCode, file: string): void {
  const stats = statsOf(file);
  if (stats && isReadable(stats, file)) return;
  const name = path.basename(file);
  const problem = (what: string): Diagnostic =>
    diagnostic(code, `${name} is ${what}`, {
      location: startOf(file),
      help: stats?.isDirectory() ? "Name a file in it." : "Name a file.",
    });
  throw new DiagnosticError([
    stats === undefined
      ? missingFile(code, file)
      : problem(stats.isDirectory() ? "a folder" : "not a regular file"),
  ]);
}

/** What is at a path; undefined when nothing is, or nothing can be. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
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
