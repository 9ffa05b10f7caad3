import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { configNames, resolveClients } from "../config/options.js";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { withLine } from "./lines.js";
import { packageManifest } from "./package-manifest.js";
import type { PackageManifest } from "./package-manifest.js";

/** One thing that `init` did, or left as it was. */
export interface InitStep {
  readonly file: string;
  readonly outcome: "created" | "changed" | "kept";
  /** What was done, or why nothing was. */
  readonly detail: string;
}

/** Commands that a repository gets for the client. */
const scripts = {
  "generate:kompliant": "kompliant-codegen generate",
  "check:kompliant": "kompliant-codegen check",
};

/**
 * Prepares a repository for the generated client. What is there already stays.
 *
 * @param cwd - the folder with the repository's package.json
 * @throws {DiagnosticError} when there is no package.json, or none that can be read
 */
export async function init(cwd: string): Promise<readonly InitStep[]> {
  const folder = path.resolve(cwd);
  const manifest = await packageManifest(path.join(folder, "package.json"));
  const known = configNames.find((name) => existsSync(path.join(folder, name)));
  // Read before anything is written: a configuration that makes no sense ends the run.
  const outputs =
    known === undefined ? [defaultOut] : await outputFolders(folder);
  const steps = [
    known === undefined
      ? await addConfig(folder, manifest)
      : {
          file: known,
          outcome: "kept" as const,
          detail: "there is one already",
        },
    await addScripts(manifest),
  ];
  for (const out of outputs) {
    steps.push(
      await addLine(
        path.join(folder, ".gitattributes"),
        `/${out}/** text eol=lf linguist-generated`,
        "line ends that every machine agrees on; folded in reviews",
      ),
    );
    if (usesPrettier(folder, manifest)) {
      const file = path.join(folder, ".prettierignore");
      steps.push(await addLine(file, `/${out}/`, "the client comes formatted"));
    }
  }
  return steps;
}

async function addConfig(
  folder: string,
  manifest: PackageManifest,
): Promise<InitStep> {
  const isTypeScript =
    existsSync(path.join(folder, "tsconfig.json")) ||
    manifest.dependencies.has("typescript");
  const file = `kompliant-codegen.config.${isTypeScript ? "ts" : "mjs"}`;
  await write(path.join(folder, file), config, "wx");
  return { file, outcome: "created", detail: "where the client goes" };
}

const defaultOut = "src/kompliant";

const config = `import { defineConfig } from "kompliant-codegen";

export default defineConfig({
  out: ${JSON.stringify(defaultOut)},
});
`;

async function addScripts(manifest: PackageManifest): Promise<InitStep> {
  const { file } = manifest;
  const added = Object.keys(scripts).filter(
    (name) => !manifest.scripts.has(name),
  );
  if (added.length === 0) {
    return {
      file: path.basename(file),
      outcome: "kept",
      detail: "has the scripts already",
    };
  }
  await write(file, manifest.withScripts(scripts), "w");
  return {
    file: path.basename(file),
    outcome: "changed",
    detail: `scripts ${added.join(", ")}`,
  };
}

/** Where the clients go, relative to the folder; without those that are outside of it. */
async function outputFolders(folder: string): Promise<readonly string[]> {
  const { clients } = await resolveClients({ cwd: folder });
  return clients
    .map(({ out }) => path.relative(folder, out).split(path.sep).join("/"))
    .filter(
      (relative) =>
        relative !== "" &&
        !relative.startsWith("../") &&
        !path.isAbsolute(relative),
    );
}

function usesPrettier(folder: string, manifest: PackageManifest): boolean {
  return (
    manifest.dependencies.has("prettier") ||
    [
      ".prettierrc",
      ".prettierrc.json",
      "prettier.config.js",
      ".prettierignore",
    ].some((name) => existsSync(path.join(folder, name)))
  );
}

async function addLine(
  file: string,
  line: string,
  detail: string,
): Promise<InitStep> {
  const name = path.basename(file);
  const before = existsSync(file) ? await readFile(file, "utf8") : undefined;
  const after = withLine(before ?? "", line);
  if (after === before) {
    return { file: name, outcome: "kept", detail: "says so already" };
  }
  await write(file, after, before === undefined ? "wx" : "w");
  return {
    file: name,
    outcome: before === undefined ? "created" : "changed",
    detail,
  };
}

async function write(
  file: string,
  text: string,
  flag: "w" | "wx",
): Promise<void> {
  try {
    await writeFile(file, text, { flag });
  } catch (error) {
    const { message } = error as Error;
    throw new DiagnosticError([diagnostic("output-unwritable", message)]);
  }
}
