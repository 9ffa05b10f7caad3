import { existsSync } from "node:fs";
import path from "node:path";
import { configNames, resolveClients } from "../config/options.js";
import type { ResolvedOptions } from "../config/options.js";
import { repositoryAt } from "./repository.js";
import type { Repository } from "./repository.js";
import { typeScriptSetup } from "./typescript-setup.js";
import type { TypeScriptSetup } from "./typescript-setup.js";

/** What `init` finds in a package. */
export interface Situation {
  readonly repository: Repository;
  readonly setup: TypeScriptSetup;
  /** Whether package.json has `"type": "module"`. */
  readonly isModule: boolean;
  /** The configuration that is there; undefined when there is none. */
  readonly configured: ConfiguredClients | undefined;
  /** Where a client goes unless somebody wants it elsewhere, with forward slashes. */
  readonly usualOut: string;
}

interface ConfiguredClients {
  /** Name of the file. */
  readonly name: string;
  readonly clients: readonly ResolvedOptions[];
}

/** @throws {DiagnosticError} when there is no package.json, or it or the configuration makes no sense */
export async function situationAt(cwd: string): Promise<Situation> {
  const repository = repositoryAt(cwd);
  const { folder, manifest } = repository;
  const setup = typeScriptSetup(repository);
  const name = configNames.find((each) => existsSync(path.join(folder, each)));
  // Also says so when there is one that nobody reads.
  const { clients } = await resolveClients({ cwd: folder });
  return {
    ...{ repository, setup },
    isModule: manifest["type"] === "module",
    configured: name === undefined ? undefined : { name, clients },
    usualOut: usualOut(folder, setup),
  };
}

/** `src/kompliant`, or a folder below `rootDir` where that is elsewhere. */
function usualOut(folder: string, { options }: TypeScriptSetup): string {
  const { rootDir } = options;
  const usual = "src/kompliant";
  if (rootDir === undefined) return usual;
  const root = pathInside(folder, rootDir);
  const isBelow = pathInside(rootDir, path.join(folder, usual)) !== undefined;
  return root === undefined || isBelow ? usual : `${root}/kompliant`;
}

/**
 * A path relative to a folder, with forward slashes; undefined when it is the folder
 * itself or lies outside of it.
 */
export function pathInside(folder: string, target: string): string | undefined {
  const relative = path
    .relative(folder, path.resolve(folder, target))
    .split(path.sep)
    .join("/");
  const isInside =
    relative !== "" &&
    relative !== ".." &&
    !relative.startsWith("../") &&
    !path.isAbsolute(relative);
  return isInside ? relative : undefined;
}
