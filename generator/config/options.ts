import path from "node:path";
import { lilconfig } from "lilconfig";
import type { Loaders } from "lilconfig";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { importExtensions } from "../emit/import-style.js";
import type { ImportExtension } from "../emit/import-style.js";
import { packageRoot } from "../package-root.js";

/** The content of a configuration file. Paths in it are relative to the file. */
export interface Config {
  /** The API description; the one shipped with this package unless given. */
  readonly spec?: string;
  /** OpenAPI Overlay documents to apply to it, in order. */
  readonly overlays?: readonly string[];
  /** Folder of the client; `src/kompliant` unless given. */
  readonly out?: string;
  /** How relative imports in the client end: `.js` unless given. */
  readonly importExtension?: ImportExtension;
}

/** What a run is asked to do. */
export interface GenerateOptions extends Config {
  /** Path of the configuration file; looked up from the working directory unless given. */
  readonly config?: string;
  /** What relative paths start from; the process's working directory unless given. */
  readonly cwd?: string;
}

/** The options of a run, complete; paths are absolute. */
export interface ResolvedOptions {
  readonly spec: string;
  readonly overlays: readonly string[];
  readonly out: string;
  readonly importExtension: ImportExtension;
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
    if (given !== undefined) return path.resolve(cwd, given);
    return configured === undefined
      ? undefined
      : path.resolve(folder, configured);
  };
  return {
    overlays:
      options.overlays?.map((file) => path.resolve(cwd, file)) ??
      config.overlays?.map((file) => path.resolve(folder, file)) ??
      [],
    spec: pick(options.spec, config.spec) ?? shippedSpec,
    out: pick(options.out, config.out) ?? path.resolve(cwd, "src/kompliant"),
    importExtension: options.importExtension ?? config.importExtension ?? ".js",
  };
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
  const explorer = lilconfig("kompliant-codegen", {
    searchPlaces: [...configNames],
    stopDir: cwd,
    loaders,
  });
  const wanted = file === undefined ? undefined : path.resolve(cwd, file);
  const found = await (
    wanted === undefined ? explorer.search(cwd) : explorer.load(wanted)
  ).catch((error: unknown) => {
    throw configError(wanted ?? cwd, error);
  });
  if (!found) return { config: {}, folder: cwd };
  return {
    config: requireConfig(found.config, found.filepath),
    folder: path.dirname(found.filepath),
  };
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

function configError(file: string, error: unknown): DiagnosticError {
  const isMissing =
    error instanceof Error && "code" in error && error.code === "ENOENT";
  const message = error instanceof Error ? error.message : String(error);
  return new DiagnosticError([
    isMissing
      ? diagnostic("config-not-found", `there is no file ${file}`)
      : diagnostic("config-invalid", message, { file, line: 1, column: 1 }),
  ]);
}

const keys: readonly (keyof Config)[] = [
  "spec",
  "overlays",
  "out",
  "importExtension",
];

function isTextList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((each) => typeof each === "string")
  );
}

function requireConfig(value: unknown, file: string): Config {
  const fail = (message: string): never => {
    throw new DiagnosticError([
      diagnostic("config-invalid", message, { file, line: 1, column: 1 }),
    ]);
  };
  if (typeof value !== "object" || value === null) {
    return fail("the configuration must export an object");
  }
  for (const [key, entry] of Object.entries(value)) {
    if (!keys.some((known) => known === key)) {
      return fail(`"${key}" is no option; there are ${keys.join(", ")}`);
    }
    if (key === "overlays") {
      if (isTextList(entry)) continue;
      return fail('"overlays" must be a list of paths');
    }
    if (entry !== undefined && typeof entry !== "string") {
      return fail(`"${key}" must be a string`);
    }
  }
  const config = value as Config;
  const { importExtension } = config;
  if (
    importExtension !== undefined &&
    !importExtensions.includes(importExtension)
  ) {
    return fail(
      `"importExtension" must be one of ${JSON.stringify(importExtensions)}`,
    );
  }
  return config;
}
