import { readdirSync, readFileSync, lstatSync } from "node:fs";
import path from "node:path";

/** Where a client keeps what the last run read and wrote. */
export const lockFile = "kompliant-codegen.lock";

/** Every file below a folder: its bytes (as Latin-1 text) by its path with `/`. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesBelow(folder)
      .filter((name) => lstatSync(path.join(folder, name)).isFile())
      .map((name) => [name, readFileSync(path.join(folder, name), "latin1")]),
  );
}

/** Every file and folder below a folder, with its content. Temporary files that came and went leave no trace here. */
export function namedContent(folder: string): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      entriesBelow(folder).map((name) => [name, "a folder"]),
    ),
    ...contentOf(folder),
  };
}

/** Names of the files that two folders do not have in common, byte for byte. */
export function differences(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => left[name] !== right[name]).sort();
}

/**
 * Every file and folder below a folder, with its content and the moment of its last
 * change in nanoseconds. A folder changes as soon as anything is created in it, even
 * when that is deleted again.
 */
export function stateOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["", ...entriesBelow(folder)].map((name) => {
      const entry = path.join(folder, name);
      const { mtimeNs } = lstatSync(entry, { bigint: true });
      const isFile = lstatSync(entry).isFile();
      const content = isFile ? readFileSync(entry, "latin1") : "a folder";
      return [name, `${mtimeNs.toString()} ${content}`];
    }),
  );
}

function entriesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll(path.sep, "/"))
    .sort();
}
