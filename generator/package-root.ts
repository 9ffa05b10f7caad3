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

/** What this package says about itself in its package.json. */
export interface PackageManifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export function packageManifest(): PackageManifest {
  const file = path.join(packageRoot, "package.json");
  return JSON.parse(readFileSync(file, "utf8")) as PackageManifest;
}
