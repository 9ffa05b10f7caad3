import { describe, expect, it } from "vitest";
import { jsonResponse, modelOf, specOf, successMeta } from "./spec-builder.js";
import {
  placeOperations,
  unnamedOperation,
} from "../../generator/model/operation-path.js";
import type { OutputModel } from "../../generator/model/api-model.js";

const thing = { type: "object", properties: { id: { type: "string" } } };

function placesOf(
  ...names: readonly (string | [string, string])[]
): readonly string[] {
  const operations = names.map((each) =>
    typeof each === "string"
      ? { name: each, tag: undefined }
      : { name: each[0], tag: each[1] },
  );
  return placeOperations(operations).map((path) => path.join("."));
}

describe("the place of an operation", () => {
  it("is what its name says", () => {
    expect(
      placesOf(
        "propay.execute",
        "workflow.requiredDocument.list",
        "repos/list-tags",
      ),
    ).toEqual([
      "propay.execute",
      "workflow.requiredDocument.list",
      "repos.listTags",
    ]);
  });

  it("is below its first tag when its name has no namespace", () => {
    expect(placesOf(["getPetById", "pet store"], "ping")).toEqual([
      "petStore.getPetById",
      "operations.ping",
    ]);
  });

  it("is never that of another operation or namespace, on no file system", () => {
    expect(placesOf("a.get", "a.Get", "a.g-e-t", "a.get.deep")).toEqual([
      "a.get2",
      "a.Get3",
      "a.gET4",
      "a.get.deep",
    ]);
  });

  it("is in one namespace with those of a namespace that differs only in case", () => {
    expect(
      placesOf(
        ["list", "Pets"],
        ["add", "pets"],
        "pets.Owners.a",
        "Pets.owners.b",
      ),
    ).toEqual(["Pets.list", "Pets.add", "Pets.Owners.a", "Pets.Owners.b"]);
  });

  it("is in the namespace as it was spelled before", () => {
    const operations = [
      { name: "add", tag: "Pets" },
      { name: "list", tag: "pets", former: "pets.list" },
    ];
    const places = placeOperations(operations, ["pets.list"]);
    expect(places.map((path) => path.join("."))).toEqual([
      "pets.add",
      "pets.list",
    ]);
  });

  it("is never a file that is taken", () => {
    expect(placesOf("a.index", "a.con")).toEqual(["a.index_", "a.con_"]);
    // A module that exports it is taken for a promise when it is imported.
    expect(placesOf("a.then", "then.a")).toEqual(["a.then_", "then_.a"]);
    expect(placesOf("aux.NUL.get", ["get", "Con"])).toEqual([
      "aux_.NUL_.get",
      "Con_.get",
    ]);
  });

  it("comes from method and path without an operationId", () => {
    expect(unnamedOperation("get", "/users/{user_id}/keys")).toBe(
      "users.getByUserIdKeys",
    );
    expect(unnamedOperation("post", "/")).toBe("root.post");
  });
});

describe("the input of an operation", () => {
  it("is its JSON body alone when there are no parameters", async () => {
    const { operations } = await modelOf({
      operations: {
        "a.set": {
          requestBody: {
            required: true,
            content: { "application/json": { schema: thing } },
          },
        },
      },
    });
    expect(operations[0]?.input).toMatchObject({
      schema: thing,
      isRequired: true,
      parameters: [],
      mediaType: undefined,
    });
  });

  it("has its parameters by place, those of the operation before those of its path", async () => {
    const spec = specOf({ operations: {} });
    const { operations } = await modelOf({
      operations: {},
      more: {
        ...spec,
        paths: {
          "/things/{id}": {
            parameters: [
              {
                name: "id",
                in: "path",
                required: true,
                schema: { type: "string" },
              },
              { name: "page", in: "query", schema: { type: "string" } },
            ],
            get: {
              parameters: [
                { name: "page", in: "query", schema: { type: "integer" } },
              ],
              responses: { "200": jsonResponse(thing) },
            },
          },
        },
      },
    });
    expect(operations[0]).toMatchObject({
      name: "things.getById",
      method: "GET",
      effect: "read",
      output: { place: "body", mayBeEmpty: false },
      input: {
        isRequired: true,
        parameters: [
          { name: "id", in: "path" },
          { name: "page", in: "query" },
        ],
        schema: {
          required: ["path"],
          properties: {
            path: { required: ["id"] },
            query: { required: [], properties: { page: { type: "integer" } } },
          },
        },
      },
    });
  });
});

it("a parameter with a text of its own refers to its schema by the schema's name", async () => {
  const { operations } = await modelOf({
    operations: {
      "a.list": {
        parameters: [
          {
            name: "state",
            in: "query",
            description: "Only things in this state.",
            schema: { $ref: "#/components/schemas/thing-state" },
          },
        ],
      },
    },
    components: { schemas: { "thing-state": { type: "string" } } },
  });
  const query = {
    properties: {
      state: {
        allOf: [{ $ref: "#/components/schemas/ThingState" }],
        description: "Only things in this state.",
      },
    },
  };
  expect(operations[0]?.input?.schema).toMatchObject({ properties: { query } });
});

/** What an operation with a single response answers with. */
async function outputOf(response: object): Promise<OutputModel> {
  const { operations } = await modelOf({
    operations: { "a.get": { responses: { "200": response } } },
  });
  const [operation] = operations;
  if (!operation) throw new Error("there is no operation");
  return operation.output;
}

describe("the output of an operation", () => {
  it("is a list of results in a batch", async () => {
    const item = {
      oneOf: [
        {
          type: "object",
          properties: { status: { const: "SUCCESS" }, data: thing },
        },
        {
          type: "object",
          properties: {
            status: { const: "ERROR" },
            errors: {
              type: "array",
              items: { oneOf: [{ properties: { code: { const: "BAD" } } }] },
            },
          },
        },
      ],
    };
    const { operations, errors } = await modelOf({
      operations: {
        "a.addAll": {
          responses: {
            "200": jsonResponse({
              type: "object",
              properties: {
                meta: successMeta,
                results: { type: "array", items: item },
              },
            }),
          },
        },
      },
    });
    expect(operations[0]?.output).toMatchObject({
      place: "results",
      schema: thing,
      mayBeEmpty: false,
    });
    expect(operations[0]?.identifiers.itemError).toBe("AAddAllItemError");
    expect(errors.entries.map(({ key, statuses }) => [key, statuses])).toEqual([
      ["BAD", []],
    ]);
  });

  const status = { type: "string" };
  const metaWith = (schema: object): object => ({
    allOf: [{ type: "object" }, { properties: { status: schema } }],
  });
  it.each([
    ["its meta has the API's status", metaWith({ enum: ["SUCCESS", "ERROR"] })],
    ["the status may grow", metaWith({ "x-extensible-enum": ["SUCCESS"] })],
    [
      "its status has such an example",
      metaWith({ ...status, example: "SUCCESS" }),
    ],
  ])("is the data of an envelope where %s", async (_, meta) => {
    const schema = { properties: { meta, data: thing } };
    expect(await outputOf(jsonResponse(schema))).toMatchObject({
      place: "data",
      schema: thing,
    });
  });

  it.each([
    ["an example of the body", { value: { meta: { status: "SUCCESS" } } }, {}],
    ["the extension", {}, { "x-kompliant-envelope": true }],
  ])("is the data of an envelope where %s says so", async (_, one, said) => {
    const schema = { ...said, properties: { meta: {}, data: thing } };
    const content = { "application/json": { schema, examples: { one } } };
    expect(await outputOf({ description: "", content })).toMatchObject({
      place: "data",
      schema: thing,
    });
  });

  it.each([
    ["no status", { properties: { total: { type: "integer" } } }, {}],
    ["nothing", { type: "object" }, {}],
    ["a status of another API", metaWith({ enum: ["ok"] }), {}],
    [
      "a status that the extension denies",
      successMeta,
      { "x-kompliant-envelope": false },
    ],
  ])("is the whole body where meta has %s", async (_, meta, said) => {
    const schema = {
      type: "object",
      properties: { meta, data: thing },
      ...said,
    };
    const { place, schema: described } = await outputOf(jsonResponse(schema));
    expect(place).toBe("body");
    expect(described).toHaveProperty(["properties", "data"], thing);
  });

  it("is the whole body where results stand beside the meta of another API", async () => {
    const item = {
      oneOf: [{ properties: { data: thing } }, { properties: { errors: {} } }],
    };
    const results = { type: "array", items: item };
    const schema = { type: "object", properties: { meta: {}, results } };
    const { place } = await outputOf(jsonResponse(schema));
    expect(place).toBe("body");
  });

  it("is any of the bodies of its successes, or nothing", async () => {
    const spec = specOf({ operations: {} });
    const { operations } = await modelOf({
      operations: {},
      more: {
        ...spec,
        paths: {
          "/a": {
            get: {
              operationId: "a.get",
              responses: {
                "200": jsonResponse(thing),
                "204": { description: "" },
              },
            },
          },
          "/b": {
            get: {
              operationId: "b.get",
              responses: { "204": { description: "" } },
            },
          },
          "/c": {
            get: {
              operationId: "c.get",
              responses: {
                "200": { description: "", content: { "image/png": {} } },
              },
            },
          },
        },
      },
    });
    expect(operations.map(({ output }) => output)).toMatchObject([
      { place: "body", schema: thing, mayBeEmpty: true },
      { place: "body", schema: false, mayBeEmpty: true },
      {
        place: "body",
        schema: { type: "string", format: "binary" },
        mayBeEmpty: false,
      },
    ]);
  });
});
