/** What a line of a Markdown text is, once quotations and lists around it are taken off. */
export interface MarkdownLine {
  /**
   * A line of a paragraph or a table, one that may make a heading of the paragraph
   * above, a heading by itself, a line of HTML, or nothing that counts, such as code.
   */
  readonly kind: "text" | "underline" | "heading" | "html" | "none";
  readonly text: string;
  /** Whether it ends the paragraph or table above. */
  readonly isNewBlock: boolean;
  /**
   * What makes it the text of a paragraph only while one goes on, and never part of a
   * table: the marks of what it is in are missing, or it is indented like code.
   */
  readonly only?: "lazy" | "indented";
}

/** Deepest nesting of quotations and lists that is followed; what is deeper counts as text. */
const maxDepth = 20;

/** A quotation, or an item of a list with the columns that indent what belongs to it. */
type Container = { readonly indent: number } | "quotation";

/** What a line may be the continuation of. */
interface OpenBlock {
  readonly depth: number;
  /** Tells the line that ends it; HTML also ends with a blank line unless this is given. */
  readonly end: RegExp | undefined;
  readonly kind: "code" | "html";
}

const blank: MarkdownLine = { kind: "none", text: "", isNewBlock: true };

/** Reads a Markdown text line by line; call the function for each line in turn. */
export function openMarkdownLines(): (line: string) => MarkdownLine {
  let containers: readonly Container[] = [];
  let block: OpenBlock | undefined;
  /** Whether the line above can go on: it is one of a paragraph or a table. */
  let isInText = false;

  const read = (line: string): MarkdownLine => {
    const { open, rest, isAllMatched } = continued(containers, line);
    if (block && isAllMatched && open.length === block.depth) {
      return continueBlock(block, rest);
    }
    block = undefined;
    const inner = entered(open, rest, isInText && isAllMatched);
    const isNewContainer = inner.open.length > open.length;
    // The text of a paragraph may go on without the marks of what it is in.
    const isLazy = isInText && !isAllMatched && !isNewContainer;
    if (isLazy && isText(inner.rest)) {
      return {
        kind: "text",
        text: inner.rest,
        isNewBlock: false,
        only: "lazy",
      };
    }
    containers = inner.open;
    const isNewBlock = isNewContainer || !isAllMatched || !isInText;
    return leaf(inner.rest, isNewBlock);
  };

  const continueBlock = (current: OpenBlock, rest: string): MarkdownLine => {
    const isEnd =
      current.end === undefined ? rest.trim() === "" : current.end.test(rest);
    if (isEnd) block = undefined;
    return current.kind === "html"
      ? { kind: "html", text: rest, isNewBlock: true }
      : blank;
  };

  const leaf = (text: string, isNewBlock: boolean): MarkdownLine => {
    if (text.trim() === "") return blank;
    const isGoingOn = isInText && !isNewBlock;
    if (/^ {4}/.test(text)) {
      return isGoingOn
        ? { kind: "text", text, isNewBlock, only: "indented" }
        : blank;
    }
    const [isHeading, title = ""] =
      /^ {0,3}#{1,6}(?:[ \t](.*))?$/s.exec(text) ?? [];
    if (isHeading !== undefined) {
      return {
        kind: "heading",
        text: withoutClosing(title.trim()),
        isNewBlock: true,
      };
    }
    const [, fence = ""] = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(text) ?? [];
    if (fence !== "") {
      const mark = fence.charAt(0);
      const end = new RegExp(`^ {0,3}${mark}{${fence.length},}[ \\t]*$`);
      block = { depth: containers.length, end, kind: "code" };
      return blank;
    }
    const html = htmlBlock(text, isGoingOn);
    if (html) {
      const isOver = html.end?.test(text) === true;
      if (!isOver) block = { depth: containers.length, kind: "html", ...html };
      return { kind: "html", text, isNewBlock: true };
    }
    if (isGoingOn && /^ {0,3}(?:=+|-+)[ \t]*$/.test(text)) {
      return { kind: "underline", text, isNewBlock: false };
    }
    if (isRule(text)) return blank;
    return { kind: "text", text, isNewBlock };
  };

  return (line) => {
    const found = read(line);
    isInText = found.kind === "text";
    return found;
  };
}

interface Inside {
  readonly open: readonly Container[];
  readonly rest: string;
}

/** The containers that a line goes on with, and what it holds there. */
function continued(
  containers: readonly Container[],
  line: string,
): Inside & { readonly isAllMatched: boolean } {
  let rest = withoutTabs(line);
  for (const [depth, container] of containers.entries()) {
    const inside = insideOf(container, rest);
    if (inside === undefined) {
      return { open: containers.slice(0, depth), rest, isAllMatched: false };
    }
    rest = withoutTabs(inside);
  }
  return { open: containers, rest, isAllMatched: true };
}

function insideOf(container: Container, text: string): string | undefined {
  if (container === "quotation") return quotationMark.exec(text)?.[1];
  const { indent } = container;
  if (text.trim() === "") return "";
  return text.startsWith(" ".repeat(indent)) ? text.slice(indent) : undefined;
}

const quotationMark = /^ {0,3}> ?(.*)$/s;
const listMark = /^( {0,3}(?:[-+*]|\d{1,9}[.)]))([ \t]+.*)?$/s;

/** The containers that a line opens within those that it goes on with. */
function entered(
  open: readonly Container[],
  text: string,
  isInText: boolean,
): Inside {
  const containers = [...open];
  let rest = text;
  while (containers.length < maxDepth) {
    const quoted = quotationMark.exec(rest)?.[1];
    if (quoted !== undefined) {
      containers.push("quotation");
      rest = withoutTabs(quoted);
      continue;
    }
    const [, mark, behind = ""] = listMark.exec(rest) ?? [];
    if (mark === undefined || isRule(rest)) break;
    const content = withoutTabs(behind, mark.length);
    const isFirst = containers.length === open.length;
    if (isInText && isFirst && !mayInterrupt(mark, content)) break;
    const spaces = content.length - content.trimStart().length;
    const isBlank = content.trim() === "";
    const padding = isBlank || spaces > 4 ? 1 : spaces;
    containers.push({ indent: mark.length + padding });
    rest = withoutTabs(content.slice(padding));
  }
  return { open: containers, rest };
}

/** Within a paragraph, only a list that is not empty and begins with 1 begins. */
function mayInterrupt(mark: string, content: string): boolean {
  if (content.trim() === "") return false;
  return /[-+*]$/.test(mark) || /^ *1[.)]$/.test(mark);
}

/**
 * Tabs that indent, as the spaces that they stand for.
 *
 * @param column - number of characters before the text
 */
function withoutTabs(text: string, column = 0): string {
  const [indent = ""] = /^[ \t]+/.exec(text) ?? [];
  if (!indent.includes("\t")) return text;
  let width = 0;
  for (const character of indent) {
    width += character === "\t" ? 4 - ((column + width) % 4) : 1;
  }
  return " ".repeat(width) + text.slice(indent.length);
}

/** A line across the page. */
function isRule(text: string): boolean {
  return /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(
    text,
  );
}

/** Whether a line can only be the text of a paragraph. */
function isText(text: string): boolean {
  return (
    text.trim() !== "" &&
    !isRule(text) &&
    !/^ {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|<)/.test(text)
  );
}

/** The text of a heading without the marks at its end. */
function withoutClosing(title: string): string {
  let end = title.length;
  while (title[end - 1] === "#") end -= 1;
  const text = title.slice(0, end);
  return text === "" || /[ \t]$/.test(text) ? text.trim() : title;
}

const htmlBlocks: readonly {
  readonly begin: RegExp;
  readonly end: RegExp | undefined;
}[] = [
  {
    begin: /^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i,
    end: /<\/(?:pre|script|style|textarea)>/i,
  },
  { begin: /^ {0,3}<!--/, end: /-->/ },
  { begin: /^ {0,3}<\?/, end: /\?>/ },
  { begin: /^ {0,3}<!\[CDATA\[/, end: /\]\]>/ },
  { begin: /^ {0,3}<![A-Za-z]/, end: />/ },
  {
    begin:
      /^ {0,3}<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i,
    end: undefined,
  },
];

/** Any other tag alone on a line, which begins a block of HTML unless a paragraph goes on. */
const loneTag = /^ {0,3}<\/?[a-z][a-z\d-]*(?:\s[^<>]*)?\/?>[ \t]*$/i;

/** The block of HTML that a line begins. */
function htmlBlock(
  text: string,
  isGoingOn: boolean,
): { readonly end: RegExp | undefined } | undefined {
  const known = htmlBlocks.find(({ begin }) => begin.test(text));
  if (known) return { end: known.end };
  return !isGoingOn && loneTag.test(text) ? { end: undefined } : undefined;
}
