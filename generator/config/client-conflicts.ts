import { realpathSync } from "node:fs";
import path from "node:path";

/** The part of a client's configuration that must not clash with another client's. */
export interface ClientIdentity {
  readonly name: string | undefined;
  /** Absolute path of the output folder. */
  readonly out: string;
}

/** Two clients of one configuration that cannot both be generated. */
export interface ClientConflict {
  readonly key: "name" | "out";
  /** Position of the later client. */
  readonly index: number;
  /** Position of the earlier client. */
  readonly other: number;
}

/** Finds clients of the same name, and those that would write into the folder of another. */
export function clientConflicts(
  clients: readonly ClientIdentity[],
): readonly ClientConflict[] {
  const folders = clients.map(({ out }) => realFolder(out));
  return clients.flatMap(({ name }, index) => {
    const sameName = clients.findIndex((client) => client.name === name);
    const sameFolder = folders.findIndex((folder) =>
      overlap(folder, folders[index] ?? ""),
    );
    return [
      ...(name !== undefined && sameName < index
        ? [{ key: "name" as const, index, other: sameName }]
        : []),
      ...(sameFolder < index
        ? [{ key: "out" as const, index, other: sameFolder }]
        : []),
    ];
  });
}

function overlap(left: string, right: string): boolean {
  return isWithin(left, right) || isWithin(right, left);
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return (
    relative !== ".." &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

/** A folder without links in its path, also when it does not exist yet. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder
      ? folder
      : path.join(realFolder(parent), path.basename(folder));
  }
}
