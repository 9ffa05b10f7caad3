import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageManifest, packageRoot } from "../package-root.js";
import { hashOf } from "../hash.js";

/** Replaced by the build with a hash of the generator's own code. */
declare const CODE_HASH: string | undefined;

/** Identifies the generator: its version, its code and its templates. */
export function generatorFingerprint(): string {
  const code = typeof CODE_HASH === "string" ? CODE_HASH : "";
  const folder = path.join(packageRoot, "templates");
  const templates = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:hbs|ts)$/.test(name))
    .sort()
    .map((name) => `${name}\0${readFileSync(path.join(folder, name), "utf8")}`);
  return `${packageManifest().version}+${hashOf([code, ...templates].join("\0")).slice(0, 16)}`;
}

/**
 * Identifies everything besides the description that shapes the output: options, and
 * the formatter's configuration around the output folder.
 */
export function optionsFingerprint(
  options: object,
  outputFolder: string,
): string {
  const formatter = formatterSettings(outputFolder);
  const version = packageManifest().dependencies["prettier"];
  return hashOf(JSON.stringify([options, version, formatter])).slice(0, 16);
}

/** Whether anything around the output folder asks prettier for other than its defaults. */
export function hasFormatterSettings(outputFolder: string): boolean {
  return formatterSettings(outputFolder).length > 0;
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** What prettier finds from a folder upwards: its nearest configuration, and every .editorconfig that counts. */
function formatterSettings(folder: string): readonly string[] {
  const folders = ancestors(folder).filter((each) => existsSync(each));
  const own = folders
    .map(prettierConfiguration)
    .find((configuration) => configuration !== "");
  const roots = folders.findIndex(isEditorConfigRoot);
  const editor = folders
    .slice(0, roots === -1 ? undefined : roots + 1)
    .map((each) => readText(path.join(each, ".editorconfig")));
  return [own ?? "", ...editor].filter((text) => text !== "");
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

function prettierConfiguration(folder: string): string {
  const files = configurationFiles.map((name) => path.join(folder, name));
  const texts = files.filter((file) => existsSync(file)).map(readText);
  const json = readText(path.join(folder, "package.json"));
  const yaml = readText(path.join(folder, "package.yaml"));
  const keyed = /^(["']?)prettier\1\s*:/m.test(yaml) ? yaml : "";
  return [prettierKey(json), keyed, ...texts].join("");
}

/** Where the search for .editorconfig ends: at a file that says so, or at the top of a repository. */
function isEditorConfigRoot(folder: string): boolean {
  return (
    /^\s*root\s*=\s*true\s*$/im.test(
      readText(path.join(folder, ".editorconfig")),
    ) || [".git", ".hg"].some((name) => existsSync(path.join(folder, name)))
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function prettierKey(packageJson: string): string {
  try {
    const { prettier } = JSON.parse(packageJson) as { prettier?: unknown };
    return prettier === undefined ? "" : JSON.stringify(prettier);
  } catch {
    return "";
  }
}
