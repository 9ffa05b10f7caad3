import { isIdentifier } from "../model/identifier.js";

/**
 * Text that is safe at its place in TypeScript. Only the encoders of this file make
 * it, and templates print nothing else: that is why a description cannot put code
 * into the output.
 */
export class Encoded {
  readonly #text: string;

  /** Not for use outside the encoders; see `isEncoded`. */
  constructor(text: string, key: typeof encoderKey) {
    if (key !== encoderKey) throw new TypeError("use an encoder");
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** Lets handlebars print it as it is. */
  toHTML(): string {
    return this.#text;
  }
}

const encoderKey: unique symbol = Symbol("encoder");

function encoded(text: string): Encoded {
  return new Encoded(text, encoderKey);
}

/** Characters that could end a literal or comment, hide, or change the direction of text. */
const unsafeCharacters =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Whether a text holds such a character besides its line ends. */
export function hasUnsafeCharacters(text: string): boolean {
  return text.replaceAll("\n", "").search(unsafeCharacters) >= 0;
}

/**
 * What tools look for in comments, some of them in any text: source maps, pragmas of
 * the compiler, and marks by which bundlers drop calls or keep comments.
 */
const toolMarks =
  /[@#](?=\s*source(?:Mapping)?URL|(?:__[A-Z]|jsx|preserve|license|cc_on|vite-ignore))/gi;

/** Whether a text holds such a mark. */
export function speaksToTools(text: string): boolean {
  return text.search(toolMarks) >= 0;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A double-quoted string literal with any content. */
export function stringLiteral(text: string): Encoded {
  return encoded(
    JSON.stringify(text)
      .replace(unsafeCharacters, unicodeEscape)
      .replace(toolMarks, unicodeEscape)
      .replaceAll("</", "<\\/"),
  );
}

/**
 * The name of a declaration.
 *
 * @throws {TypeError} when the text is not one: the model's names are identifiers already
 */
export function identifier(text: string): Encoded {
  if (!isIdentifier(text)) {
    throw new TypeError(`${JSON.stringify(text)} is not an identifier`);
  }
  return encoded(text);
}

/** A name behind `as` in an export or behind a dot, where reserved words may stand. */
export function exportName(text: string): Encoded {
  return /^[A-Za-z_$][\w$]*$/.test(text) ? encoded(text) : stringLiteral(text);
}

/** The name of a property in an object literal or type. */
export function propertyKey(text: string): Encoded {
  return isPlainKey(text) ? encoded(text) : stringLiteral(text);
}

/** The name of a member of an object literal, where `__proto__` with quotes would set the prototype. */
export function literalKey(text: string): Encoded {
  return text === "__proto__" ? encoded('["__proto__"]') : propertyKey(text);
}

/** `__proto__` without quotes would set the prototype of an object literal. */
function isPlainKey(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text) && text !== "__proto__";
}

/** A JSON value as an expression, keys included. */
export function jsonLiteral(value: unknown): Encoded {
  return encoded(printJson(value));
}

function printJson(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value).toString();
  if (Array.isArray(value)) return `[${value.map(printJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([key, each]) => `${literalKey(key).toString()}: ${printJson(each)}`,
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/**
 * Lines of text for a doc comment, without its delimiters: nothing in them ends the
 * comment, starts a tag or speaks to a tool.
 */
export function commentText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[^\n]+/g, (line) => line.replace(unsafeCharacters, unicodeEscape))
    .replaceAll("*/", "*\\/")
    .replaceAll("/*", "/\\*")
    .replace(/(^|[\s({*/])@(?=\w)/gm, "$1\\@")
    .replace(toolMarks, "$&\\")
    .trim();
}

/** A doc comment's body; `tags` come after an empty line. */
export interface DocComment {
  readonly text: readonly (string | undefined)[];
  readonly see?: string | undefined;
  readonly deprecated?: boolean;
}

/** The lines between the delimiters of a doc comment; empty when there is nothing to say. */
export function docLines(comment: DocComment): readonly string[] {
  const paragraphs = comment.text
    .filter((text) => text !== undefined)
    .map((text) => wrap(commentText(text)))
    .filter((text) => text !== "");
  const tags = [
    ...(comment.deprecated ? ["@deprecated"] : []),
    ...(comment.see === undefined ? [] : [`@see ${commentText(comment.see)}`]),
  ];
  const blocks = [...paragraphs, ...(tags.length > 0 ? [tags.join("\n")] : [])];
  return blocks.length === 0 ? [] : blocks.join("\n\n").split("\n");
}

/** A whole doc comment, or nothing when there is nothing to say. */
export function docComment(comment: DocComment): Encoded {
  const lines = docLines(comment);
  if (lines.length === 0) return encoded("");
  const [first = ""] = lines;
  if (lines.length === 1) return encoded(`/** ${first} */`);
  const body = lines.map((line) => ` * ${line}`.trimEnd()).join("\n");
  return encoded(`/**\n${body}\n */`);
}

const lineWidth = 77;

/** Breaks long lines of prose at spaces; lists, tables and indented code keep their lines. */
function wrap(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) =>
      /^[\s|*\-\d>#]/m.test(paragraph)
        ? paragraph
        : wrapLine(paragraph.replaceAll("\n", " ")),
    )
    .join("\n\n");
}

function wrapLine(line: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > lineWidth) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current].join("\n");
}

/** Text that a syntax printer made from a syntax tree with the literals and names of this file. */
export function printedSyntax(text: string): Encoded {
  return encoded(text);
}
