import { Buffer } from "node:buffer";
import { constants } from "node:fs";
import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";

/** Longest document that is read, in bytes. */
export const maxDocumentBytes: number = 64 * 1024 * 1024;

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
