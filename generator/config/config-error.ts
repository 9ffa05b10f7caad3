import { Buffer, isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { codeFrame } from "../diagnostics/code-frame.js";
import type { TextRange } from "../diagnostics/code-frame.js";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { thrownText } from "../diagnostics/thrown-text.js";

/** What went wrong while a configuration file was loaded, with the place that its loader names. */
export function unreadableConfig(
  file: string,
  error: unknown,
): DiagnosticError {
  const thrown = thrownText(error);
  const [message = ""] = thrown.split("\n");
  const text = textOf(file);
  const comma = text === undefined ? undefined : strayComma(text, thrown);
  const place = comma ?? placeIn(text ?? "", thrown);
  const range: TextRange = {
    ...place,
    endLine: place.line,
    endColumn: place.column + 1,
  };
  return new DiagnosticError([
    diagnostic(
      "config-syntax",
      comma ? "JSON allows no comma before a closing bracket" : message.trim(),
      {
        location: { file, ...range },
        ...(text !== undefined && {
          frame: codeFrame(text.split("\n"), range),
        }),
        ...(comma && { help: "Remove the comma." }),
      },
    ),
  ]);
}

/**
 * Refuses a configuration file with bytes that are no text.
 *
 * @throws {DiagnosticError} with the line of the first of them
 */
export function requireUtf8(file: string): void {
  const bytes = readFileSync(file);
  if (isUtf8(bytes)) return;
  const lines = bytes.toString("latin1").split("\n");
  const index = lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
  throw new DiagnosticError([
    diagnostic("config-syntax", "the file is not text in UTF-8", {
      location: { file, line: index + 1, column: 1 },
      help: "Save it in the encoding UTF-8.",
    }),
  ]);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

type Place = Readonly<Record<"line" | "column", number>>;

/** `file:line:column` of module loaders, `line 1 column 2` and `position 3` of JSON parsers. */
function placeIn(text: string, message: string): Place {
  const [, line, column] =
    /(?::|\bline )(\d+)(?::| column )(\d+)\)?\s*$/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) {
    return { line: Number(line), column: Math.max(1, Number(column)) };
  }
  const position = positionIn(message);
  return position === undefined
    ? { line: 1, column: 1 }
    : placeAt(text, position);
}

function positionIn(message: string): number | undefined {
  const [, position] = /\bposition (\d+)/.exec(message) ?? [];
  return position === undefined ? undefined : Number(position);
}

/** The comma that makes a JSON parser stumble over the closing bracket behind it. */
function strayComma(text: string, message: string): Place | undefined {
  const position = positionIn(message);
  if (position === undefined || !/[\]}]/.test(text.charAt(position))) {
    return undefined;
  }
  const before = text.slice(0, position).trimEnd();
  return before.endsWith(",") ? placeAt(text, before.length - 1) : undefined;
}

function placeAt(text: string, position: number): Place {
  const lines = text.slice(0, position).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
