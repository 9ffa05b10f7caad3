import path from "node:path";
import picocolors from "picocolors";
import { isUrl } from "../load/url.js";
import type { Diagnostic, SourceLocation } from "./diagnostic.js";

type Colors = ReturnType<typeof picocolors.createColors>;

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
  const { severity, code, message, help, location, frame } = diagnostic;
  const paint = severityColor(severity, colors);
  const place = location ? `${placeOf(location, cwd)}: ` : "";
  const lines = [
    `${colors.bold(place)}${colors.bold(paint(severity))} ${colors.dim(code)}: ${colors.bold(message)}`,
    ...frameLines(frame, paint, colors),
    ...diagnostic.related.flatMap((related) => [
      `  ${colors.cyan("note:")} ${placeOf(related.location, cwd)}: ${related.message}`,
      ...frameLines(related.frame, colors.cyan, colors),
    ]),
    `  ${colors.cyan("help:")} ${help}`,
  ];
  return lines.join("\n");
}

function severityColor(
  severity: Diagnostic["severity"],
  colors: Colors,
): (text: string) => string {
  if (severity === "error") return colors.red;
  return severity === "warning" ? colors.yellow : colors.cyan;
}

/** A frame with its marks in the given color and its line numbers set back. */
function frameLines(
  frame: string | undefined,
  paint: (text: string) => string,
  colors: Colors,
): readonly string[] {
  if (frame === undefined) return [];
  const lines = frame.split("\n").map((line) => {
    const [, mark = "", gutter = "", text = ""] =
      /^([> ]?)([ \d]*\|)(.*)$/s.exec(line) ?? [];
    const isMarks = /^ *\^+$/.test(text);
    return `${paint(mark)}${colors.dim(gutter)}${isMarks ? paint(text) : text}`;
  });
  return ["", ...lines, ""];
}

function placeOf({ file, line, column }: SourceLocation, cwd: string): string {
  return `${displayPath(file, cwd)}:${line}:${column}`;
}

function displayPath(file: string, cwd: string): string {
  if (isUrl(file)) return file;
  const relative = path.relative(cwd, file);
  return relative.length < file.length && !path.isAbsolute(relative)
    ? relative || "."
    : file;
}
