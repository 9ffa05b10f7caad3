import { Buffer, isUtf8 } from "node:buffer";
import { constants } from "node:fs";
import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Source, YamlParseError } from "@redocly/openapi-core";
import { isUrl } from "./url.js";

/** Longest document that is read, in bytes. */
export const maxDocumentBytes: number = 256 * 1024 * 1024;

/** Standard input and the pipes of `<(…)`, which whoever started this process writes to. */
const inheritedPipe = /^\/(?:dev|proc\/(?:self|\d+))\/(?:fd\/\d+|stdin)$/;

/**
 * Reads a file of the description. Devices, sockets and named pipes are refused: they may
 * have no end, or nobody who writes to them.
 *
 * @param file - absolute path
 * @throws {Error} that says why the file cannot be read
 */
export async function readDocument(file: string): Promise<Buffer> {
  const stats = await stat(file);
  if (!isReadable(stats, file)) throw irregular();
  if (stats.size > maxDocumentBytes) throw tooLong();
  // A pipe that has come to the place of the file must not block.
  const flags = stats.isFile() ? constants.O_NONBLOCK : 0;
  const handle = await open(file, constants.O_RDONLY | flags);
  try {
    if (!isReadable(await handle.stat(), file)) throw irregular();
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2 ** 20));
      if (bytesRead === 0) return Buffer.concat(chunks);
      size += bytesRead;
      if (size > maxDocumentBytes) throw tooLong();
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Whether a document can be read from a file of this kind at this path. */
export function isReadable(
  stats: Pick<Stats, "isFile" | "isFIFO">,
  file: string,
): boolean {
  return stats.isFile() || (stats.isFIFO() && inheritedPipe.test(file));
}

function irregular(): Error {
  return new Error("it is not a regular file");
}

function tooLong(): Error {
  return new Error(`the file is larger than ${maxDocumentBytes} bytes`);
}

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
