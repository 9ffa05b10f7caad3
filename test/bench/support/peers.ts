import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";

const manifest = path.join(packageFolder, "test/bench/peers/package.json");
const folder = path.join(packageFolder, "node_modules/.cache/bench-peers");

/**
 * Installs the packages that the benchmarks compare with, in the versions of
 * `peers/package.json`, unless an earlier run has done so.
 *
 * @returns the folder in which their `node_modules` lies
 */
export async function installPeers(): Promise<string> {
  const installed = path.join(folder, "package.json");
  const isCurrent =
    existsSync(path.join(folder, "node_modules")) &&
    existsSync(installed) &&
    readFileSync(installed, "utf8") === readFileSync(manifest, "utf8");
  if (isCurrent) return folder;
  mkdirSync(folder, { recursive: true });
  cpSync(manifest, installed);
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { exitCode, stderr } = await runCommand("npm", install, folder);
  if (exitCode !== 0) throw new Error(`npm install failed:\n${stderr}`);
  return folder;
}

/** Path of a program that an installed peer brings. */
export function peerProgram(name: string, program: string): string {
  const root = path.join(folder, "node_modules", name);
  const { bin } = JSON.parse(
    readFileSync(path.join(root, "package.json"), "utf8"),
  ) as { readonly bin: string | Readonly<Record<string, string>> };
  const file = typeof bin === "string" ? bin : bin[program];
  if (file === undefined) throw new Error(`${name} has no program ${program}`);
  return path.join(root, file);
}
