import path from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare-models.js";
import { emitClient } from "../../generator/emit/emit-client.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { buildModel } from "../../generator/model/build-model.js";

type Json = Record<string, unknown>;

/** Keys of a place in the model. */
type Place = readonly string[];

let model: ApiModel;
let places: readonly Place[];
let before: string;

beforeAll(async () => {
  const spec = path.resolve("spec/2025-03-24/openapi.yaml");
  model = buildModel(await loadSpec(spec), reservedNames);
  places = ["operations", "schemas", "webhooks", "errors"].flatMap((part) =>
    schemaPlaces((model as unknown as Json)[part], [part]),
  );
  before = textOf(model);
});

/** Keywords whose value is no schema but holds some. */
const maps: ReadonlySet<string> = new Set(["properties", "discriminator"]);

/** Places of keywords and properties below the schemas of a value. */
function schemaPlaces(value: unknown, place: Place): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const isSchema = "type" in value || "$ref" in value || "oneOf" in value;
  return Object.entries(value).flatMap(([key, member]) => [
    ...((isSchema && !maps.has(key)) || place.at(-1) === "properties"
      ? [[...place, key]]
      : []),
    ...schemaPlaces(member, [...place, key]),
  ]);
}

function textOf(each: ApiModel): string {
  return emitClient(each, { importExtension: ".js" })
    .map(({ text }) => text)
    .join("\0");
}

/** The model without what stands at a place, or with something else there. */
function mutated(place: Place, isRemoval: boolean): ApiModel {
  const copy = JSON.parse(JSON.stringify(model)) as ApiModel;
  const keys = [...place];
  const last = keys.pop() ?? "";
  const holder = keys.reduce(
    (value, key) => value[key] as Json,
    copy as unknown as Json,
  );
  if (isRemoval) Reflect.deleteProperty(holder, last);
  else holder[last] = another(holder[last], last);
  return copy;
}

/** Another value of the same kind. */
function another(value: unknown, key: string): unknown {
  if (key === "type") return value === "integer" ? "boolean" : "integer";
  if (Array.isArray(value)) return value.slice(1);
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return key === "$ref" ? value : `${value}x`;
  return { type: "boolean" };
}

describe("whatever changes the client", () => {
  it("is found by the comparison", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.boolean(),
        (place, isRemoval) => {
          // What a list of values is made of says its type as well.
          if (isRemoval && place.at(-1) === "type") return;
          const changed = mutated(place, isRemoval);
          if (textOf(changed) === before) return;
          const { changes } = compareModels(model, changed);
          expect(changes.length, place.join("/")).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
