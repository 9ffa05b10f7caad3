import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseYaml, stringifyYaml } from "@redocly/openapi-core";
import type { SpecDiff } from "../../../generator/diff/change.js";
import { compareModels } from "../../../generator/diff/compare-models.js";
import { exportedNames } from "../../../generator/diff/exported-names.js";
import { emitClient } from "../../../generator/emit/emit-client.js";
import { reservedNames } from "../../../generator/emit/reserved-names.js";
import { loadSpec } from "../../../generator/load/load-spec.js";
import type { ApiModel } from "../../../generator/model/api-model.js";
import { buildModel } from "../../../generator/model/build-model.js";
import { digestTexts } from "../../../generator/model/digest-texts.js";
import { readErrorTables } from "../../../generator/model/error-tables.js";
import { noPreviousModel } from "../../../generator/model/previous-model.js";

/** A change of one file of a description. */
export interface Edit {
  readonly file: string;
  /** Keys of the place, separated by spaces. */
  readonly at: string;
  /** Undefined when what stands there is taken away. */
  readonly value: unknown;
}

/** What a change of the shipped description does to the client that was generated from it before. */
export interface Outcome {
  readonly diff: SpecDiff;
  /** Files of the client that are written anew, created or deleted; without the lock and the snapshot. */
  readonly files: readonly string[];
  /** Exported identifiers that are new, and those that are gone: `+Name`, `-Name`. */
  readonly names: readonly string[];
  /** Elements of the description that go by another identifier than before. */
  readonly renamed: readonly string[];
}

interface Generated {
  readonly model: ApiModel;
  readonly files: ReadonlyMap<string, string>;
}

const shippedFolder = path.resolve("spec/2025-03-24");

async function generateFrom(
  folder: string,
  previous: ApiModel | undefined,
): Promise<Generated> {
  const document = await loadSpec(path.join(folder, "openapi.yaml"));
  const model = buildModel(
    document,
    reservedNames,
    readErrorTables(document),
    previous
      ? { names: previous.names, snapshot: digestTexts(previous) }
      : noPreviousModel,
  );
  const files = emitClient(model, { importExtension: ".js" });
  return {
    model,
    files: new Map(files.map(({ path: name, text }) => [name, text])),
  };
}

let shipped: Promise<Generated> | undefined;

/** Generates from the shipped description, changes it, and generates again. */
export async function rehearse(edits: readonly Edit[]): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), "bump-"));
  try {
    cpSync(shippedFolder, folder, { recursive: true });
    for (const edit of edits) applyEdit(folder, edit);
    return await outcomeOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the description in a folder does to the client of the shipped one. */
export async function outcomeOf(folder: string): Promise<Outcome> {
  const before = await (shipped ??= generateFrom(shippedFolder, undefined));
  const after = await generateFrom(folder, before.model);
  return {
    diff: compareModels(before.model, after.model),
    files: differingKeys(before.files, after.files),
    names: namesThatDiffer(before.model, after.model),
    renamed: Object.entries(before.model.names)
      .filter(([key, name]) => (after.model.names[key] ?? name) !== name)
      .map(([key]) => key),
  };
}

function applyEdit(folder: string, { file, at, value }: Edit): void {
  const name = path.join(folder, file);
  const document = existsSync(name)
    ? (parseYaml(readFileSync(name, "utf8")) as Map)
    : {};
  const keys = at.split(" ");
  const last = keys.pop() ?? "";
  const holder = keys.reduce((map, key) => map[key] as Map, document);
  if (Array.isArray(holder) && last === "+") holder.push(value);
  else if (Array.isArray(holder) && value === undefined) {
    holder.splice(Number(last), 1);
  } else if (value === undefined) {
    if (!Object.hasOwn(holder, last)) throw new Error(`${file} has no ${at}`);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a parsed document is a map
    delete holder[last];
  } else holder[last] = value;
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(name, stringifyYaml(document, { noRefs: true, lineWidth: -1 }));
}

type Map = Record<string, unknown>;

function differingKeys(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();
}

function namesThatDiffer(before: ApiModel, after: ApiModel): readonly string[] {
  const old = exportedNames(before);
  const current = exportedNames(after);
  return [
    ...[...current.keys()]
      .filter((name) => !old.has(name))
      .map((name) => `+${name}`),
    ...[...old.keys()]
      .filter((name) => !current.has(name))
      .map((name) => `-${name}`),
  ].sort();
}
