import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Loaders } from "lilconfig";
import { configProblems } from "./check-config.js";
import { outputFolder, requireFolder } from "./output-folder.js";
import { requireUtf8, unreadableConfig } from "./config-error.js";
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

/** The configuration of a client. Paths in it are relative to the configuration file. */
export interface Config {
  /** Address of a JSON schema, for editors; without effect here. */
  readonly $schema?: string;
  /** Name of the client, by which `--client` picks it among several. */
  readonly name?: string;
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
  /**
   * Whether the client follows the repository's prettier configuration; on unless given.
   * A client that `.prettierignore` excludes does not.
   */
  readonly format?: boolean;
  /** Lets `$ref`s in the description reach the network; off unless given. */
  readonly allowRemoteReferences?: boolean;
  /** Lets `$ref`s in the description reach files outside its folder; off unless given. */
  readonly allowReferencesOutside?: boolean;
}

/** Path or URL of a document, or a URL with the SHA-256 that its content must have. */
export type ConfiguredSpec =
  string | { readonly url: string; readonly sha256: string };

/** What a run is asked to do. */
export interface GenerateOptions extends Omit<Config, "$schema" | "name"> {
  /** Name of the client to work on; needed when the configuration has several. */
  readonly client?: string;
  /** Path of the configuration file; looked up from the working directory unless given. */
  readonly config?: string;
  /** What relative paths start from; the process's working directory unless given. */
  readonly cwd?: string;
}

/** The options of one client, complete; paths are absolute. */
export interface ResolvedOptions {
  readonly name: string | undefined;
  /** The documents of the description, at least one. */
  readonly specs: readonly SpecSource[];
  readonly overlays: readonly string[];
  readonly out: string;
  readonly importExtension: ImportExtension;
  /** Whether the client follows the repository's prettier configuration. */
  readonly format: boolean;
  readonly references: ReferencePolicy;
}

/** Types a configuration file: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config;
/** Types a configuration file of several clients: `export default defineConfig([{ … }, { … }])`. */
export function defineConfig(clients: readonly Config[]): readonly Config[];
export function defineConfig(
  config: Config | readonly Config[],
): Config | readonly Config[] {
  return config;
}

const shippedSpec = path.join(
  packageRoot,
  "spec",
  "2025-03-24",
  "openapi.yaml",
);

/** The clients that a run works on. */
export interface ResolvedClients {
  /** At least one, in the order of the configuration. */
  readonly clients: readonly ResolvedOptions[];
  /** Whether they are reported as a list: the configuration is one, and none was picked. */
  readonly isList: boolean;
}

/**
 * Completes the options of each client from the configuration file and the defaults.
 *
 * @throws {DiagnosticError} when the configuration cannot be read or makes no sense
 */
export async function resolveClients(
  options: GenerateOptions,
): Promise<ResolvedClients> {
  const cwd = path.resolve(options.cwd ?? ".");
  const { configs, isList, file } = await readConfig(options.config, cwd);
  const folder = file === undefined ? cwd : path.dirname(file);
  const picked = pickClients(configs, options, file);
  return {
    clients: picked.map((config) => resolveClient(config, options, folder)),
    isList: isList && options.client === undefined,
  };
}

/**
 * Completes the options of a run that works on one client.
 *
 * @throws {DiagnosticError} when the configuration cannot be read or makes no sense, or has several clients and none is picked
 */
export async function resolveOptions(
  options: GenerateOptions,
): Promise<ResolvedOptions> {
  const { clients } = await resolveClients(options);
  const [client, ...others] = clients;
  if (client && others.length === 0) return client;
  throw new DiagnosticError([
    diagnostic(
      "config-client",
      `the configuration has ${clients.length} clients, and one has to be picked`,
      { help: namesHelp(clients) },
    ),
  ]);
}

/** The clients that are asked for: the one of a name, or all. */
function pickClients(
  configs: readonly Config[],
  options: GenerateOptions,
  file: string | undefined,
): readonly Config[] {
  const { client, spec, overlays, out } = options;
  const picked =
    client === undefined
      ? configs
      : configs.filter(({ name }) => name === client);
  const location = file === undefined ? {} : { location: startOf(file) };
  if (picked.length === 0) {
    throw new DiagnosticError([
      diagnostic(
        "config-client",
        `the configuration has no client ${JSON.stringify(client)}`,
        { ...location, help: namesHelp(configs) },
      ),
    ]);
  }
  if (picked.length > 1 && (spec ?? overlays ?? out) !== undefined) {
    throw new DiagnosticError([
      diagnostic(
        "config-client",
        `spec, overlay and out belong to one client, and the configuration has ${picked.length}`,
        { ...location, help: namesHelp(configs) },
      ),
    ]);
  }
  return picked;
}

/** Says which clients can be picked. */
function namesHelp(
  clients: readonly { readonly name?: string | undefined }[],
): string {
  const names = clients.flatMap(({ name }) => name ?? []);
  return names.length === 0
    ? 'No client has a name: add "name" to the one that is meant.'
    : `Pick one of these with --client: ${names.join(", ")}.`;
}

function resolveClient(
  config: Config,
  options: GenerateOptions,
  folder: string,
): ResolvedOptions {
  const cwd = path.resolve(options.cwd ?? ".");
  const out =
    options.out === undefined
      ? outputFolder(config.out, folder, cwd)
      : path.resolve(cwd, options.out);
  requireFolder(out, [cwd, folder]);
  return {
    name: config.name,
    specs: sources(cwd, options.spec) ??
      sources(folder, config.spec) ?? [unpinned(shippedSpec)],
    overlays:
      options.overlays?.map((file) => overlayFile(cwd, file)) ??
      config.overlays?.map((file) => overlayFile(folder, file)) ??
      [],
    out,
    importExtension: options.importExtension ?? config.importExtension ?? ".js",
    format: options.format ?? config.format ?? true,
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
  /** The configuration of each client, at least one. */
  readonly configs: readonly Config[];
  readonly isList: boolean;
  /** Absolute path of the file; undefined when there is none. */
  readonly file: string | undefined;
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
    return { configs: [{}], isList: false, file: undefined };
  }
  requireFile("config-not-found", found);
  requireUtf8(found);
  const {
    default: { lilconfig },
  } = await import("lilconfig");
  const loading = lilconfig("kompliant-codegen", { loaders }).load(found);
  const loaded = await Promise.race([loading, loadingLimit()]).catch(
    (error: unknown) => {
      throw unreadableConfig(found, error);
    },
  );
  const content: unknown = loaded?.config;
  const problems = await configProblems(content, found, cwd);
  if (problems.length > 0) throw new DiagnosticError(problems);
  const checked = content as Config | readonly Config[];
  return {
    configs: [checked].flat(),
    isList: Array.isArray(content),
    file: found,
  };
}

/** Fails when a configuration takes too long to load, if something that it started keeps the process alive. */
function loadingLimit(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error("it does not finish loading within 30 seconds"));
    }, 30_000).unref();
  });
}

/** Where a run looks for its configuration, whether the files exist or not: absolute paths. */
export function configFiles({
  config,
  cwd = ".",
}: GenerateOptions): readonly string[] {
  return (config === undefined ? configNames : [config]).map((name) =>
    path.resolve(cwd, name),
  );
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
