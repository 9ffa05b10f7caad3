import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
} from "node:fs";
import path from "node:path";

/** Larger files, in bytes, are not read: nothing that this tool writes comes near it. */
const outputLimit = 64 * 2 ** 20;

/** Does not wait for the other end of a FIFO. Windows has no such flag. */
const readOnly =
  constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** Opens no link. Windows has no such flag. */
const noFollow = (constants.O_NOFOLLOW as number | undefined) ?? 0;

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
  return obstacleAt(folder, name) === undefined
    ? textOf(path.join(folder, name), readOnly | noFollow, outputLimit)
    : undefined;
}

/**
 * The text of a regular file that a link may lead to.
 *
 * @param file - absolute path
 * @param sizeLimit - in bytes
 * @returns undefined when there is none, it is larger, or it cannot be read
 */
export function readLinkedFile(
  file: string,
  sizeLimit: number,
): string | undefined {
  return textOf(file, readOnly, sizeLimit);
}

function textOf(
  place: string,
  flags: number,
  sizeLimit: number,
): string | undefined {
  try {
    // Opening a device can already have an effect.
    if (!statSync(place).isFile()) return undefined;
    const file = openSync(place, flags);
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

/** Says why a file below a folder cannot be read; undefined when it does not exist. */
export function unreadable(folder: string, name: string): string | undefined {
  const obstacle = obstacleAt(folder, name);
  if (obstacle !== undefined) return obstacle;
  return existsSync(path.join(folder, name))
    ? `it cannot be read, or is larger than ${outputLimit / 2 ** 20} MiB`
    : undefined;
}
