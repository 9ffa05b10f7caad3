import { Buffer, isUtf8 } from "node:buffer";
import { Source, YamlParseError } from "@redocly/openapi-core";
import { isUrl } from "./url.js";

/**
 * Decodes a document.
 *
 * @param location - absolute path or URL
 * @throws {YamlParseError} with the place of the first byte that is not UTF-8
 */
export function decodeDocument(location: string, bytes: Buffer): Source {
  const text = bytes.toString("utf8");
  // A checkout may have changed the line endings of a file.
  const body = isUrl(location) ? text : text.replaceAll("\r\n", "\n");
  const source = new Source(location, body);
  if (isUtf8(bytes)) return source;
  const before = text.slice(0, firstInvalid(text, bytes)).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  throw new YamlParseError(
    new Error(`the bytes are not UTF-8 (${before.length}:${column})`),
    source,
  );
}

/** The index at which decoding put a replacement character that the bytes do not have. */
function firstInvalid(text: string, bytes: Buffer): number {
  let start = 0;
  let offset = 0;
  for (;;) {
    const index = text.indexOf("\uFFFD", start);
    offset += Buffer.byteLength(text.slice(start, index));
    if (!bytes.subarray(offset).subarray(0, 3).equals(replacement)) {
      return index;
    }
    start = index + 1;
    offset += replacement.length;
  }
}

const replacement = Buffer.from("\uFFFD");
