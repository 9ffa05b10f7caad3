import { readdirSync } from "node:fs";
import path from "node:path";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { diagnostic, startOf } from "../diagnostics/diagnostic.js";
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
 * Says that a file that was asked for does not exist.
 *
 * @param file - absolute path
 */
export function missingFile(code: DiagnosticCode, file: string): Diagnostic {
  const near = nearestFile(file);
  return diagnostic(code, `there is no file ${path.basename(file)}`, {
    location: startOf(file),
    ...(near !== undefined && {
      help: `Did you mean "${path.basename(near)}"?`,
    }),
  });
}
