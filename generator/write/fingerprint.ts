import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageManifest, packageRoot } from "../package-root.js";
import { hashOf } from "./lock.js";

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
  const formatter = ancestors(outputFolder).flatMap(formatterSettings);
  const version = packageManifest().dependencies["prettier"];
  return hashOf(JSON.stringify([options, version, formatter])).slice(0, 16);
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** What prettier would find in a folder. */
function formatterSettings(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) =>
      /^(?:\.prettierrc(?:\..+)?|prettier\.config\..+|\.editorconfig|package\.json)$/.test(
        name,
      ),
    )
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), "utf8");
      return name === "package.json" ? prettierKey(text) : text;
    })
    .filter((text) => text !== "");
}

function prettierKey(packageJson: string): string {
  try {
    const { prettier } = JSON.parse(packageJson) as { prettier?: unknown };
    return prettier === undefined ? "" : JSON.stringify(prettier);
  } catch {
    return "";
  }
}
