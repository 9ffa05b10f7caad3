import { YamlParseError } from "@redocly/openapi-core";
import type { Source } from "@redocly/openapi-core";
import { createScanner } from "jsonc-parser";
import type { SyntaxKind } from "jsonc-parser";

/** Kinds of tokens, of which the library has no values at run time. */
const lineComment: SyntaxKind.LineCommentTrivia = 12;
const blockComment: SyntaxKind.BlockCommentTrivia = 13;
const unknown: SyntaxKind.Unknown = 16;
const end: SyntaxKind.EOF = 17;

/**
 * A JSON document has no comments. Those of JavaScript would be read as YAML: as a part
 * of the name behind them.
 *
 * @throws {YamlParseError} with the place of the first comment
 */
export function requireNoJsonComment(source: Source): void {
  const { body } = source;
  if (!/^\uFEFF?\s*(?:[{[]|\/[/*])/.test(body)) return;
  const scanner = createScanner(body);
  for (;;) {
    const token = scanner.scan();
    // Anything but JSON is YAML, whose parser knows better.
    if (token === unknown || token === end) return;
    if (token === lineComment || token === blockComment) break;
  }
  const line = scanner.getTokenStartLine() + 1;
  const column = scanner.getTokenStartCharacter() + 1;
  throw new YamlParseError(
    new Error(`JSON has no comments (${line}:${column})`),
    source,
  );
}
