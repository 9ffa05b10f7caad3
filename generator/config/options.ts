import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Loaders } from "lilconfig";
import { configProblems } from "./check-config.js";
import { requireFolder } from "./output-folder.js";
import { unreadableConfig } from "./config-error.js";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { ImportExtension } from "../emit/import-style.js";
import { requireFile } from "../load/file-names.js";
import type { ReferencePolicy } from "../load/reference-policy.js";
import { unpinned } from "../load/spec-source.js";
import type { SpecSource } from "../load/spec-source.js";
import { isUrl, placeOf } from "../load/url.js";
import { packageRoot } from "../package-root.js";

/** The content of a configuration file. Paths in it are relative to the file. */
export interface Config {
  /**
   * The API description; the one shipped with this package unless given. Several
   * documents are merged. A document on the network can be pinned to its hash.
   */
  readonly spec?: ConfiguredSpec | readonly ConfiguredSpec[];
  /** OpenAPI Overlay documents to apply to it, in order. */
  readonly overlays?: readonly string[];
  /** Folder of the client; `src/kompliant` unless given. */
  readonly out?: string;
  /** How relative imports in the client end: `.js` unless given. */
  readonly importExtension?: ImportExtension;
  /** Lets `$ref`s in the description reach the network; off unless given. */
  readonly allowRemoteReferences?: boolean;
  /** Lets `$ref`s in the description reach files outside its folder; off unless given. */
  readonly allowReferencesOutside?: boolean;
}

/** Path or URL of a document, or a URL with the SHA-256 that its content must have. */
export type ConfiguredSpec =
  string | { readonly url: string; readonly sha256: string };

/** What a run is asked to do. */
export interface GenerateOptions extends Config {
  /** Path of the configuration file; looked up from the working directory unless given. */
  readonly config?: string;
  /** What relative paths start from; the process's working directory unless given. */
  readonly cwd?: string;
}

/** The options of a run, complete; paths are absolute. */
export interface ResolvedOptions {
  /** The documents of the description, at least one. */
  readonly specs: readonly SpecSource[];
  readonly overlays: readonly string[];
  readonly out: string;
  readonly importExtension: ImportExtension;
  readonly references: ReferencePolicy;
}

/** Types a configuration file: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}

const shippedSpec = path.join(
  packageRoot,
  "spec",
  "2025-03-24",
  "openapi.yaml",
);

/**
 * Completes a run's options from the configuration file and the defaults.
 *
 * @throws {DiagnosticError} when the configuration cannot be read or makes no sense
 */
export async function resolveOptions(
  options: GenerateOptions,
): Promise<ResolvedOptions> {
  const cwd = path.resolve(options.cwd ?? ".");
  const { config, folder } = await readConfig(options.config, cwd);
  const pick = (
    given: string | undefined,
    configured: string | undefined,
  ): string | undefined => {
    const [from, wanted] =
      given === undefined ? [folder, configured] : [cwd, given];
    return wanted === undefined ? undefined : path.resolve(from, wanted);
  };
  const out =
    pick(options.out, config.out) ?? path.resolve(cwd, "src/kompliant");
  requireFolder(out);
  return {
    specs: sources(cwd, options.spec) ??
      sources(folder, config.spec) ?? [unpinned(shippedSpec)],
    overlays:
      options.overlays?.map((file) => overlayFile(cwd, file)) ??
      config.overlays?.map((file) => overlayFile(folder, file)) ??
      [],
    out,
    importExtension: options.importExtension ?? config.importExtension ?? ".js",
    references: {
      remote:
        options.allowRemoteReferences ?? config.allowRemoteReferences ?? false,
      outside:
        options.allowReferencesOutside ??
        config.allowReferencesOutside ??
        false,
    },
  };
}

/** The sources that are named, relative paths starting from a folder; undefined when none is. */
function sources(
  folder: string,
  spec: Config["spec"],
): readonly SpecSource[] | undefined {
  const named = [spec ?? []].flat();
  if (named.length === 0) return undefined;
  return named.map((each) => {
    if (typeof each !== "string") {
      return {
        place: placeOf(folder, each.url),
        sha256: each.sha256.toLowerCase(),
      };
    }
    return unpinned(placeOf(folder, each));
  });
}

/** The absolute path of an overlay. */
function overlayFile(folder: string, named: string): string {
  const place = placeOf(folder, named);
  if (!isUrl(place)) return place;
  throw new DiagnosticError([
    diagnostic(
      "overlay-not-found",
      "an overlay is never read from the network",
      {
        location: startOf(place),
        help: "Keep a copy in your repository, and name its path.",
      },
    ),
  ]);
}

interface FoundConfig {
  readonly config: Config;
  readonly folder: string;
}

/** Names of the configuration file, in the order in which they are looked for. */
export const configNames: readonly string[] = [
  "ts",
  "mts",
  "js",
  "mjs",
  "json",
].map((extension) => `kompliant-codegen.config.${extension}`);

async function readConfig(
  file: string | undefined,
  cwd: string,
): Promise<FoundConfig> {
  const found =
    file === undefined
      ? configNames.map((name) => path.join(cwd, name)).find(existsSync)
      : path.resolve(cwd, file);
  if (found === undefined) {
    requireNoOtherConfig(cwd);
    return { config: {}, folder: cwd };
  }
  requireFile("config-not-found", found);
  const { lilconfig } = await import("lilconfig");
  const loaded = await lilconfig("kompliant-codegen", { loaders })
    .load(found)
    .catch((error: unknown) => {
      throw unreadableConfig(found, error);
    });
  const content: unknown = loaded?.config;
  const problems = await configProblems(content, found);
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { config: content as Config, folder: path.dirname(found) };
}

/** A configuration under a name that nobody reads must not be taken for none. */
function requireNoOtherConfig(cwd: string): void {
  const other = readdirSync(cwd).find((name) =>
    /^kompliant-codegen\.config\.(?:c[jt]s|jsonc|json5|ya?ml|toml)$/.test(name),
  );
  if (other === undefined) return;
  throw new DiagnosticError([
    diagnostic("config-not-found", `${other} is not read`, {
      location: startOf(path.join(cwd, other)),
      help: `Give it one of the names that are: ${configNames.join(", ")}.`,
    }),
  ]);
}

const loadModule = async (file: string): Promise<unknown> => {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    // A run that watches reads it again.
    moduleCache: false,
    // The configuration imports this package, also when npx runs it from elsewhere.
    alias: { "kompliant-codegen": path.join(packageRoot, "dist", "index.js") },
  });
  return jiti.import(file, { default: true });
};

const loaders: Loaders = {
  ".ts": loadModule,
  ".mts": loadModule,
  ".js": loadModule,
  ".mjs": loadModule,
};
