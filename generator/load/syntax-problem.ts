import type { YamlParseError } from "@redocly/openapi-core";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { codeFrame } from "../diagnostics/code-frame.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.js";
import { DocumentTooBig } from "./document-limits.js";

/** What the YAML parser says, and what we say instead. */
interface Explanation {
  readonly says: RegExp;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string;
  /** Where the parser names no place: the last line like this one is it. */
  readonly line?: RegExp;
}

const explanations: readonly Explanation[] = [
  {
    says: /^tab characters must not be used/,
    code: "spec-tab",
    message: "a tab indents this line",
  },
  {
    says: /^duplicated mapping key/,
    code: "spec-duplicate-key",
    message: "the key stands twice in the same map",
  },
  {
    says: /^bad indentation of a mapping entry/,
    code: "spec-syntax",
    message: "bad indentation: this line is in no map that is open here",
    help: "Line it up with the entries that it belongs to. If the line above is a text with a colon or quotes in it, quote that text.",
  },
  {
    says: /^bad indentation of a sequence entry/,
    code: "spec-syntax",
    message: "bad indentation: this line is in no list that is open here",
    help: "Line it up with the entries that it belongs to.",
  },
  {
    says: /^deficient indentation/,
    code: "spec-syntax",
    message:
      "bad indentation: a bracket or quotation mark that was opened above is not closed",
    help: "Close the [, the { or the quotation mark in the lines above.",
  },
  {
    says: /^nesting exceeded maxDepth/,
    code: "spec-too-big",
    message: "the document is nested too deeply",
    help: "Move what is nested into components, and refer to it.",
  },
  {
    says: /^(?:null byte is not allowed|the bytes are not UTF-8)/,
    code: "spec-syntax",
    message: "the file is not text in UTF-8",
    help: "Save it in the encoding UTF-8.",
  },
  {
    says: /^JSON has no comments/,
    code: "spec-syntax",
    message: "JSON has no comments",
    help: "Remove the comment and any others, or save the document as YAML, where a comment begins with #.",
  },
  {
    says: /^expected a single document/,
    code: "spec-syntax",
    message: "the file holds several documents",
    help: "Keep one: what follows a line of --- is another document.",
    line: /^---(?:\s|$)/,
  },
  {
    says: /^object-based map does not support complex keys/,
    code: "spec-syntax",
    message: "a map or a list stands where the name of an entry has to be",
    help: "If the file has placeholders such as {{ name }}, fill them in first, or put them in quotes.",
    line: /\{\{/,
  },
  {
    says: /^unidentified alias/,
    code: "spec-syntax",
    message: "an alias without an anchor of its name",
    help: "Put the text in quotes if it is meant to begin with an asterisk.",
  },
];

/** What version control leaves behind in a file that it could not merge. */
const conflictMark = /^(?:<{7}|={7}|>{7})(?:\s|$)/;

/**
 * What a text that does not parse is reported as.
 *
 * @param code - of problems that have no code of their own, for documents other than the description
 */
export function syntaxDiagnostic(
  error: YamlParseError,
  code?: DiagnosticCode,
): Diagnostic {
  const { source, originalError } = error;
  const file = source.absoluteRef;
  const lines = source.getLines();
  const conflict = lines.findIndex((line) => conflictMark.test(line));
  if (conflict >= 0) {
    const range = {
      line: conflict + 1,
      column: 1,
      endLine: conflict + 1,
      endColumn: 8,
    };
    return diagnostic(
      code ?? "spec-syntax",
      "the file holds the marks of a merge conflict",
      {
        location: { file, ...range },
        frame: codeFrame(lines, range),
        help: "Resolve the conflict and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
      },
    );
  }
  const says = error.message
    .replace(/\s*\(\d+:\d+\)$/, "")
    .replace(/ in ".*"$/s, "");
  const known = explanations.find((each) => each.says.test(says));
  const start = startOf(error, lines, known?.line);
  const isTooBig = originalError instanceof DocumentTooBig;
  const range = { ...start, ...endOfToken(lines, start) };
  return diagnostic(
    code ?? (isTooBig ? "spec-too-big" : known?.code) ?? "spec-syntax",
    known?.message ?? explain(says),
    {
      location: { file, ...range },
      frame: codeFrame(lines, range),
      ...(known?.help !== undefined && { help: known.help }),
      related:
        known?.code === "spec-duplicate-key"
          ? earlierKey(file, lines, start.line)
          : [],
    },
  );
}

function startOf(
  { line, col }: YamlParseError,
  lines: readonly string[],
  likeness: RegExp | undefined,
): Position {
  const index = likeness
    ? lines.findLastIndex((each) => likeness.test(each))
    : -1;
  if (!likeness || index < 0) return { line: line || 1, column: col || 1 };
  return { line: index + 1, column: (lines[index] ?? "").search(likeness) + 1 };
}

function explain(says: string): string {
  return says.replace(
    "Maximum call stack size exceeded",
    "the document is nested too deeply",
  );
}

type Position = Readonly<Record<"line" | "column", number>>;

/** The word at a place, or what indents it. */
function endOfToken(
  lines: readonly string[],
  { line, column }: Position,
): { readonly endLine: number; readonly endColumn: number } {
  const rest = (lines[line - 1] ?? "").slice(column - 1);
  const [token = ""] = /^(?:\s+|"[^"]*"|[^\s:,{}[\]]+)/.exec(rest) ?? [];
  return { endLine: line, endColumn: column + Math.max(1, token.length) };
}

/** The nearest line above that begins with the same key, as far in. */
function earlierKey(
  file: string,
  lines: readonly string[],
  line: number,
): readonly RelatedPlace[] {
  const [, indent = "", key] =
    /^(\s*)([^\s:][^:]*):(?:\s|$)/.exec(lines[line - 1] ?? "") ?? [];
  if (key === undefined) return [];
  const above = lines
    .slice(0, line - 1)
    .findLastIndex((each) => each.startsWith(`${indent}${key}:`));
  if (above < 0) return [];
  const column = indent.length + 1;
  const range = {
    line: above + 1,
    column,
    endLine: above + 1,
    endColumn: column + key.length,
  };
  return [
    {
      message: `${key} stands here first`,
      location: { file, ...range },
      frame: codeFrame(lines, range),
    },
  ];
}
