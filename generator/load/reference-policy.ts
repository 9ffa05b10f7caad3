import { realpathSync } from "node:fs";
import path from "node:path";

/** Which documents a description may refer to. */
export interface ReferencePolicy {
  /** Documents on the network; those on the root document's host when that is remote itself. */
  readonly remote: boolean;
  /** Files outside the root document's folder. */
  readonly outside: boolean;
}

/**
 * Whether a file is in the folder of one of a description's documents, by name, and by
 * what the name leads to when it is a symbolic link.
 *
 * @param roots - absolute paths of the documents
 */
export function isInFoldersOf(roots: readonly string[], file: string): boolean {
  return roots
    .map((root) => path.dirname(root))
    .some(
      (folder) =>
        isBelow(folder, file) && isBelow(realPath(folder), realPath(file)),
    );
}

/** Whether a path is inside a folder. */
function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
}

/** A path without links, or as it is where nothing stands. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** A reference that the policy, or the way a document is fetched, does not let through. */
export class BlockedReference extends Error {
  override readonly name = "BlockedReference";
  /** What can be done about it. */
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
