import path from "node:path";
import picocolors from "picocolors";
import type { Diagnostic } from "./diagnostic.js";

/**
 * Prints a diagnostic for a terminal: place, message, code frame and what to do.
 *
 * @param cwd - file names are shown relative to it where that is shorter
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  cwd: string,
  color: boolean,
): string {
  const colors = picocolors.createColors(color);
  const { location } = diagnostic;
  const place = location
    ? `${displayPath(location.file, cwd)}:${location.line}:${location.column}: `
    : "";
  const severity =
    diagnostic.severity === "error"
      ? colors.red("error")
      : colors.yellow("warning");
  const lines = [
    `${colors.bold(place)}${severity} ${colors.dim(diagnostic.code)}: ${diagnostic.message}`,
    ...(diagnostic.frame === undefined ? [] : ["", diagnostic.frame, ""]),
    `  ${colors.cyan("help:")} ${diagnostic.help}`,
  ];
  return lines.join("\n");
}

function displayPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.length < file.length && !path.isAbsolute(relative)
    ? relative
    : file;
}
