import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package, from which it reads its templates and its description of the API. */
export const packageRoot: string = findPackageRoot(
  path.dirname(fileURLToPath(import.meta.url)),
);

function findPackageRoot(folder: string): string {
  if (existsSync(path.join(folder, "templates"))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error("the package is incomplete");
  return findPackageRoot(parent);
}

/** This package's version, as in its package.json. */
export function packageVersion(): string {
  const file = path.join(packageRoot, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly version: string;
  };
  return version;
}
