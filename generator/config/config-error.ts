import { readFileSync } from "node:fs";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type { SourceLocation } from "../diagnostics/diagnostic.js";

/** What went wrong while a configuration file was read, with the place that its parser names. */
export function unreadableConfig(
  file: string,
  error: unknown,
): DiagnosticError {
  const [message = ""] = (
    error instanceof Error ? error.message : String(error)
  ).split("\n");
  const place = { file, ...placeIn(file, String(error)) };
  return new DiagnosticError([
    diagnostic("config-invalid", message.trim(), place),
  ]);
}

/** `file:line:column` of module loaders, `line 1 column 2` and `position 3` of JSON parsers. */
function placeIn(
  file: string,
  message: string,
): Pick<SourceLocation, "line" | "column"> {
  const [, line, column] =
    /(?::|\bline )(\d+)(?::| column )(\d+)\)?\s*$/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) {
    return { line: Number(line), column: Math.max(1, Number(column)) };
  }
  const [, position] = /\bposition (\d+)/.exec(message) ?? [];
  if (position === undefined) return { line: 1, column: 1 };
  const before = readFileSync(file, "utf8").slice(0, Number(position));
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
