import { readFileSync } from "node:fs";
import path from "node:path";
import { installPackages } from "../support/install-packages.js";

/**
 * Installs what `package.json` in a folder beside this file pins: `packages` has the
 * public documents and the compilers, and `directory` a collection of documents that
 * is too large for every run.
 *
 * @returns the cache's `node_modules`
 */
export function installPublicPackages(
  name: "packages" | "directory" = "packages",
): Promise<string> {
  const manifest = path.join(import.meta.dirname, name, "package.json");
  return installPackages(`public/${name}`, readFileSync(manifest, "utf8"));
}
