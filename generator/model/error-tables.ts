import { getLineColLocation } from "@redocly/openapi-core";
import { constantCase, pascalCase } from "change-case";
import { codeFrame } from "../diagnostics/code-frame.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { introducedBy, writtenPlace } from "../load/overlay-trace.js";
import type { TextPlace } from "../load/overlay-trace.js";
import { at, textAt } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { operationNodes } from "./operations.js";
import { noErrorTables } from "./listed-error.js";
import type { ErrorTables, ListedError } from "./listed-error.js";
import { markdownSections } from "./markdown-sections.js";
import type {
  MarkdownRow,
  MarkdownSection,
  MarkdownTable,
} from "./markdown-sections.js";

/** Whether a text may hold a table of errors; others are not parsed. */
function mayHoldTable(text: string): boolean {
  return (
    /violations?\b|error\s+codes?\b/i.test(text) && /\||<table/i.test(text)
  );
}

/**
 * Reads the tables of errors in the operations' descriptions: those under headings
 * such as "System Rule Violations" (Entity Type, Sub-code, Description), and those
 * with the columns Error Code, HTTP Code and Possible Cause.
 */
export function readErrorTables(document: SpecDocument): ErrorTables {
  const operations = operationNodes(document).filter(({ node }) =>
    mayHoldTable(textAt(node, "description") ?? ""),
  );
  if (operations.length === 0) return noErrorTables;
  const read = operations.map(({ name, node }) => {
    const text = textAt(node, "description") ?? "";
    const found = readDescription(node, text, markdownSections(text));
    return { name, ...found };
  });
  return {
    byOperation: new Map(read.map(({ name, errors }) => [name, errors])),
    warnings: read.flatMap(({ warnings }) => warnings),
  };
}

interface Found {
  readonly errors: readonly ListedError[];
  readonly warnings: readonly Diagnostic[];
}

/** What a line of the text gave: an error, or what keeps it from being read. */
interface Reading {
  readonly line: number;
  readonly result: ReadError | string;
}

type ReadError = Pick<
  ListedError,
  "code" | "entityType" | "subCode" | "status" | "meaning"
>;

function readDescription(
  operation: SpecNode,
  text: string,
  sections: readonly MarkdownSection[],
): Found {
  const node = at(operation, "description");
  const url = textAt(at(operation, "externalDocs"), "url");
  const readings = combine(sections.flatMap(readSection));
  const unread = readings.flatMap(({ line, result }) =>
    typeof result === "string" ? [{ line, message: result }] : [],
  );
  return {
    errors: readings.flatMap(({ result }) =>
      typeof result === "string"
        ? []
        : [{ ...result, url, node, provenance: "table" as const }],
    ),
    warnings: unread.length > 0 ? warningsOf(node, text, unread) : [],
  };
}

/**
 * The table of codes gives the violations of the other tables their status; a code
 * of violations is no error by itself.
 */
function combine(readings: readonly Reading[]): readonly Reading[] {
  const errors = readings
    .map(({ result }) => result)
    .filter((result) => typeof result !== "string");
  const statuses = new Map(
    errors
      .filter(({ subCode }) => subCode === undefined)
      .map(({ code, status }) => [code, status]),
  );
  const violated = new Set(
    errors
      .filter(({ subCode }) => subCode !== undefined)
      .map(({ code }) => code),
  );
  return readings.flatMap(({ line, result }) => {
    if (typeof result === "string") return [{ line, result }];
    if (result.subCode !== undefined) {
      const status = statuses.get(result.code);
      return [{ line, result: { ...result, status } }];
    }
    if (violated.has(result.code)) return [];
    return [
      {
        line,
        result: result.code.endsWith("_VIOLATION")
          ? `no table lists the sub-codes of ${result.code}: such errors arrive as undocumented`
          : result,
      },
    ];
  });
}

function readSection(section: MarkdownSection): readonly Reading[] {
  const { title, line, tables, hasOtherTable } = section;
  if (isAboutViolations(section) && hasOtherTable && tables.length === 0) {
    return [
      { line, result: `"${title}" holds a table that is no Markdown table` },
    ];
  }
  return tables.flatMap((table) => readTable(table, section));
}

function isAboutViolations({ title }: MarkdownSection): boolean {
  return /violations?$/i.test(title);
}

function readTable(
  table: MarkdownTable,
  section: MarkdownSection,
): readonly Reading[] {
  const { line, rows } = table;
  const isViolations = isAboutViolations(section);
  const violations = columnsOf(table, violationColumns);
  if (violations) {
    if (!isViolations) {
      return [
        {
          line,
          result:
            "the table of violations stands under no heading that names its error code",
        },
      ];
    }
    const code = constantCase(section.title.replace(/s$/i, ""));
    return rows.map((row) => ({
      line: row.line,
      result:
        readViolation(row, violations, code) ??
        "the row names no entity type and sub-code",
    }));
  }
  if (isViolations) {
    return [
      {
        line,
        result: `the table under "${section.title}" lacks the columns Entity Type and Sub-code`,
      },
    ];
  }
  const codes = columnsOf(table, codeColumns);
  if (!codes) return [];
  return rows.map((row) => ({
    line: row.line,
    result: readCode(row, codes) ?? "the row names no error code",
  }));
}

/** Columns by what they hold, and how their headings read. */
type ColumnNames = Readonly<Record<string, RegExp>>;

const violationColumns = {
  entityType: /^entity ?type$/,
  subCode: /^sub ?code$/,
  meaning: /^(?:description|meaning)$/,
} satisfies ColumnNames;

const codeColumns = {
  code: /^(?:error )?code$/,
  status: /^http ?(?:code|status|status code)$/,
  meaning: /^(?:possible causes?|description|meaning)$/,
} satisfies ColumnNames;

/** The numbers of a table's columns; undefined when the first two of them are not all there. */
function columnsOf<Names extends ColumnNames>(
  table: MarkdownTable,
  names: Names,
): Readonly<Record<keyof Names, number>> | undefined {
  const headings = table.columns.map((column) =>
    column
      .toLowerCase()
      .replace(/[^a-z]+/g, " ")
      .trim(),
  );
  const columns = Object.entries(names).map(
    ([name, pattern]) =>
      [name, headings.findIndex((heading) => pattern.test(heading))] as const,
  );
  const needed = columns.slice(0, 2);
  if (needed.some(([, index]) => index < 0)) return undefined;
  return Object.fromEntries(columns) as Readonly<Record<keyof Names, number>>;
}

const constant = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

function readViolation(
  { cells }: MarkdownRow,
  columns: Readonly<Record<keyof typeof violationColumns, number>>,
  code: string,
): ReadError | undefined {
  const entityType = wireSpelling(cells[columns.entityType] ?? "");
  const subCode = cells[columns.subCode] ?? "";
  if (entityType === undefined || !constant.test(subCode)) return undefined;
  const meaning = cells[columns.meaning];
  return { code, entityType, subCode, status: undefined, meaning };
}

function readCode(
  { cells }: MarkdownRow,
  columns: Readonly<Record<keyof typeof codeColumns, number>>,
): ReadError | undefined {
  const code = cells[columns.code] ?? "";
  if (!constant.test(code)) return undefined;
  return {
    code,
    entityType: undefined,
    subCode: undefined,
    status: /\b[1-5]\d\d\b/.exec(cells[columns.status] ?? "")?.[0],
    meaning: cells[columns.meaning],
  };
}

/** Tables print "Business Owner"; the API sends `BusinessOwner`. */
function wireSpelling(entityType: string): string | undefined {
  const words = entityType.split(/[\s_-]+/).filter((word) => word !== "");
  const isName = words.every((word) => /^[A-Za-z][A-Za-z\d]*$/.test(word));
  if (words.length === 0 || !isName) return undefined;
  if (entityType === entityType.toUpperCase()) return pascalCase(entityType);
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** A line of the Markdown text, counted from 1, that could not be read, and why. */
interface Unread {
  readonly line: number;
  readonly message: string;
}

/** Most warnings about one text; the last one counts the rest. */
const mostWarnings = 20;

function warningsOf(
  node: SpecNode,
  text: string,
  unread: readonly Unread[],
): readonly Diagnostic[] {
  const written = writtenPlace(node);
  const { source } = written;
  const shown = unread.slice(0, mostWarnings);
  const more = unread.length - shown.length;
  const lines = source.getLines();
  const placeOf = placesOfLines(written, text);
  return shown.map(({ line, message }, index) => {
    const start = placeOf(line);
    const range = {
      line: start.line,
      column: start.col,
      endLine: start.line,
      endColumn: (lines[start.line - 1] ?? "").length + 1,
    };
    const origin = written.isIntroduced
      ? ` (${introducedBy(source, start.line)})`
      : "";
    const isLast = index === shown.length - 1 && more > 0;
    const rest = isLast
      ? `; ${more} more lines of this text cannot be read either`
      : "";
    return diagnostic("spec-error-table", message + origin + rest, {
      location: { file: source.absoluteRef, ...range },
      frame: codeFrame(lines, range),
    });
  });
}

type Position = Readonly<Record<"line" | "col", number>>;

/**
 * Where the lines of a text stand in its file; the text's own place for those that are
 * not written line by line there.
 */
function placesOfLines(
  node: TextPlace,
  text: string,
): (line: number) => Position {
  const { start, end } = getLineColLocation({ ...node, reportOnKey: false });
  const written = node.source
    .getLines()
    .slice(start.line - 1, end?.line ?? start.line);
  const lines = text.split("\n").map((each) => each.trim());
  return (line) => {
    const wanted = lines[line - 1] ?? "";
    if (wanted === "") return start;
    let nth = lines.slice(0, line).filter((each) => each === wanted).length;
    const index = written.findIndex((each) => {
      if (each.trim() === wanted) nth -= 1;
      return nth === 0;
    });
    if (index < 0) return start;
    const column = (written[index] ?? "").indexOf(wanted) + 1;
    return { line: start.line + index, col: column };
  };
}
