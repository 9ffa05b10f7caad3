import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../cli/support/run-command.js";

const manifest = path.join(import.meta.dirname, "packages/package.json");

/**
 * Installs the packages with the public documents and the compilers, pinned in
 * `packages/package.json`, into a cache that outlives the run.
 *
 * @returns the cache's `node_modules`
 */
export async function installPublicPackages(): Promise<string> {
  const folder = path.join(
    packageFolder,
    "node_modules/.cache/kompliant-codegen/public",
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
