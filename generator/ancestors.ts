import path from "node:path";

/** A folder and those above it, the nearest first. */
export function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
