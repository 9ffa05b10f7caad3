import { describe, expect, it } from "vitest";
import { jsonResponse, modelOf, successMeta } from "./spec-builder.js";
import type { SpecParts } from "./spec-builder.js";

function withData(data: object, schemas: object): SpecParts {
  const body = { type: "object", properties: { meta: successMeta, data } };
  return {
    operations: { "a.get": { responses: { "200": jsonResponse(body) } } },
    components: { schemas },
  };
}

const reference = (name: string): object => ({
  $ref: `#/components/schemas/${name}`,
});

describe("named schemas", () => {
  it("are those that are referred to, and no other", async () => {
    const { schemas } = await modelOf(
      withData(reference("Used"), {
        Used: { type: "object", properties: { inner: reference("Inner") } },
        Inner: { type: "string" },
        Unused: { type: "string" },
      }),
    );
    expect(schemas.map(({ name }) => name)).toEqual(["Inner", "Used"]);
  });

  it("may refer to themselves and to each other", async () => {
    const { schemas } = await modelOf(
      withData(reference("Tree"), {
        Tree: {
          type: "object",
          properties: { children: { type: "array", items: reference("Tree") } },
        },
      }),
    );
    expect(schemas[0]?.schema).toMatchObject({
      properties: { children: { items: reference("Tree") } },
    });
  });

  it("are resolved through chains of references", async () => {
    const { schemas, operations } = await modelOf(
      withData(reference("Alias"), {
        Alias: reference("Real"),
        Real: { type: "string" },
      }),
    );
    expect(schemas.map(({ name, schema }) => [name, schema])).toEqual([
      ["Alias", reference("Real")],
      ["Real", { type: "string" }],
    ]);
    expect(operations[0]?.output.schema).toEqual(reference("Real"));
  });

  it("have a form for requests whose name does not repeat itself", async () => {
    const item = {
      type: "object",
      properties: {
        id: { type: "string", readOnly: true },
        label: { type: "string" },
      },
    };
    const content = (name: string): object => ({
      "application/json": { schema: reference(name) },
    });
    const { schemas } = await modelOf({
      operations: {
        "a.add": { requestBody: { content: content("AddRequest") } },
        "b.add": { requestBody: { content: content("Item") } },
      },
      components: {
        schemas: {
          AddRequest: {
            type: "object",
            properties: { item, again: reference("AddRequest") },
          },
          Item: {
            type: "object",
            properties: { inner: item, parent: reference("Item") },
          },
        },
      },
    });
    expect(schemas.map(({ name }) => name)).toEqual([
      "AddRequestInput",
      "ItemRequest",
    ]);
  });

  it("keep their names when a tag has the same", async () => {
    const body = { type: "object", properties: { data: reference("Invoice") } };
    const { schemas, operations } = await modelOf({
      operations: {
        listInvoices: {
          tags: ["Invoice"],
          responses: { "200": jsonResponse(body) },
        },
      },
      components: { schemas: { Invoice: { type: "string", maxLength: 9 } } },
    });
    expect(schemas.map(({ name }) => name)).toEqual(["Invoice"]);
    expect(operations[0]?.path).toEqual(["invoice", "listInvoices"]);
  });

  it("get distinct names when their keys fold to the same", async () => {
    const { schemas } = await modelOf(
      withData(
        {
          type: "object",
          properties: { a: reference("thing_id"), b: reference("ThingId") },
        },
        { thing_id: { type: "string" }, ThingId: { type: "integer" } },
      ),
    );
    expect(schemas.map(({ name, schema }) => [name, schema])).toEqual([
      ["ThingId", { type: "integer" }],
      ["ThingId2", { type: "string" }],
    ]);
  });

  it("never get a name that the client exports itself", async () => {
    const { schemas } = await modelOf(
      withData(reference("Result"), { Result: { type: "string" } }),
      ["Result"],
    );
    expect(schemas.map(({ name }) => name)).toEqual(["Result2"]);
  });

  it("keep properties that are called like keywords", async () => {
    const { operations } = await modelOf(
      withData(
        {
          type: "object",
          properties: {
            mapping: { type: "string" },
            $ref: { type: "string" },
            items: { type: "object" },
          },
        },
        {},
      ),
    );
    expect(operations[0]?.output.schema).toEqual({
      type: "object",
      properties: {
        mapping: { type: "string" },
        $ref: { type: "string" },
        items: { type: "object" },
      },
    });
  });

  it("know where they stand", async () => {
    const { schemas, operations } = await modelOf(
      withData(reference("Used"), { Used: { type: "string" } }),
    );
    expect(schemas[0]?.origin).toEqual({
      file: "spec.json",
      pointer: "#/components/schemas/Used",
    });
    expect(operations[0]?.origin).toEqual({
      file: "spec.json",
      pointer: "#/paths/~1a.get/post",
    });
  });
});
