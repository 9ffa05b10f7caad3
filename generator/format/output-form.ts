import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "prettier";
import { ancestors } from "../ancestors.js";
import { unreadableConfig } from "../config/config-error.js";
import type { ResolvedOptions } from "../config/options.js";
import { requireFile } from "../load/file-names.js";

/**
 * The options of prettier in which a client is printed, where a repository asks for
 * other than the defaults. Undefined stands for the default form, which is printed
 * without prettier.
 */
type OutputForm = Options | undefined;

/** The options of a run that prints the client. */
export interface PrintOptions extends ResolvedOptions {
  readonly form: OutputForm;
}

/**
 * Completes a client's options with the form in which it is printed.
 *
 * @throws {DiagnosticError} when prettier's configuration cannot be read
 */
export async function printOptions(
  options: ResolvedOptions,
): Promise<PrintOptions> {
  const form = options.format ? await outputForm(options.out) : undefined;
  return { ...options, form };
}

/**
 * Finds out in which form a repository wants its client. Prettier is loaded only where
 * something around the output folder configures it and does not exclude the folder.
 *
 * @param folder - the output folder, which need not exist
 * @throws {DiagnosticError} when prettier's configuration cannot be read
 */
async function outputForm(folder: string): Promise<OutputForm> {
  const folders = ancestors(folder).filter((each) => existsSync(each));
  folders.forEach(requireReadableFiles);
  const isConfigured =
    folders.some(hasPrettierConfiguration) ||
    upToRepository(folders).some((each) =>
      existsSync(path.join(each, ".editorconfig")),
    );
  if (!isConfigured || (await isIgnored(folder, upToRepository(folders)))) {
    return undefined;
  }
  const { resolveConfig, resolveConfigFile } = await import("prettier");
  const file = sampleFile(folder);
  const configured = await resolveConfig(file, {
    editorconfig: true,
    // A run that watches reads it again.
    useCache: false,
  }).catch(async (error: unknown) => {
    const source = await resolveConfigFile(file).catch(() => null);
    throw unreadableConfig(source ?? nearestConfiguration(folders), error);
  });
  const unusual = Object.entries(configured ?? {}).filter(
    ([option, value]) =>
      value !== undefined && value !== (defaults[option] ?? undefined),
  );
  // The client has the same bytes on every machine.
  const form = unusual.filter(([option]) => option !== "endOfLine");
  return form.length === 0 ? undefined : Object.fromEntries(form);
}

/**
 * Describes a form as text that says the same on every machine and in whatever order
 * and notation the form is configured.
 *
 * @param folder - the output folder, which paths of plugins are relative to
 */
export function describeForm(form: OutputForm, folder: string): string {
  const entries = Object.entries(form ?? {})
    .map(([option, value]: [string, unknown]) => [
      option,
      option === "plugins" && Array.isArray(value)
        ? value.map((plugin: unknown) => describePlugin(plugin, folder))
        : value,
    ])
    .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
  return JSON.stringify(entries, (_, value: unknown) =>
    // JSON has no infinite width of a line.
    typeof value === "number" ? String(value) : value,
  );
}

function describePlugin(plugin: unknown, folder: string): unknown {
  if (plugin instanceof URL) return describePlugin(plugin.href, folder);
  if (typeof plugin !== "string") return Object.keys(plugin ?? {}).sort();
  const file = plugin.startsWith("file:") ? fileURLToPath(plugin) : plugin;
  if (!path.isAbsolute(file)) return plugin;
  return path.relative(folder, file).split(path.sep).join("/");
}

/** A file of the client, by whose name prettier finds what holds for all of them. */
function sampleFile(folder: string): string {
  return path.join(folder, "index.ts");
}

/** @see https://prettier.io/docs/options */
const defaults: Readonly<Record<string, unknown>> = {
  arrowParens: "always",
  bracketSameLine: false,
  bracketSpacing: true,
  experimentalOperatorPosition: "end",
  experimentalTernaries: false,
  objectWrap: "preserve",
  printWidth: 80,
  quoteProps: "as-needed",
  semi: true,
  singleQuote: false,
  tabWidth: 2,
  trailingComma: "all",
  useTabs: false,
};

/** The folders up to the top of the repository; all of them where there is none. */
function upToRepository(folders: readonly string[]): readonly string[] {
  const top = folders.findIndex((folder) =>
    [".git", ".hg"].some((name) => existsSync(path.join(folder, name))),
  );
  return folders.slice(0, top === -1 ? undefined : top + 1);
}

/** Whether a .prettierignore excludes a whole folder. */
async function isIgnored(
  folder: string,
  folders: readonly string[],
): Promise<boolean> {
  const lists = folders
    .map((each) => ({
      each,
      text: readText(path.join(each, ".prettierignore")),
    }))
    .filter(({ text }) => text !== "");
  if (lists.length === 0) return false;
  const { default: ignore } = await import("ignore");
  return lists.some(({ each, text }) => {
    const list = ignore({ allowRelativePaths: true }).add(text);
    return ["index.ts", "operations/index.ts"].every((name) => {
      const file = path.relative(each, path.join(folder, name));
      return list.ignores(file.split(path.sep).join("/"));
    });
  });
}

/**
 * Files that prettier takes for its configuration. Each is asked for by its name,
 * because folders above the output can be large, such as one for temporary files.
 *
 * @see https://prettier.io/docs/configuration
 */
const configurationFiles: readonly string[] = [
  ...["", ".json", ".yaml", ".yml", ".json5", ".toml"].map(
    (extension) => `.prettierrc${extension}`,
  ),
  ...["js", "mjs", "cjs", "ts", "mts", "cts"].flatMap((extension) => [
    `.prettierrc.${extension}`,
    `prettier.config.${extension}`,
  ]),
];

/**
 * Prettier, and Node when it loads a configuration, would wait for a named pipe and
 * read a device without end.
 *
 * @throws {DiagnosticError} when one stands where a folder has its configuration
 */
export function requireReadableFiles(folder: string): void {
  for (const name of [...configurationFiles, ...sharedFiles]) {
    const file = path.join(folder, name);
    if (existsSync(file) && !statSync(file).isDirectory()) {
      requireFile("config-syntax", file);
    }
  }
}

/** Files in which the form of a folder may be configured beside other things. */
const sharedFiles: readonly string[] = [
  ".editorconfig",
  ".prettierignore",
  "package.json",
  "package.yaml",
];

function hasPrettierConfiguration(folder: string): boolean {
  return (
    configurationFiles.some((name) => existsSync(path.join(folder, name))) ||
    hasPrettierKey(readText(path.join(folder, "package.json"))) ||
    /^(["']?)prettier\1\s*:/m.test(readText(path.join(folder, "package.yaml")))
  );
}

function hasPrettierKey(packageJson: string): boolean {
  try {
    const { prettier } = JSON.parse(packageJson) as { prettier?: unknown };
    return prettier !== undefined;
  } catch {
    return false;
  }
}

/** The configuration that prettier could not even look for. */
function nearestConfiguration(folders: readonly string[]): string {
  const names = [...configurationFiles, "package.json", "package.yaml"];
  const files = folders.flatMap((folder) =>
    names.map((name) => path.join(folder, name)),
  );
  return files.find((file) => existsSync(file)) ?? ".prettierrc";
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
