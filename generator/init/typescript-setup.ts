import { existsSync } from "node:fs";
import path from "node:path";
import { ts } from "ts-morph";
import type { ImportExtension } from "../emit/import-style.js";
import { maxDocumentBytes } from "../load/document-bytes.js";
import { readLinkedFile } from "../write/regular-file.js";
import { installationOf, versionOf } from "./repository.js";
import type { Repository } from "./repository.js";

/** How a package compiles its TypeScript. */
export interface TypeScriptSetup {
  /** Installed, or wanted by package.json. */
  readonly version: string | undefined;
  /** Name of the file that compiles the sources; undefined when there is none. */
  readonly tsconfig: string | undefined;
  /** What it says, with what it extends. */
  readonly options: ts.CompilerOptions;
}

export function typeScriptSetup(repository: Repository): TypeScriptSetup {
  const { folder } = repository;
  const file = path.join(folder, "tsconfig.json");
  const config = existsSync(file) ? configOfSources(file, folder) : undefined;
  return {
    version: versionOf(repository, "typescript"),
    tsconfig:
      config && path.relative(folder, config.file).split(path.sep).join("/"),
    options: config?.parsed.options ?? {},
  };
}

interface ParsedConfig {
  readonly file: string;
  readonly parsed: ts.ParsedCommandLine;
}

/**
 * A tsconfig.json may compile nothing itself and name the projects that do, as Vite's
 * templates have it: of these, the one that has files in `src`, otherwise the first.
 */
function configOfSources(
  file: string,
  folder: string,
): ParsedConfig | undefined {
  const parsed = parsedConfig(file);
  if (!parsed) return undefined;
  const { fileNames, projectReferences = [] } = parsed;
  if (fileNames.length > 0 || projectReferences.length === 0) {
    return { file, parsed };
  }
  const projects = projectReferences.flatMap((reference) => {
    const project = ts.resolveProjectReferencePath(reference);
    const config = parsedConfig(project);
    return config ? [{ file: project, parsed: config }] : [];
  });
  const source = path.join(folder, "src") + path.sep;
  return (
    projects.find((project) =>
      project.parsed.fileNames.some((name) =>
        path.normalize(name).startsWith(source),
      ),
    ) ??
    projects[0] ?? { file, parsed }
  );
}

function parsedConfig(file: string): ts.ParsedCommandLine | undefined {
  return ts.getParsedCommandLineOfConfigFile(file, undefined, {
    ...ts.sys,
    // TypeScript's own way would wait for a named pipe.
    readFile: (name) => readLinkedFile(name, maxDocumentBytes),
    // What is wrong with it, the compiler says.
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
}

/** Whether TypeScript looks imports up as Node does, which wants their endings in modules. */
export function resolvesLikeNode({ options }: TypeScriptSetup): boolean {
  const { module, moduleResolution } = options;
  if (moduleResolution !== undefined) {
    return (
      moduleResolution === ts.ModuleResolutionKind.Node16 ||
      moduleResolution === ts.ModuleResolutionKind.NodeNext
    );
  }
  return isNodeModule(module);
}

function isNodeModule(module: ts.ModuleKind | undefined): boolean {
  return (
    module !== undefined &&
    module >= ts.ModuleKind.Node16 &&
    module <= ts.ModuleKind.NodeNext
  );
}

/** Tools that do not look for `x.ts` when `x.js` is imported, unless they are configured to. */
const literalResolvers: readonly string[] = [
  "next",
  "webpack",
  "@rspack/core",
  "react-scripts",
  "react-native",
  "expo",
  "ts-jest",
];

/** The tool of a package that takes the ending of an import literally. */
export function literalResolver({
  dependencies,
}: Repository): string | undefined {
  return literalResolvers.find((name) => dependencies.has(name));
}

/** How relative imports have to end for everything that resolves them here. */
export function fittingExtension(
  repository: Repository,
  setup: TypeScriptSetup,
  isModule: boolean,
): ImportExtension {
  const { tsconfig, options } = setup;
  if (tsconfig === undefined) return ".js";
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions } =
    options;
  if (
    allowImportingTsExtensions === true ||
    rewriteRelativeImportExtensions === true
  ) {
    return ".ts";
  }
  if (resolvesLikeNode(setup)) return ".js";
  // Without an ending, Node finds CommonJS only.
  return isModule && literalResolver(repository) === undefined ? ".js" : "";
}

/**
 * Why TypeScript refuses `import` in the package: its files become CommonJS, and
 * `verbatimModuleSyntax` wants that written out. Undefined when it does not.
 *
 * @param isModule - whether package.json has `"type": "module"`
 */
export function syntaxConflict(
  { options, tsconfig }: TypeScriptSetup,
  isModule: boolean,
): "package" | "tsconfig" | undefined {
  const { module, verbatimModuleSyntax } = options;
  if (tsconfig === undefined || verbatimModuleSyntax !== true) return undefined;
  if (module === ts.ModuleKind.CommonJS) return "tsconfig";
  return isNodeModule(module) && !isModule ? "package" : undefined;
}

/** Whether `fetch` is declared, by the web's library or by Node's types. */
export function hasWebTypes(
  repository: Repository,
  { tsconfig, options, version }: TypeScriptSetup,
): boolean {
  const { lib, types } = options;
  if (tsconfig === undefined || lib === undefined) return true;
  if (lib.some((name) => /\b(?:dom|webworker)\b/.test(name))) return true;
  if (types !== undefined) return types.includes("node");
  // Since 6.0, types are taken in only where they are named.
  const takesAll = Number(version?.split(".")[0] ?? 5) < 6;
  return (
    takesAll && installationOf(repository.folder, "@types/node") !== undefined
  );
}

/** Whether what the client uses of JavaScript is declared: ES2022, by `lib` or by `target`. */
export function hasLanguageTypes({
  tsconfig,
  options,
  version,
}: TypeScriptSetup): boolean {
  if (tsconfig === undefined) return true;
  const { lib, module, target } = options;
  if (lib !== undefined) {
    return lib.some((name) => /\bes(?:next|20(?:2[2-9]|[3-9]\d))\b/.test(name));
  }
  // Without a target, Node's kinds of module imply a late one; before 6.0, others ES5.
  if (target === undefined) {
    return isNodeModule(module) || Number(version?.split(".")[0] ?? 5) >= 6;
  }
  return target >= ts.ScriptTarget.ES2022;
}

/** Oldest version of TypeScript that compiles a client. */
const oldest = [5, 4] as const;

/** Whether a client does not compile with the version of TypeScript. */
export function isTooOld({ version }: TypeScriptSetup): boolean {
  if (version === undefined) return false;
  const [major = 0, minor] = version.split(".").map(Number);
  return (
    major < oldest[0] ||
    (major === oldest[0] && minor !== undefined && minor < oldest[1])
  );
}
