import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { cpSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import type { Outcome } from "../../cli/support/run-command.js";

/** Versions of TypeScript under which a client must compile. */
export const versions = ["5.4", "5.9", "6", "7"] as const;

export type Version = (typeof versions)[number];

const manifest = path.join(packageFolder, "test/types/compilers/package.json");
const cache = path.join(packageFolder, "node_modules/.cache");
const folder = path.join(cache, "typescript-versions");

/** Installs the compilers of `compilers/package.json`, unless an earlier run has done so. */
export async function installCompilers(): Promise<void> {
  const installed = path.join(folder, "package.json");
  const isCurrent = (): boolean =>
    existsSync(installed) &&
    readFileSync(installed, "utf8") === readFileSync(manifest, "utf8");
  if (isCurrent()) return;
  mkdirSync(cache, { recursive: true });
  // Another test may be doing the same: whoever is ready first moves it into place.
  const fresh = mkdtempSync(path.join(cache, "typescript-"));
  cpSync(manifest, path.join(fresh, "package.json"));
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund"];
  const { exitCode, stderr } = await runCommand("npm", install, fresh);
  if (exitCode !== 0) throw new Error(`npm install failed:\n${stderr}`);
  cpSync(manifest, path.join(fresh, "package.json"));
  if (!isCurrent()) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } else {
    rmSync(fresh, { recursive: true });
  }
}

/** Runs an installed compiler without colours. */
export function compile(
  version: Version,
  parameters: readonly string[],
  cwd: string,
): Promise<Outcome> {
  const module = path.join(folder, "node_modules", `typescript-${version}`);
  const tsc = path.join(module, "bin/tsc");
  return runCommand(
    process.execPath,
    [tsc, "--pretty", "false", ...parameters],
    cwd,
  );
}
