import path from "node:path";
import type { Change } from "./change.js";
import { eslintEntry, withEslintIgnore } from "./eslint-ignore.js";
import {
  indentationOf,
  jsonFile,
  objectAt,
  parsedObject,
  withListed,
} from "./json-text.js";
import { withLines } from "./lines.js";
import {
  dependsOn,
  installationOf,
  manifestIn,
  nearestFile,
  textOf,
  versionOf,
} from "./repository.js";
import type { Repository } from "./repository.js";

const flatConfigs: readonly string[] = [
  "js",
  "mjs",
  "cjs",
  "ts",
  "mts",
  "cts",
].map((extension) => `eslint.config.${extension}`);

/** @see https://eslint.org/docs/v8.x/use/configure/configuration-files */
const oldConfigs: readonly string[] = [
  ".eslintrc",
  ...["js", "cjs", "json", "yml", "yaml"].map((each) => `.eslintrc.${each}`),
];

const prettierFiles: readonly string[] = [
  ".prettierignore",
  ".prettierrc",
  ...["json", "yml", "yaml", "json5", "toml"].map(
    (extension) => `.prettierrc.${extension}`,
  ),
  ...["js", "mjs", "cjs", "ts", "mts", "cts"].flatMap((extension) => [
    `.prettierrc.${extension}`,
    `prettier.config.${extension}`,
  ]),
];

const biomeFiles: readonly string[] = [
  "biome.json",
  "biome.jsonc",
  ".biome.json",
  ".biome.jsonc",
];

/** Whether prettier formats the package. */
export function usesPrettier(repository: Repository): boolean {
  return (
    repository.dependencies.has("prettier") ||
    nearestFile(repository, prettierFiles) !== undefined ||
    repository.folders.some(
      (folder) => manifestIn(folder)?.["prettier"] !== undefined,
    )
  );
}

/**
 * What keeps formatters and linters from the client.
 *
 * @param out - absolute path of the client's folder
 */
export function ignoringChanges(
  repository: Repository,
  out: string,
): readonly Change[] {
  return [
    ...prettierChanges(repository, out),
    ...eslintChanges(repository, out),
    ...biomeChanges(repository, out),
  ];
}

/** Prettier reads the list of the folder in which it runs, which may be any of these. */
function prettierChanges(
  repository: Repository,
  out: string,
): readonly Change[] {
  if (!usesPrettier(repository)) return [];
  const { folder, folders } = repository;
  const places = new Set([folder, folders.at(-1) ?? folder]);
  return [...places].map((each) =>
    lineChange(
      each,
      ".prettierignore",
      `/${relative(each, out)}/`,
      "the client comes formatted",
    ),
  );
}

/** A change of a list of patterns. */
function lineChange(
  folder: string,
  name: string,
  line: string,
  purpose: string,
): Change {
  return {
    ...{ folder, name, purpose },
    apply: (text) => withLines(text, [line]),
    byHand: `add the line ${line}`,
  };
}

function eslintChanges(repository: Repository, out: string): readonly Change[] {
  const purpose = "ESLint ignores the client";
  const flat = nearestFile(repository, flatConfigs);
  if (flat) {
    const folder = relative(flat.folder, out);
    return [
      {
        ...{ ...flat, purpose },
        apply: (text) =>
          text === undefined
            ? undefined
            : withEslintIgnore(flat.name, text, folder),
        byHand: `add to the exported list: ${eslintEntry(folder)}`,
      },
    ];
  }
  const old =
    nearestFile(repository, [...oldConfigs, ".eslintignore"])?.folder ??
    repository.folders.find(
      (each) => manifestIn(each)?.["eslintConfig"] !== undefined,
    );
  if (old === undefined) return [];
  const pattern = `${relative(old, out)}/`;
  const isListed =
    textOf(path.join(old, ".eslintignore")) === undefined &&
    manifestIn(old)?.["eslintIgnore"] !== undefined;
  // ESLint reads one of the two, the file first.
  if (!isListed) return [lineChange(old, ".eslintignore", pattern, purpose)];
  return [
    {
      ...{ folder: old, name: "package.json", purpose },
      apply: (text) => text && withListed(text, ["eslintIgnore"], pattern),
      byHand: `add "${pattern}" to eslintIgnore`,
    },
  ];
}

function biomeChanges(repository: Repository, out: string): readonly Change[] {
  const config = nearestFile(repository, biomeFiles);
  const folder =
    config?.folder ??
    repository.folders.find((each) => dependsOn(each, "@biomejs/biome"));
  if (folder === undefined) return [];
  const name = config?.name ?? "biome.json";
  const pattern = relative(folder, out);
  const text = textOf(path.join(folder, name)) ?? "";
  const isFirst = isBiome1(repository, text);
  const [key, value] = isFirst
    ? (["ignore", pattern] as const)
    : (["includes", `!${pattern}`] as const);
  return [
    {
      ...{ folder, name, purpose: "Biome ignores the client" },
      apply: (before) =>
        withListed(
          before ?? newBiomeConfig(folder),
          ["files", key],
          value,
          isFirst ? [] : ["**"],
        ),
      byHand: `add "${value}" to files.${key}`,
    },
  ];
}

/** A new file in the form that Biome has by default. */
function newBiomeConfig(folder: string): string {
  const installed = installationOf(folder, "@biomejs/biome");
  const schema = path.join(
    installed ?? path.join(folder, "node_modules/@biomejs/biome"),
    "configuration_schema.json",
  );
  return jsonFile({ $schema: `./${relative(folder, schema)}` }, "\t");
}

/** Whether a configuration is for Biome 1, which has other names for what is ignored. */
function isBiome1(repository: Repository, text: string): boolean {
  const content = parsedObject(text);
  const files = objectAt(content, "files");
  if (files["includes"] !== undefined) return false;
  if (files["ignore"] !== undefined || files["include"] !== undefined) {
    return true;
  }
  const { $schema } = content ?? {};
  const [, named] = /\/schemas\/([\d.]+)\//.exec(String($schema)) ?? [];
  const version = versionOf(repository, "@biomejs/biome") ?? named;
  return version?.startsWith("1.") === true || version === "1";
}

/** The indentation in which a new JSON file of a package is expected. */
export function jsonIndentation(repository: Repository): string {
  const biome = nearestFile(repository, biomeFiles);
  if (!biome && !repository.dependencies.has("@biomejs/biome")) {
    const manifest = textOf(path.join(repository.folder, "package.json"));
    return indentationOf(manifest ?? "");
  }
  const text = biome && textOf(path.join(biome.folder, biome.name));
  const content = text === undefined ? undefined : parsedObject(text);
  const general = objectAt(content, "formatter");
  const json = objectAt(objectAt(content, "json"), "formatter");
  const style = json["indentStyle"] ?? general["indentStyle"] ?? "tab";
  const width = json["indentWidth"] ?? general["indentWidth"];
  if (style !== "space") return "\t";
  return " ".repeat(typeof width === "number" ? width : 2);
}

/** A path as patterns have it. */
function relative(folder: string, target: string): string {
  return path.relative(folder, target).split(path.sep).join("/");
}
