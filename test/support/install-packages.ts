import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../cli/support/run-command.js";

/**
 * Installs what a `package.json` pins into a cache that outlives the run, unless an
 * earlier run has done so. No install script runs.
 *
 * @param name - the folder of the cache, distinct from all others
 * @param manifest - the text of the `package.json`
 * @returns the folder's `node_modules`
 */
export async function installPackages(
  name: string,
  manifest: string,
): Promise<string> {
  const folder = path.join(
    packageFolder,
    "node_modules/.cache/kompliant-codegen",
    name,
  );
  const installed = path.join(folder, "installed");
  const isCurrent =
    existsSync(installed) && readFileSync(installed, "utf8") === manifest;
  if (!isCurrent) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), manifest);
    const { exitCode, stderr } = await runCommand(
      "npm",
      [
        "install",
        "--ignore-scripts",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
      ],
      folder,
    );
    if (exitCode !== 0) throw new Error(`npm install failed:\n${stderr}`);
    writeFileSync(installed, manifest);
  }
  return path.join(folder, "node_modules");
}
