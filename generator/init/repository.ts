import { existsSync } from "node:fs";
import path from "node:path";
import { ancestors } from "../ancestors.js";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import { objectAt, parsedObject, strictJsonProblem } from "./json-text.js";
import { maxDocumentBytes } from "../load/document-bytes.js";
import { obstacleAt, readLinkedFile } from "../write/regular-file.js";
import type { JsonObject } from "./json-text.js";

/** The package that `init` prepares, and what is around it. */
export interface Repository {
  /** Absolute path of the folder with the package.json. */
  readonly folder: string;
  readonly manifest: JsonObject;
  /**
   * The folders whose tools look at the package, from its own to the root of the
   * workspace that it is part of.
   */
  readonly folders: readonly string[];
  /** Whether it is itself the root of a workspace. */
  readonly isWorkspaceRoot: boolean;
  /** Names of what the package and the folders above depend on. */
  readonly dependencies: ReadonlySet<string>;
}

/** @throws {DiagnosticError} when there is no package.json, or none that can be read */
export function repositoryAt(cwd: string): Repository {
  const folder = path.resolve(cwd);
  const manifest = requiredManifest(folder);
  const root = ancestors(path.dirname(folder)).find(isWorkspaceRoot);
  const folders = root === undefined ? [folder] : between(folder, root);
  return {
    ...{ folder, manifest, folders },
    isWorkspaceRoot: isWorkspaceRoot(folder),
    dependencies: new Set(
      folders.flatMap((each) => dependenciesOf(manifestIn(each))),
    ),
  };
}

/** The first folder, from the package upwards, that has one of these files. */
export function nearestFile(
  { folders }: Repository,
  names: readonly string[],
): { readonly folder: string; readonly name: string } | undefined {
  for (const folder of folders) {
    const name = names.find((each) => existsSync(path.join(folder, each)));
    if (name !== undefined) return { folder, name };
  }
  return undefined;
}

/** The package.json of a folder, as far as it can be read. */
export function manifestIn(folder: string): JsonObject | undefined {
  const text = textOf(path.join(folder, "package.json"));
  return text === undefined ? undefined : parsedObject(text);
}

/** The version of a package that is installed for a folder, or that its package.json names; such as "5.9.3" or "5". */
export function versionOf(
  { folder, folders }: Repository,
  name: string,
): string | undefined {
  const installed = ancestors(folder)
    .map((each) => manifestIn(path.join(each, "node_modules", name)))
    .find((manifest) => manifest !== undefined);
  if (typeof installed?.["version"] === "string") return installed["version"];
  const wanted = folders
    .map((each) => rangeIn(manifestIn(each), name))
    .find((range) => range !== undefined);
  return /\d+(?:\.\d+)*/.exec(wanted ?? "")?.[0];
}

/** The nearest folder, from the given one upwards, into which a package is installed. */
export function installationOf(
  folder: string,
  name: string,
): string | undefined {
  return ancestors(folder)
    .map((each) => path.join(each, "node_modules", name))
    .find((each) => existsSync(path.join(each, "package.json")));
}

/** The text of a file that is only looked at; undefined when it cannot be read. */
export function textOf(file: string): string | undefined {
  return readLinkedFile(file, maxDocumentBytes)?.replace(/^\uFEFF/, "");
}

function requiredManifest(folder: string): JsonObject {
  const file = path.join(folder, "package.json");
  const fail = (message: string): DiagnosticError =>
    new DiagnosticError([
      diagnostic("init-package", message, { location: startOf(file) }),
    ]);
  const obstacle = obstacleAt(folder, "package.json");
  if (obstacle !== undefined) {
    throw fail(`package.json cannot be changed: ${obstacle}`);
  }
  const text = textOf(file);
  if (text === undefined) throw fail("there is no package.json here");
  const problem = strictJsonProblem(text);
  if (problem !== undefined) {
    throw fail(`package.json cannot be read as a JSON object: ${problem}`);
  }
  return parsedObject(text) ?? {};
}

function isWorkspaceRoot(folder: string): boolean {
  return (
    manifestIn(folder)?.["workspaces"] !== undefined ||
    // pnpm keeps other settings in it too.
    /^packages\s*:/m.test(
      textOf(path.join(folder, "pnpm-workspace.yaml")) ?? "",
    )
  );
}

const dependencyKeys = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

function dependenciesOf(manifest: JsonObject | undefined): readonly string[] {
  return dependencyKeys.flatMap((key) => Object.keys(objectAt(manifest, key)));
}

/** Whether the package.json of a folder names a package. */
export function dependsOn(folder: string, name: string): boolean {
  return dependenciesOf(manifestIn(folder)).includes(name);
}

function rangeIn(
  manifest: JsonObject | undefined,
  name: string,
): string | undefined {
  return dependencyKeys
    .map((key) => objectAt(manifest, key)[name])
    .find((range) => typeof range === "string");
}

function between(folder: string, root: string): readonly string[] {
  return ancestors(folder).filter(
    (each) => !path.relative(root, each).startsWith(".."),
  );
}
