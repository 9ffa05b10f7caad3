import { maskUrls, visible } from "../printing/visible.js";
import type { SourceLocation } from "./diagnostic.js";

/** A stretch of a text; lines and columns count from 1. */
export type TextRange = Omit<SourceLocation, "file">;

/** Lines shown before and behind the marked ones. */
const context = 2;

/** Longest part of a line that is shown. */
const lineWidth = 100;

/** Characters of a longer line that stay in view before the marked ones. */
const lead = 30;

/**
 * Shows the lines around a place, its first line underlined. Of lines that are too
 * long, the indentation that all of them share is left out, and if that is not enough
 * all but the part around the place.
 *
 * @param lines - the file as it was read
 */
export function codeFrame(lines: readonly string[], range: TextRange): string {
  const { line, column, endLine = line, endColumn = column + 1 } = range;
  const first = Math.max(1, line - context);
  const length = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const last = Math.max(line, Math.min(length, line + context));
  const shown = lines.slice(first - 1, last).map(withoutSecrets);
  const indent = sharedIndent(shown);
  const longest = Math.max(...shown.map((each) => each.length));
  const from =
    longest <= lineWidth
      ? 0
      : longest - indent <= lineWidth
        ? indent
        : Math.max(indent, column - 1 - lead);
  const gutter = String(last).length;
  return shown
    .flatMap((each, index) => {
      const number = first + index;
      const prefix = `${number === line ? ">" : " "} ${String(number).padStart(gutter)} |`;
      const row = `${prefix} ${visible(clip(each, from))}`.trimEnd();
      if (number !== line) return [row];
      const end = endLine === line ? endColumn - 1 : each.length;
      const marks = underline(each, from, column - 1, end);
      return [row, `  ${" ".repeat(gutter)} | ${marks}`];
    })
    .join("\n");
}

/** A line with the secrets of its URLs hidden; columns stay what they are. */
function withoutSecrets(line: string): string {
  return maskUrls(line, (secret) => "*".repeat(secret.length));
}

function clip(line: string, from: number): string {
  const part = line.slice(from, from + lineWidth);
  const isCut = line.length > from + lineWidth;
  const isBegun = from > 0 && line.slice(0, from).trim() !== "";
  return `${isBegun ? "…" : ""}${part}${isCut ? "…" : ""}`;
}

function underline(
  line: string,
  from: number,
  start: number,
  end: number,
): string {
  const visibleStart = Math.max(start, from);
  const before = visible(clip(line.slice(0, visibleStart), from));
  const marked = line.slice(visibleStart, Math.min(end, from + lineWidth));
  const width = Math.max(1, visible(marked).trimEnd().length);
  return " ".repeat(before.length) + "^".repeat(width);
}

function sharedIndent(lines: readonly string[]): number {
  const indents = lines.filter((each) => each.trim() !== "").map(indentOf);
  return (
    Math.min(...indents, Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
