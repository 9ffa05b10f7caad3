import type { Nodes, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import type {
  MarkdownSection,
  MarkdownTable,
} from "../../generator/model/markdown-sections.js";

/** What a whole Markdown parser makes of a text: slow, and the judge of our own reader. */
export function parsedSections(text: string): readonly MarkdownSection[] {
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
