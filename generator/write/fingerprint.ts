import { readdirSync, readFileSync } from "node:fs";
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
 * Identifies everything besides the description that shapes the output.
 *
 * @param form - description of the form in which it is printed
 */
export function optionsFingerprint(options: object, form: string): string {
  const version = packageManifest().dependencies["prettier"];
  return hashOf(JSON.stringify([options, version, form])).slice(0, 16);
}
