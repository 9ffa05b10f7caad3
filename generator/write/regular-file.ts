import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
} from "node:fs";
import path from "node:path";

/** Larger files, in bytes, are not read: nothing that this tool writes comes near it. */
const sizeLimit = 64 * 2 ** 20;

/** Opens no link, and does not wait for the other end of a FIFO. Windows has neither flag. */
const readOnly =
  constants.O_RDONLY |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) |
  ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * Says why a path below a folder can be neither a regular file that is reached without
 * following a link, nor become one; undefined when it can.
 *
 * @param name - relative to the folder, with forward slashes
 */
export function obstacleAt(folder: string, name: string): string | undefined {
  const segments = name.split("/");
  for (const index of segments.keys()) {
    const place = path.join(folder, ...segments.slice(0, index + 1));
    const isLast = index === segments.length - 1;
    try {
      const stats = lstatSync(place, { throwIfNoEntry: false });
      if (!stats) return undefined;
      if (stats.isSymbolicLink()) return "it is a symbolic link";
      if (!isLast && !stats.isDirectory()) return "it is not a folder";
      if (isLast && !stats.isFile()) return "it is not a regular file";
    } catch (error) {
      return (error as Error).message;
    }
  }
  return undefined;
}

/**
 * The text of a regular file below a folder.
 *
 * @param name - relative to the folder, with forward slashes
 * @returns undefined when there is none, it is reached only through a link, it is larger
 *   than 64 MiB, or it cannot be read
 */
export function readRegularFile(
  folder: string,
  name: string,
): string | undefined {
  if (obstacleAt(folder, name) !== undefined) return undefined;
  try {
    const file = openSync(path.join(folder, name), readOnly);
    try {
      const stats = fstatSync(file);
      const isReadable = stats.isFile() && stats.size <= sizeLimit;
      return isReadable ? readFileSync(file, "utf8") : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
