import path from "node:path";
import { isUrl } from "../load/url.js";
import { styled } from "../printing/line.js";
import type { Line, Part, Style } from "../printing/line.js";
import type { Diagnostic, SourceLocation } from "./diagnostic.js";

const severityStyles: Readonly<Record<Diagnostic["severity"], Style>> = {
  error: "red",
  warning: "yellow",
  note: "cyan",
};

/**
 * Renders a diagnostic for a terminal: place, message, code frame and what to do.
 *
 * @param cwd - file names are shown relative to it where that is shorter
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  cwd: string,
): readonly Line[] {
  const { severity, code, message, help, location, frame } = diagnostic;
  const style = severityStyles[severity];
  const place = location ? placeOf(location, cwd) : [];
  return [
    [
      ...place.map((text) => styled(text, "bold")),
      styled(severity, style, "bold"),
      " ",
      styled(code, "dim"),
      ": ",
      styled(message, "bold"),
    ],
    ...frameLines(frame, style),
    ...diagnostic.related.flatMap((related): readonly Line[] => [
      [
        "  ",
        styled("note:", "cyan"),
        " ",
        ...placeOf(related.location, cwd),
        related.message,
      ],
      ...frameLines(related.frame, "cyan"),
    ]),
    ["  ", styled("help:", "cyan"), " ", help],
  ];
}

/** A frame with its marks in the given style and its line numbers set back. */
function frameLines(frame: string | undefined, style: Style): readonly Line[] {
  if (frame === undefined) return [];
  const lines = frame.split("\n").map((line): readonly Part[] => {
    const [, mark = "", gutter = "", text = ""] =
      /^([> ]?)([ \d]*\|)(.*)$/s.exec(line) ?? [];
    const isMarks = /^ *\^+$/.test(text);
    return [
      styled(mark, style),
      styled(gutter, "dim"),
      isMarks ? styled(text, style) : text,
    ];
  });
  return ["", ...lines, ""];
}

/** A place as parts of a line: what follows a URL must not be read as a part of it. */
function placeOf(
  { file, line, column }: SourceLocation,
  cwd: string,
): readonly string[] {
  return [displayPath(file, cwd), `:${line}:${column}: `];
}

function displayPath(file: string, cwd: string): string {
  if (isUrl(file)) return file;
  const relative = path.relative(cwd, file);
  return relative.length < file.length && !path.isAbsolute(relative)
    ? relative || "."
    : file;
}
