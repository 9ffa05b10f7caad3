import path from "node:path";
import { resolveOptions } from "../config/options.js";
import type { GenerateOptions, ResolvedOptions } from "../config/options.js";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import { reservedNames } from "../emit/reserved-names.js";
import { loadSpec } from "../load/load-spec.js";
import type { SpecDocument } from "../load/spec-document.js";
import { placeOf } from "../load/url.js";
import type { ApiModel } from "../model/api-model.js";
import { buildModel } from "../model/build-model.js";
import { digestTexts } from "../model/digest-texts.js";
import { readErrorTables } from "../model/error-tables.js";
import type { PreviousModel } from "../model/previous-model.js";
import { lockFileName } from "../write/lock.js";
import { readPreviousRun } from "../write/previous-run.js";
import { previousModel } from "../write/snapshot.js";
import type { SpecDiff } from "./change.js";
import { compareModels } from "./compare-models.js";
import { openLocator } from "./locate.js";

/** Which descriptions to compare. */
export interface DiffOptions extends GenerateOptions {
  /** Path or URL of the old description; unless given, what the client in the output folder was generated from. */
  readonly before?: string;
  /** Path or URL of the new description; unless given, the one that `generate` would read. */
  readonly after?: string;
}

/**
 * Says what changed between two versions of an API description. New elements are
 * called what `generate` would call them after the old version.
 *
 * @throws {DiagnosticError} when one of them cannot be read or makes no sense, or when nothing was generated yet
 */
export async function diff(options: DiffOptions): Promise<SpecDiff> {
  const { before, after, ...inputs } = options;
  const cwd = path.resolve(options.cwd ?? ".");
  if (before !== undefined && after !== undefined) {
    return compareFiles(cwd, before, after);
  }
  const client = await resolveOptions(
    after === undefined ? inputs : { ...inputs, spec: after },
  );
  return compareWithLast(client, cwd);
}

/**
 * Says what changed between two descriptions.
 *
 * @throws {DiagnosticError} when one of them cannot be read or makes no sense
 */
export async function compareFiles(
  cwd: string,
  before: string,
  after: string,
): Promise<SpecDiff> {
  const [old, current] = await Promise.all(
    [before, after].map((spec) => loadSpec(placeOf(cwd, spec))),
  );
  if (!old || !current) throw new Error("two descriptions were loaded");
  const model = modelOf(old);
  const { names } = model;
  return compareModels(
    model,
    modelOf(current, { names, snapshot: digestTexts(model) }),
    { before: openLocator(old, cwd), after: openLocator(current, cwd) },
  );
}

/**
 * Compares with the last run; what it kept has no texts, and no places but those in the old description.
 *
 * @throws {DiagnosticError} when the description cannot be read or makes no sense, or when nothing was generated yet
 */
export async function compareWithLast(
  { specs, references, overlays, out }: ResolvedOptions,
  cwd: string,
): Promise<SpecDiff> {
  const previous = previousModel(out, readPreviousRun(out));
  const { snapshot, names, warnings } = previous;
  if (!snapshot) {
    const reasons = warnings.map(({ message }) => `: ${message}`).join("");
    throw new DiagnosticError([
      diagnostic(
        "output-no-snapshot",
        `nothing is known of the description that the client was generated from${reasons}`,
        { location: startOf(path.join(out, lockFileName)) },
      ),
    ]);
  }
  const document = await loadSpec(specs, references, overlays);
  return compareModels(
    { ...snapshot, names },
    digestTexts(modelOf(document, previous)),
    { after: openLocator(document, cwd) },
  );
}

function modelOf(document: SpecDocument, previous?: PreviousModel): ApiModel {
  return buildModel(
    document,
    reservedNames,
    readErrorTables(document),
    previous,
  );
}
