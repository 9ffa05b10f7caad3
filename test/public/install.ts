import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../cli/support/run-command.js";

/**
 * Installs what `package.json` in a folder beside this file pins into a cache that
 * outlives the run: `packages` has the public documents and the compilers, and
 * `directory` a collection of documents that is too large for every run.
 *
 * @returns the cache's `node_modules`
 */
export async function installPublicPackages(
  name: "packages" | "directory" = "packages",
): Promise<string> {
  const manifest = path.join(import.meta.dirname, name, "package.json");
  const folder = path.join(
    packageFolder,
    "node_modules/.cache/kompliant-codegen/public",
    name,
  );
  const installed = path.join(folder, "package.json");
  const complete = path.join(folder, "node_modules/.package-lock.json");
  const isCurrent =
    existsSync(complete) &&
    readFileSync(installed, "utf8") === readFileSync(manifest, "utf8");
  if (!isCurrent) {
    mkdirSync(folder, { recursive: true });
    cpSync(manifest, installed);
    const { exitCode, stderr } = await runCommand(
      "npm",
      ["install", "--ignore-scripts", "--prefer-offline", "--no-audit"],
      folder,
    );
    if (exitCode !== 0) throw new Error(`npm install: ${stderr}`);
  }
  return path.join(folder, "node_modules");
}
