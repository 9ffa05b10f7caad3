import { existsSync } from "node:fs";
import path from "node:path";
import { installationOf } from "./repository.js";
import type { Repository } from "./repository.js";
import type { Situation } from "./situation.js";
import {
  hasLanguageTypes,
  hasWebTypes,
  isTooOld,
  literalResolver,
  resolvesLikeNode,
  syntaxConflict,
} from "./typescript-setup.js";

/** A sentence, with the command, for each thing that a person has to decide or to know. */
export function notesOn(
  situation: Situation,
  isModule: boolean,
): readonly string[] {
  return [
    workspaceNote(situation),
    syntaxNote(situation, isModule),
    versionNote(situation),
    languageNote(situation),
    webTypesNote(situation),
    resolverNote(situation),
    installNote(situation),
  ].filter((note) => note !== undefined);
}

/** The command with which a package manager runs a script. */
export function runCommandOf(repository: Repository): string {
  const manager = managerOf(repository);
  return manager === "npm" || manager === "bun" ? `${manager} run` : manager;
}

function workspaceNote({ repository }: Situation): string | undefined {
  if (!repository.isWorkspaceRoot) return undefined;
  return "This is the root of a workspace: to give the client to one of its packages, run init in the folder of that package.";
}

function syntaxNote(
  { setup }: Situation,
  isModule: boolean,
): string | undefined {
  switch (syntaxConflict(setup, isModule)) {
    case "package":
      return `TypeScript refuses "import" here, because ${setup.tsconfig} has "verbatimModuleSyntax" and package.json does not have "type": "module"; run: npm pkg set type=module`;
    case "tsconfig":
      return `TypeScript refuses "import" here, because ${setup.tsconfig} has "verbatimModuleSyntax" and "module": "commonjs"; set "module": "nodenext" there, and run: npm pkg set type=module`;
    case undefined:
      return undefined;
  }
}

function versionNote({ repository, setup }: Situation): string | undefined {
  if (!isTooOld(setup)) return undefined;
  return `The client needs TypeScript 5.4 or later, and this is ${setup.version}; run: ${installCommandOf(repository)} typescript@latest`;
}

function languageNote({ setup }: Situation): string | undefined {
  if (hasLanguageTypes(setup)) return undefined;
  const change = setup.options.lib
    ? 'add "ES2022" to its "lib"'
    : 'set "target": "es2022" there';
  return `The client needs ES2022, which ${setup.tsconfig} does not declare; ${change}`;
}

function webTypesNote({ repository, setup }: Situation): string | undefined {
  if (hasWebTypes(repository, setup)) return undefined;
  return `${setup.tsconfig} declares no "fetch"; add "DOM" to its "lib", or add "node" to its "types" and run: ${installCommandOf(repository)} @types/node`;
}

function resolverNote({ repository, setup }: Situation): string | undefined {
  const tool = literalResolver(repository);
  const isFitting = setup.tsconfig === undefined || !resolvesLikeNode(setup);
  if (tool === undefined || isFitting) return undefined;
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions } =
    setup.options;
  if ((allowImportingTsExtensions ?? rewriteRelativeImportExtensions) === true)
    return undefined;
  return `TypeScript wants imports to end in ".js" here, and ${tool} does not find x.ts under that name unless it is configured to; webpack's option is resolve.extensionAlias: { ".js": [".ts", ".js"] }`;
}

function installNote({ repository }: Situation): string | undefined {
  const { folder, dependencies } = repository;
  const isThere =
    dependencies.has("kompliant-codegen") ||
    installationOf(folder, "kompliant-codegen") !== undefined;
  if (isThere) return undefined;
  return `package.json does not name kompliant-codegen; run: ${installCommandOf(repository)} kompliant-codegen`;
}

type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

function managerOf({ folders }: Repository): PackageManager {
  const locks: readonly (readonly [string, PackageManager])[] = [
    ["package-lock.json", "npm"],
    ["pnpm-lock.yaml", "pnpm"],
    ["pnpm-workspace.yaml", "pnpm"],
    ["yarn.lock", "yarn"],
    ["bun.lock", "bun"],
    ["bun.lockb", "bun"],
  ];
  const found = locks.find(([name]) =>
    folders.some((folder) => existsSync(path.join(folder, name))),
  );
  return found?.[1] ?? "npm";
}

function installCommandOf(repository: Repository): string {
  const manager = managerOf(repository);
  if (manager === "npm") return "npm install --save-dev";
  return manager === "bun" ? "bun add --dev" : `${manager} add --save-dev`;
}
