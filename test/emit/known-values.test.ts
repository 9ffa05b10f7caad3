import { describe, expect, it } from "vitest";
import { knownValues } from "../../generator/emit/emit-drift.js";
import { jsonResponse, modelOf, successMeta } from "../model/spec-builder.js";

const color = { type: "string", "x-extensible-enum": ["RED"] };
const size = { type: "string", enum: ["S", "M"] };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object) => ({ type: "object", properties });

/** What the hook would know of an operation that brings `data`. */
async function knownIn(data: object, schemas: Record<string, object> = {}) {
  const model = await modelOf({
    operations: {
      "thing.get": {
        responses: { "200": jsonResponse(object({ meta: successMeta, data })) },
      },
    },
    components: { schemas },
  });
  const { operations, shapes } = knownValues(model);
  return { data: operations["thing.get"], shapes };
}

describe("the known values of an operation", () => {
  it("are those of its enums, open or closed, wherever they stand", async () => {
    const data = object({
      color,
      many: { type: "array", items: size },
      map: { type: "object", additionalProperties: color },
      name: { type: "string" },
    });
    expect(await knownIn(data)).toEqual({
      data: {
        color: ["RED"],
        many: { "*": ["S", "M"] },
        map: { "*": ["RED"] },
      },
      shapes: {},
    });
  });

  it("are shared where schemas are, also when these contain themselves", async () => {
    const schemas = {
      Node: object({ color: ref("Color"), next: ref("Node") }),
      Color: color,
      Plain: object({ next: ref("Plain") }),
    };
    const data = object({ root: ref("Node"), plain: ref("Plain") });
    expect(await knownIn(data, schemas)).toEqual({
      data: { root: "Node" },
      shapes: { Color: ["RED"], Node: { color: "Color", next: "Node" } },
    });
  });

  it("are gathered from every member of allOf, and from the one alternative to null", async () => {
    const schemas = { Base: object({ color, inner: object({ size }) }) };
    const data = {
      allOf: [ref("Base"), object({ inner: object({ color }) })],
      type: "object",
      properties: { maybe: { anyOf: [size, { type: "null" }] } },
    };
    expect((await knownIn(data, schemas)).data).toEqual({
      maybe: ["S", "M"],
      color: ["RED"],
      inner: { size: ["S", "M"], color: ["RED"] },
    });
  });

  it("are not guessed where there are alternatives", async () => {
    const data = object({ either: { oneOf: [color, { type: "string" }] } });
    expect(await knownIn(data)).toEqual({ data: undefined, shapes: {} });
  });

  it("end where a schema contains itself through allOf", async () => {
    const schemas = {
      Alone: object({ color, next: { allOf: [ref("Alone")] } }),
      Mixed: object({
        color,
        next: { allOf: [ref("Mixed"), object({ size })] },
      }),
    };
    const data = object({ alone: ref("Alone"), mixed: ref("Mixed") });
    expect(await knownIn(data, schemas)).toEqual({
      data: { alone: "Alone", mixed: "Mixed" },
      shapes: {
        Alone: { color: ["RED"], next: "Alone" },
        Mixed: {
          color: ["RED"],
          next: {
            color: ["RED"],
            next: { size: ["S", "M"] },
            size: ["S", "M"],
          },
        },
      },
    });
  });
});
