import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import type { Outcome } from "../../cli/support/run-command.js";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";

/** Packs the built package the way it is published. */
export async function packTarball(): Promise<string> {
  const folder = temporaryFolder();
  const { stdout } = await succeed(
    "npm",
    // Other tests use the build: it must not be replaced now.
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    packageFolder,
  );
  const [packed] = JSON.parse(stdout) as readonly { filename: string }[];
  return path.join(folder, packed?.filename ?? "");
}

/** An empty repository. */
export function emptyRepository(): string {
  return temporaryFolder({
    "package.json": JSON.stringify({
      name: "consumer",
      version: "1.0.0",
      private: true,
      type: "module",
    }),
  });
}

/** Installs packages from the registry, or from tarballs, as development tools. */
export function npmInstall(
  repository: string,
  packages: readonly string[],
): Promise<Outcome> {
  return succeed(
    "npm",
    [
      "install",
      "--save-dev",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    ].concat(packages),
    repository,
  );
}

/** Runs a program that must succeed. */
export async function succeed(
  program: string,
  parameters: readonly string[],
  cwd: string,
): Promise<Outcome> {
  const outcome = await runCommand(program, parameters, cwd);
  if (outcome.exitCode === 0) return outcome;
  const { exitCode, stdout, stderr } = outcome;
  const command = [program, ...parameters].join(" ");
  throw new Error(`${command}: exit ${exitCode}\n${stdout}\n${stderr}`);
}

/** The source that a consuming team writes; its client is `./kompliant/index` with this extension. */
export function integration(importExtension: string): string {
  const file = new URL("./integration.ts", import.meta.url);
  const text = readFileSync(file, "utf8");
  const specifier = '"../../../generated/index.js"';
  return replaceAll(text, specifier, `"./kompliant/index${importExtension}"`);
}

/** Replaces a text that must occur. */
export function replaceAll(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replaceAll(from, to);
}

/** Runs a tool that is installed in a repository. */
export function runTool(
  repository: string,
  tool: string,
  parameters: readonly string[],
): Promise<Outcome> {
  const program = path.join(repository, "node_modules/.bin", tool);
  if (!existsSync(program)) throw new Error(`${tool} is not installed`);
  return runCommand(program, parameters, repository);
}
