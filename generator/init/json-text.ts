import {
  createScanner,
  findNodeAtLocation,
  parse,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";

export type JsonObject = Readonly<Record<string, unknown>>;

type JsonValue =
  string | readonly string[] | { readonly [key: string]: JsonValue };

/** Longest line that Biome and prettier leave on one line by default. */
const lineWidth = 80;

/** The object in a JSON text with comments and trailing commas; undefined when it holds no object. */
export function parsedObject(text: string): JsonObject | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && isObject(value) ? value : undefined;
}

/** What is wrong with a text that must be an object in strict JSON; undefined when it is one. */
export function strictJsonProblem(text: string): string | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first) return printParseErrorCode(first.error);
  return isObject(value) ? undefined : "it must hold an object";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key; an empty one when there is none. */
export function objectAt(
  content: JsonObject | undefined,
  key: string,
): JsonObject {
  const value = content?.[key];
  return isObject(value) ? value : {};
}

/**
 * A JSON text with a further value; comments and the form of the rest stay. A value that
 * is there already stays too.
 *
 * @returns undefined when the path leads through something other than an object
 */
export function withValue(
  text: string,
  path: readonly string[],
  value: JsonValue,
): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) return undefined;
  if (findNodeAtLocation(root, [...path])) return text;
  const depth = path.findLastIndex(
    (_, index) => findNodeAtLocation(root, path.slice(0, index)) !== undefined,
  );
  const parent = findNodeAtLocation(root, path.slice(0, depth));
  const key = path[depth];
  if (parent?.type !== "object" || key === undefined) return undefined;
  const nested = path
    .slice(depth + 1)
    .reduceRight<JsonValue>((inner, name) => ({ [name]: inner }), value);
  return withEntry(
    text,
    parent,
    (indent) =>
      `${JSON.stringify(key)}: ${printed(nested, { ...styleOf(text), indent })}`,
  );
}

/** A JSON text in which a key of its object has a value, whatever it had before. */
export function withReplaced(
  text: string,
  key: string,
  value: string,
): string | undefined {
  const root = parseTree(text);
  const old = root && findNodeAtLocation(root, [key]);
  if (!old) return withValue(text, [key], value);
  const end = old.offset + old.length;
  return text.slice(0, old.offset) + JSON.stringify(value) + text.slice(end);
}

/**
 * A JSON text with a further string in a list; comments and the form of the rest stay.
 *
 * @param initial - what a list that is not there yet begins with
 * @returns undefined when the path leads to something other than a list
 */
export function withListed(
  text: string,
  path: readonly string[],
  value: string,
  initial: readonly string[] = [],
): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, [...path]);
  if (!list) return withValue(text, path, [...initial, value]);
  if (list.type !== "array") return undefined;
  const elements = list.children ?? [];
  if (elements.some((each) => each.value === value)) return text;
  return withEntry(text, list, () => JSON.stringify(value));
}

/** JSON of an object in the given indentation, each key on a line of its own. */
export function jsonFile(value: JsonValue, unit: string): string {
  return `${printed(value, { unit, end: "\n", indent: "" })}\n`;
}

/** The indentation of the first indented line. */
export function indentationOf(text: string): string {
  return /^[ \t]+(?=\S)/m.exec(text)?.[0] ?? "  ";
}

export function lineEndOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

interface Style {
  readonly unit: string;
  readonly end: string;
}

function styleOf(text: string): Style {
  return { unit: indentationOf(text), end: lineEndOf(text) };
}

/** Objects over several lines, lists on one line. */
function printed(
  value: JsonValue,
  style: Style & { readonly indent: string },
): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (isStrings(value)) {
    return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  }
  const { indent, unit, end } = style;
  const inner = indent + unit;
  const entries = Object.entries(value).map(
    ([key, each]) =>
      `${inner}${JSON.stringify(key)}: ${printed(each, { ...style, indent: inner })}`,
  );
  return `{${end}${entries.join(`,${end}`)}${end}${indent}}`;
}

function isStrings(value: JsonValue): value is readonly string[] {
  return Array.isArray(value);
}

/**
 * Adds an entry at the end of an object or a list.
 *
 * @param entry - its text, for the indentation of its line
 */
function withEntry(
  text: string,
  container: Node,
  entry: (indent: string) => string,
): string {
  const { unit, end } = styleOf(text);
  const close = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  if (!last) {
    const outer = indentAt(text, container.offset);
    const inner = outer + unit;
    const content =
      container.type === "array"
        ? entry(outer)
        : `${end}${inner}${entry(inner)}${end}${outer}`;
    return text.slice(0, container.offset + 1) + content + text.slice(close);
  }
  const lastEnd = last.offset + last.length;
  const indent = indentAt(text, last.offset);
  const comma = commaIn(text, lastEnd, close);
  const isOneLine = !text.slice(container.offset, close).includes("\n");
  if (isOneLine) {
    const place = comma === undefined ? lastEnd : comma + 1;
    const separator = comma === undefined ? ", " : " ";
    const longer =
      text.slice(0, place) + separator + entry(indent) + text.slice(place);
    return widthAt(longer, place) <= lineWidth
      ? longer
      : spreadOut(text, container, entry(indent));
  }
  // A comment behind the last entry stays beside it.
  const lineEnd = text.slice(lastEnd, close).search(/\r?\n/);
  const place = lineEnd === -1 ? lastEnd : lastEnd + lineEnd;
  const hadComma = comma !== undefined;
  return (
    text.slice(0, lastEnd) +
    (hadComma ? "" : ",") +
    text.slice(lastEnd, place) +
    `${end}${indent}${entry(indent)}${hadComma ? "," : ""}` +
    text.slice(place)
  );
}

/** The offset of a trailing comma outside of comments. */
function commaIn(text: string, from: number, to: number): number | undefined {
  const rest = text.slice(from, to);
  const scanner = createScanner(rest, true);
  scanner.scan();
  const offset = scanner.getTokenOffset();
  return rest[offset] === "," ? from + offset : undefined;
}

/** The indentation of the line on which a place is. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** The width of the line at a place; a tab counts as two columns, as in Biome. */
function widthAt(text: string, place: number): number {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const [line = ""] = text.slice(start).split(/\r?\n/, 1);
  return line.replaceAll("\t", "  ").length;
}

/** A text in which an object or a list on one line gets a line for each entry, and a further one. */
function spreadOut(text: string, container: Node, entry: string): string {
  const { unit, end } = styleOf(text);
  const { offset, length, children = [] } = container;
  const outer = indentAt(text, offset);
  const entries = children.map((child) =>
    text.slice(child.offset, child.offset + child.length),
  );
  const lines = [...entries, entry].map((each) => outer + unit + each);
  const content = `${end}${lines.join(`,${end}`)}${end}${outer}`;
  const close = offset + length - 1;
  return text.slice(0, offset + 1) + content + text.slice(close);
}
