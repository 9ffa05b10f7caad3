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
export async function readErrorTables(
  document: SpecDocument,
): Promise<ErrorTables> {
  const operations = operationNodes(document).filter(({ node }) =>
    mayHoldTable(textAt(node, "description") ?? ""),
  );
  if (operations.length === 0) return noErrorTables;
  const { markdownSections } = await import("./markdown-sections.js");
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
  return {
    errors: readings.flatMap(({ result }) =>
      typeof result === "string"
        ? []
        : [{ ...result, url, node, provenance: "table" as const }],
    ),
    warnings: readings.flatMap(({ line, result }) =>
      typeof result === "string" ? [warningAt(node, text, line, result)] : [],
    ),
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

/** @param line - line of the Markdown text, counted from 1 */
function warningAt(
  node: SpecNode,
  text: string,
  line: number,
  message: string,
): Diagnostic {
  const written = writtenPlace(node);
  const { source } = written;
  const start = placeOfLine(written, text.split("\n").slice(0, line));
  const lines = source.getLines();
  const range = {
    line: start.line,
    column: start.col,
    endLine: start.line,
    endColumn: (lines[start.line - 1] ?? "").length + 1,
  };
  const origin = written.isIntroduced
    ? ` (${introducedBy(source, start.line)})`
    : "";
  return diagnostic("spec-error-table", message + origin, {
    location: { file: source.absoluteRef, ...range },
    frame: codeFrame(lines, range),
  });
}

/**
 * Where a line of a text stands in its file; the text's own place when it is not
 * written line by line there.
 *
 * @param lines - the text up to the line
 */
function placeOfLine(
  node: TextPlace,
  lines: readonly string[],
): Readonly<Record<"line" | "col", number>> {
  const { start, end } = getLineColLocation({ ...node, reportOnKey: false });
  const wanted = lines.at(-1)?.trim() ?? "";
  const earlier = lines.filter((each) => each.trim() === wanted).length - 1;
  const place = node.source
    .getLines()
    .slice(start.line - 1, end?.line ?? start.line)
    .map((each, index) => ({ each, line: start.line + index }))
    .filter(({ each }) => each.trim() === wanted)[earlier];
  if (!place || wanted === "") return start;
  return { line: place.line, col: place.each.indexOf(wanted) + 1 };
}
