import type { Nodes, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";

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

/** Reads the sections of a Markdown text (CommonMark with tables as on GitHub). */
export function markdownSections(text: string): readonly MarkdownSection[] {
  const root = fromMarkdown(text, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const sections: {
    title: string;
    line: number;
    tables: MarkdownTable[];
    hasOtherTable: boolean;
  }[] = [{ title: "", line: 1, tables: [], hasOtherTable: false }];
  for (const node of blocksOf(root)) {
    const section = sections.at(-1);
    if (isHeading(node)) {
      sections.push({
        title: toString(node).replace(/:$/, "").trim(),
        line: lineOf(node),
        tables: [],
        hasOtherTable: false,
      });
    } else if (node.type === "table") {
      section?.tables.push(tableOf(node));
    } else if (section && looksLikeTable(node)) {
      section.hasOtherTable = true;
    }
  }
  return sections;
}

/** Blocks in the order of the text, those within lists and quotations included. */
function blocksOf(node: Nodes): readonly Nodes[] {
  switch (node.type) {
    case "root":
    case "blockquote":
    case "list":
    case "listItem":
      return node.children.flatMap(blocksOf);
    default:
      return [node];
  }
}

/** A heading, or a paragraph in bold that serves as one. */
function isHeading(node: Nodes): boolean {
  if (node.type === "heading") return true;
  return (
    node.type === "paragraph" &&
    node.children.length === 1 &&
    node.children[0]?.type === "strong"
  );
}

function looksLikeTable(node: Nodes): boolean {
  if (node.type === "html") return /<table/i.test(node.value);
  return node.type === "paragraph" && toString(node).includes("|");
}

function tableOf(table: Table): MarkdownTable {
  const [head, ...rows] = table.children.map((row) => ({
    cells: row.children.map((cell) => toString(cell).trim()),
    line: lineOf(row),
  }));
  return { columns: head?.cells ?? [], rows, line: lineOf(table) };
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
