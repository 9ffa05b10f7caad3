import path from "node:path";
import { reservedNames } from "../emit/reserved-names.js";
import { loadSpec } from "../load/load-spec.js";
import { isUrl } from "../load/url.js";
import { readErrorTables } from "../model/error-tables.js";
import { buildModel } from "../model/build-model.js";
import type { SpecDiff } from "./change.js";
import { compareModels } from "./compare-models.js";
import { openLocator } from "./locate.js";

/** Which descriptions to compare. */
export interface DiffOptions {
  /** Path or URL of the old description. */
  readonly before: string;
  /** Path or URL of the new description. */
  readonly after: string;
  /** What relative paths start from; the process's working directory unless given. */
  readonly cwd?: string;
}

/**
 * Says what changed between two versions of an API description.
 *
 * @throws {DiagnosticError} when one of them cannot be read or makes no sense
 */
export async function diff(options: DiffOptions): Promise<SpecDiff> {
  const cwd = path.resolve(options.cwd ?? ".");
  const [before, after] = await Promise.all([
    loadSpec(inFolder(cwd, options.before)),
    loadSpec(inFolder(cwd, options.after)),
  ]);
  return compareModels(
    buildModel(before, reservedNames, await readErrorTables(before)),
    buildModel(after, reservedNames, await readErrorTables(after)),
    { before: openLocator(before, cwd), after: openLocator(after, cwd) },
  );
}

function inFolder(folder: string, spec: string): string {
  return isUrl(spec) ? spec : path.resolve(folder, spec);
}
