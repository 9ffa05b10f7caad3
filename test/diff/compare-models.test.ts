import fc from "fast-check";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare-models.js";
import { diff } from "../../generator/diff/diff.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { buildModel } from "../../generator/model/build-model.js";
import { errorResponse, errorSchema } from "../model/spec-builder.js";
import { apiWith, diffOf, jsonBody, objectOf } from "./diff-builder.js";

const spec = path.resolve("spec/2025-03-24/openapi.yaml");

async function shippedModel(): Promise<ApiModel> {
  return buildModel(await loadSpec(spec), []);
}

describe("a comparison", () => {
  it("of the shipped description with itself is empty", async () => {
    const result = await diff({ before: spec, after: spec });
    expect(result).toMatchObject({
      changes: [],
      bump: undefined,
      breaksWithinVersion: false,
    });
  });

  it("does not depend on the order in which anything is written", async () => {
    const model = await shippedModel();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const shuffled = shuffle(model, seed) as ApiModel;
        expect(compareModels(model, shuffled).changes).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  it("works on stored models", async () => {
    const model = await shippedModel();
    const stored = JSON.parse(JSON.stringify(model)) as ApiModel;
    expect(compareModels(stored, model).changes).toEqual([]);
  });

  it("reports every removed keyword of any schema", async () => {
    const model = await shippedModel();
    const places = model.schemas.flatMap(({ name, schema }) =>
      Object.keys(schema).map((keyword) => ({ name, keyword })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), ({ name, keyword }) => {
        const changed: ApiModel = {
          ...model,
          schemas: model.schemas.map((each) => {
            if (each.name !== name || typeof each.schema === "boolean") {
              return each;
            }
            const entries = Object.entries(each.schema);
            const rest = entries.filter(([key]) => key !== keyword);
            return { ...each, schema: Object.fromEntries(rest) };
          }),
        };
        const { changes } = compareModels(model, changed);
        const isImplied = keyword === "type";
        expect(changes.length > 0 || isImplied).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("reports a shared schema once, with the operations and directions that it reaches", async () => {
    const shared = { $ref: "#/components/schemas/Shared" };
    const api = (schema: object): Parameters<typeof diffOf>[0] => {
      const set = apiWith({ input: { a: shared }, data: { b: shared } });
      return {
        operations: {
          ...set.operations,
          "thing.get":
            apiWith({ data: { list: { items: shared } } }).operations[
              "thing.set"
            ] ?? {},
        },
        components: { schemas: { Shared: schema } },
      };
    };
    const { changes } = await diffOf(
      api(objectOf({ id: { type: "string" } })),
      api(objectOf({ id: { type: "string" } }, ["id"])),
    );
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      id: "property-became-required",
      level: "breaking",
      subject: "Shared",
      operations: ["thing.get", "thing.set"],
      directions: ["request", "response"],
      before: { pointer: "#/components/schemas/Shared/properties/id" },
    });
  });

  it("ends on schemas that contain themselves", async () => {
    const api = (more: object): Parameters<typeof diffOf>[0] =>
      apiWith({
        data: { root: { $ref: "#/components/schemas/Node" } },
        schemas: {
          Node: objectOf({
            child: { $ref: "#/components/schemas/Node" },
            inline: {
              ...objectOf({ x: { type: "string" } }),
              allOf: [{ $ref: "#/components/schemas/Node" }],
            },
            ...more,
          }),
        },
      });
    const { changes } = await diffOf(
      api({}),
      api({ extra: { type: "string" } }),
    );
    expect(changes.map(({ id }) => id)).toContain("property-added");
    expect((await diffOf(api({}), api({}))).changes).toEqual([]);
  });

  it("sees what one part of an allOf adds to a property of another", async () => {
    const api = (kind: string): Parameters<typeof diffOf>[0] =>
      apiWith({
        data: { root: { $ref: "#/components/schemas/Node" } },
        schemas: {
          Kind: { type: "string", "x-extensible-enum": ["A", "B", "C"] },
          Base: objectOf({
            kind: { $ref: "#/components/schemas/Kind" },
            child: { $ref: "#/components/schemas/Node" },
          }),
          Node: {
            allOf: [
              { $ref: "#/components/schemas/Base" },
              objectOf({
                kind: { const: kind },
                child: {
                  allOf: [{ $ref: "#/components/schemas/Node" }],
                  ...objectOf({ child: objectOf({}) }),
                },
              }),
            ],
          },
        },
      });
    expect((await diffOf(api("A"), api("A"))).changes).toEqual([]);
    const { changes } = await diffOf(api("A"), api("B"));
    expect(changes.map(({ id, message }) => [id, message])).toEqual([
      ["enum-value-removed", '`kind`: value `"A"` was removed'],
      ["enum-value-added", '`kind`: new value `"B"`'],
    ]);
  });

  it("compares a schema that was moved out of line with what it was", async () => {
    const { changes } = await diffOf(
      apiWith({ data: { a: objectOf({ b: { type: "string" } }) } }),
      apiWith({
        data: { a: { $ref: "#/components/schemas/A" } },
        schemas: { A: objectOf({ b: { type: "number" } }) },
      }),
    );
    expect(changes.map(({ id, message }) => [id, message])).toEqual([
      ["type-changed", "`b`: type string became number"],
    ]);
  });

  it("says when breaking changes come without a new version", async () => {
    const api = (
      version: string,
      type: string,
    ): Parameters<typeof diffOf>[0] => ({
      ...apiWith({ data: { a: { type } } }),
      more: { info: { title: "Test", version } },
    });
    const within = await diffOf(api("1", "string"), api("1", "number"));
    expect(within.breaksWithinVersion).toBe(true);
    const across = await diffOf(api("1", "string"), api("2", "number"));
    expect(across.breaksWithinVersion).toBe(false);
  });

  it("suggests a version by the weightiest change", async () => {
    const api = (
      description: string,
      input: object,
    ): Parameters<typeof diffOf>[0] =>
      apiWith({
        operation: {
          description,
          requestBody: jsonBody(objectOf({ ...input })),
        },
      });
    const text = { type: "string" };
    const bumpOf = async (
      before: Parameters<typeof diffOf>[0],
      after: Parameters<typeof diffOf>[0],
    ): Promise<string | undefined> => (await diffOf(before, after)).bump;
    expect(await bumpOf(api("A", {}), api("B", {}))).toBe("patch");
    expect(await bumpOf(api("A", {}), api("B", { a: text }))).toBe("minor");
    expect(await bumpOf(api("A", { a: text }), api("B", {}))).toBe("major");
  });

  it("keeps text out of the descriptions between back-ticks and on one line", async () => {
    const { changes } = await diffOf(
      {
        operations: {
          "a.set": { responses: { "400": errorResponse(errorSchema("A")) } },
        },
      },
      {
        operations: {
          "a.set": {
            responses: {
              "400": errorResponse(
                errorSchema("A"),
                errorSchema("`\n# x\u001b[0m"),
              ),
            },
          },
        },
      },
    );
    expect(changes.map(({ message }) => message)).toEqual([
      "new error code: `'\u{fffd}# x\u{fffd}[0m`",
    ]);
  });
});

/** The same value with lists whose order means nothing, and all maps, in another order. */
function shuffle(value: unknown, seed: number, key?: string): unknown {
  let state = seed | 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 0;
  };
  const mix = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, rank: random() }))
      .sort((left, right) => left.rank - right.rank)
      .map(({ item }) => item);
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffle(item, random()));
    const isUnordered = [
      "enum",
      "required",
      "oneOf",
      "anyOf",
      "type",
      "x-extensible-enum",
    ].includes(key ?? "");
    return isUnordered ? mix(items) : items;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      mix(Object.entries(value)).map(([name, member]) => [
        name,
        shuffle(member, random(), name),
      ]),
    );
  }
  return value;
}
