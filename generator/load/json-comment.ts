import { YamlParseError } from "@redocly/openapi-core";
import type { Source } from "@redocly/openapi-core";
import { createScanner } from "jsonc-parser";

/** Kinds of tokens (`SyntaxKind`), which the library's types have no values for. */
const lineComment = 12;
const blockComment = 13;
const unknown = 16;
const end = 17;

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
    const token: number = scanner.scan();
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
