import { openMarkdownLines } from "./markdown-lines.js";
import type { MarkdownLine } from "./markdown-lines.js";
import { linkLabels, plainText } from "./markdown-text.js";
import type { LinkLabels } from "./markdown-text.js";

/** The part of a Markdown text below a heading. */
export interface MarkdownSection {
  /** Text of the heading; empty above the first one. */
  readonly title: string;
  /** Line of the heading within the text, counted from 1. */
  readonly line: number;
  readonly tables: readonly MarkdownTable[];
  /** Whether it holds what looks like a table and is none in Markdown. */
  readonly hasOtherTable: boolean;
}

/** A table of a Markdown text, its cells as plain text. */
export interface MarkdownTable {
  readonly columns: readonly string[];
  readonly rows: readonly MarkdownRow[];
  readonly line: number;
}

export interface MarkdownRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Reads the sections of a Markdown text (CommonMark with tables as on GitHub), as far as
 * tables and headings go. The time that it takes grows with the length of the text only.
 */
export function markdownSections(text: string): readonly MarkdownSection[] {
  const reader = openSections(linkLabels(text));
  const readLine = openMarkdownLines();
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    reader.add(readLine(line), index + 1);
  });
  return reader.finish();
}

interface SectionReader {
  add(line: MarkdownLine, number: number): void;
  finish(): readonly MarkdownSection[];
}

/** The lines of a paragraph, or of what may still become one or a table. */
interface Paragraph {
  readonly line: number;
  readonly lines: string[];
  /** Whether its last line may be the head of a table. */
  mayHoldTable: boolean;
}

interface Section extends MarkdownSection {
  readonly tables: MarkdownTable[];
  hasOtherTable: boolean;
}

interface OpenTable extends MarkdownTable {
  readonly rows: MarkdownRow[];
}

function openSections(labels: LinkLabels): SectionReader {
  const sections: Section[] = [];
  let paragraph: Paragraph | undefined;
  let table: OpenTable | undefined;

  const openSection = (title: string, line: number): Section => {
    const section = {
      title: plainText(title, labels).replace(/:$/, "").trim(),
      line,
      tables: [],
      hasOtherTable: false,
    };
    sections.push(section);
    return section;
  };
  let section = openSection("", 1);

  const endParagraph = (): void => {
    if (!paragraph) return;
    const { line, lines } = paragraph;
    const text = lines.join("\n").trim();
    if (isBold(text)) section = openSection(text, line);
    else if (plainText(text, labels).includes("|"))
      section.hasOtherTable = true;
    paragraph = undefined;
  };

  const cellsOf = (row: string): readonly string[] =>
    splitCells(row).map((cell) => plainText(cell, labels, "cell").trim());

  /** A line of dashes makes the line above the head of a table. */
  const beginTable = (delimiters: string): boolean => {
    const count = delimiterCount(delimiters);
    const head = paragraph?.lines.at(-1);
    if (!paragraph?.mayHoldTable || head === undefined) return false;
    if (count === undefined) return false;
    if (splitCells(head).length !== count) return false;
    const line = paragraph.line + paragraph.lines.length - 1;
    paragraph.lines.pop();
    if (paragraph.lines.length > 0) endParagraph();
    paragraph = undefined;
    table = { columns: cellsOf(head), rows: [], line };
    section.tables.push(table);
    return true;
  };

  const addText = ({ text, only }: MarkdownLine, number: number): void => {
    if (table && only !== undefined) {
      table = undefined;
      if (only === "indented") return;
    }
    if (table) {
      table.rows.push({ cells: cellsOf(text), line: number });
    } else if (only !== undefined || !beginTable(text)) {
      paragraph ??= { line: number, lines: [], mayHoldTable: false };
      paragraph.lines.push(text.trimStart());
      paragraph.mayHoldTable = only === undefined;
    }
  };

  return {
    add: (line, number) => {
      if (line.isNewBlock) {
        endParagraph();
        table = undefined;
      }
      switch (line.kind) {
        case "text":
          addText(line, number);
          break;
        case "underline":
          if (paragraph) {
            const { lines, line: first } = paragraph;
            paragraph = undefined;
            section = openSection(lines.join("\n"), first);
          }
          table = undefined;
          break;
        case "heading":
          section = openSection(line.text, number);
          break;
        case "html":
          if (/<table/i.test(line.text)) section.hasOtherTable = true;
          break;
        case "none":
          break;
      }
    },
    finish: () => {
      endParagraph();
      return sections;
    },
  };
}

/** Whether a paragraph is all in bold and serves as a heading. */
function isBold(text: string): boolean {
  const [mark] = /^(?:\*\*|__)/.exec(text) ?? [];
  if (mark === undefined || text.length < 5 || !text.endsWith(mark)) {
    return false;
  }
  const inner = text.slice(2, -2);
  return !inner.includes(mark) && !/^[\s*_]|[\s*_\\]$/.test(inner);
}

/** The cells of a row; a pipe behind a backslash is text. */
function splitCells(row: string): readonly string[] {
  const trimmed = row.trim();
  const cells: string[] = [];
  let start = trimmed.startsWith("|") ? 1 : 0;
  for (let index = start; index < trimmed.length; index += 1) {
    const character = trimmed[index];
    if (character === "\\") index += 1;
    if (character !== "|") continue;
    cells.push(trimmed.slice(start, index));
    start = index + 1;
  }
  if (start < trimmed.length || cells.length === 0) {
    cells.push(trimmed.slice(start));
  }
  return cells;
}

/** The number of columns that a line of dashes and colons stands for, or undefined for any other line. */
function delimiterCount(text: string): number | undefined {
  if (!text.includes("|") && !text.includes(":")) return undefined;
  const cells = splitCells(text);
  return cells.every((cell) => /^:?-+:?$/.test(cell.trim()))
    ? cells.length
    : undefined;
}
