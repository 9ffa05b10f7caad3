import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownSections } from "../../generator/model/markdown-sections.js";
import type { MarkdownSection } from "../../generator/model/markdown-sections.js";
import { parsedSections } from "./markdown-oracle.js";

/** How lines are joined in a heading of several does not matter. */
function inOneLine(
  sections: readonly MarkdownSection[],
): readonly MarkdownSection[] {
  return sections.map((section) => ({
    ...section,
    title: section.title.replace(/\s+/g, " "),
  }));
}

/** Texts as descriptions have them, and the corners of the syntax. */
const texts: Readonly<Record<string, string>> = {
  "headings of every kind":
    "above\n\n# One\n\n## Two ##\n\nThree\n=====\n\nFour\n----\n\n**Five**\n\n__Six:__\n\n**not** one\n\n#no",
  "a table below a heading":
    "## System Rule Violations\n\n| Entity Type | Sub-code |\n| :-- | --: |\n| Thing | `IS_LOCKED` |\n| **Thing** | *IS_GONE* |\n\nend",
  "a table without outer pipes": "a | b\n--- | ---\nc | d\ne\n\nf | g",
  "a table right below a paragraph": "text\n| a | b |\n| - | - |\n| c | d |",
  "a table of another number of columns": "| a | b |\n| - |\n| c | d |",
  "pipes behind backslashes": "| a | b |\n| - | - |\n| c \\| d | `e \\| f` |",
  "inline marks":
    '| a | b |\n| - | - |\n| [text](https://x.example/a_(b)_c "title") and ![image](i.png) | **bold _both_** `co*de*` \\*no\\* a_b_c |\n| &amp; &lt;b&gt; &#65; &#x42; &unknown; | <https://y.example> <b>html</b> |',
  "links by reference":
    "| a | b |\n| - | - |\n| [one][x] [x] [none][y] | z |\n\n[x]: https://x.example",
  "a table within a list":
    "- item\n\n  | a | b |\n  | - | - |\n  | c | d |\n\n1. other\n\n   ## Heading\n\n   > | e | f |\n   > | - | - |\n   > | g | h |\n",
  "a table within code":
    "```\n| a | b |\n| - | - |\n```\n\n    | a | b |\n    | - | - |\n\n~~~ md\n| a | b |\n~~~\n| c | d |\n| - | - |",
  "a table in HTML":
    "<table><tr><td>x</td></tr></table>\n\ntext\n\n<!--\n| a | b |\n| - | - |\n-->\n| c | d |\n| - | - |",
  "a table that ends":
    "| a | b |\n| - | - |\n| c | d |\n# Heading\n| e | f |\n| - | - |\n> quote\n| g | h |\n| - | - |\n- item",
  "Windows line ends": "# One\r\n\r\n| a | b |\r\n| - | - |\r\n| c | d |\r\n",
  tabs: "-\t| a | b |\n\t| - | - |\n\t| c | d |\n\n\tcode | code",
};

describe("the reader of tables in Markdown", () => {
  it.each(Object.entries(texts))("reads %s as a parser does", (_, text) => {
    expect(markdownSections(text)).toEqual(parsedSections(text));
  });

  it("reads any text of such pieces as a parser does", () => {
    const cell = fc
      .array(
        fc.constantFrom(
          "a",
          "B_C",
          " ",
          "**",
          "*",
          "_",
          "`",
          "``",
          "\\|",
          "\\*",
          "&amp;",
          "[",
          "](x)",
          "]",
          "(",
          "!",
          "<br>",
          ".",
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(""));
    const row = fc
      .array(cell, { minLength: 1, maxLength: 3 })
      .map((cells) => `| ${cells.join(" | ")} |`);
    const line = fc.oneof(
      row,
      fc.constantFrom(
        "| - | - |",
        "|---|:-:|",
        "",
        "",
        "# Heading",
        "**Bold**",
        "text",
        "---",
        "```",
        "> ",
        "> text",
        "- item",
        "  ",
        "    deep",
        "1. one",
        "<div>",
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        expect(inOneLine(markdownSections(text))).toEqual(
          inOneLine(parsedSections(text)),
        );
      }),
      { numRuns: 400 },
    );
  });
});
