import path from "node:path";
import { describe, expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { SpecDocument } from "../../generator/load/spec-document.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { buildModel } from "../../generator/model/build-model.js";
import { leftOut } from "../../generator/model/left-out.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

type Files = Readonly<Record<string, object>>;

function load(root: object, files: Files = {}): Promise<SpecDocument> {
  const folder = temporaryFolder(
    Object.fromEntries(
      Object.entries({ "openapi.json": root, ...files }).map(
        ([name, content]) => [name, JSON.stringify(content)],
      ),
    ),
  );
  return loadSpec(path.join(folder, "openapi.json"));
}

async function modelOf(root: object, files: Files = {}): Promise<ApiModel> {
  return buildModel(await load(root, files), reservedNames);
}

const info = { title: "Shelves", version: "1" };
const reference = (target: string): object => ({ $ref: target });
const empty = { "204": { description: "Done." } };
const answer = (schema: object): object => ({
  "200": { description: "Found.", content: { "application/json": { schema } } },
});
const query = (name: string): object => ({
  name,
  in: "query",
  required: true,
  schema: { type: "string" },
});

function withOperation(operation: object): object {
  return { openapi: "3.0.3", info, paths: { "/shelves": { get: operation } } };
}

/** Operations that refer in every place to what the first one has itself. */
const equals: readonly (readonly [string, object, Files])[] = [
  ["nothing", {}, {}],
  [
    "an operation",
    reference("parts/list.json"),
    {
      "parts/list.json": {
        operationId: "listShelves",
        parameters: [reference("query.json")],
        responses: answer({ type: "string" }),
      },
      "parts/query.json": query("room"),
    },
  ],
  [
    "all responses",
    { responses: reference("parts.json#/responses") },
    { "parts.json": { responses: answer({ type: "string" }) } },
  ],
  [
    "a list of parameters",
    { parameters: reference("parts/parameters.json") },
    {
      "parts/parameters.json": [reference("query.json#/room")],
      "parts/query.json": { room: query("room") },
    },
  ],
  [
    "the content of a response",
    {
      responses: {
        "200": { description: "Found.", content: reference("content.json") },
      },
    },
    { "content.json": { "application/json": { schema: { type: "string" } } } },
  ],
  [
    "a media type",
    {
      responses: {
        "200": {
          description: "Found.",
          content: { "application/json": reference("media.json") },
        },
      },
    },
    { "media.json": { schema: { type: "string" } } },
  ],
];

describe.each(equals)("a $ref in place of %s", (_, members, files) => {
  it("is followed", async () => {
    const whole = {
      operationId: "listShelves",
      parameters: [query("room")],
      responses: answer({ type: "string" }),
    };
    const { operations } = await modelOf(
      withOperation("$ref" in members ? members : { ...whole, ...members }),
      files,
    );
    expect(operations).toHaveLength(1);
    expect(operations[0]).toMatchObject({
      name: "listShelves",
      input: { parameters: [{ name: "room", in: "query" }] },
      output: { schema: { type: "string" }, mediaTypes: ["application/json"] },
    });
  });
});

it("what is grafted keeps its own place", async () => {
  const { operations } = await modelOf(withOperation(reference("list.json")), {
    "list.json": {
      responses: reference("parts.json#/responses"),
    },
    "parts.json": { responses: answer({ type: "string" }) },
  });
  expect(operations[0]).toMatchObject({
    origin: { file: "list.json" },
    output: {
      origin: {
        file: "parts.json",
        pointer: "#/responses/200/content/application~1json/schema",
      },
    },
  });
});

it("info, paths, servers and texts may be elsewhere", async () => {
  const model = await modelOf(
    {
      openapi: "3.1.0",
      info: reference("info.json"),
      servers: reference("servers.json"),
      paths: reference("paths/index.json"),
    },
    {
      "info.json": { ...info, description: reference("texts.json#/about") },
      "texts.json": { about: "About shelves." },
      "servers.json": [{ url: "https://shelves.example" }],
      "paths/index.json": { "/shelves": reference("shelves.json") },
      "paths/shelves.json": {
        get: { operationId: "listShelves", responses: empty },
      },
    },
  );
  expect(model).toMatchObject({
    title: "Shelves",
    serverUrl: "https://shelves.example",
    operations: [{ name: "listShelves" }],
  });
});

it("callbacks elsewhere are noted like others", async () => {
  const document = await load(
    withOperation({ responses: empty, callbacks: reference("calls.json") }),
    { "calls.json": { moved: { "{$request.query.url}": {} } } },
  );
  expect(leftOut(document)).toMatchObject([
    { message: "left out: 1 callback" },
  ]);
});

it.each([
  ["nowhere", "#/x-none", "spec-ref"],
  ["to something else", "#/info", "spec-unknown-field"],
  ["to a missing file", "none.json", "spec-ref"],
])("an operation that refers %s is refused", async (_, target, code) => {
  const error: unknown = await load({
    openapi: "3.0.3",
    info,
    paths: { "/shelves": { get: reference(target) } },
  }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DiagnosticError);
  expect((error as DiagnosticError).diagnostics).toContainEqual(
    expect.objectContaining({ code }),
  );
});

describe("operations beside a path item's $ref", () => {
  const named = (operationId: string, more: object = {}): object => ({
    operationId,
    responses: empty,
    ...more,
  });
  const items = {
    "/a/{id}": {
      parameters: [{ ...query("id"), in: "path" }],
      get: named("getA"),
      put: named("putA"),
    },
  };
  const shape = async (paths: object): Promise<readonly string[]> => {
    const { operations } = await modelOf({ openapi: "3.0.3", info, paths });
    return operations
      .map(
        ({ method, urlPath, name, input }) =>
          `${method} ${urlPath} ${name} ${(input?.parameters ?? []).map((each) => each.name).join(" ")}`,
      )
      .sort();
  };

  it("are kept, as are those of the target", async () => {
    expect(
      await shape({
        "/b/{id}": {
          $ref: "#/paths/~1a~1{id}",
          parameters: [query("room")],
          post: named("postB"),
          put: named("putB"),
        },
        ...items,
      }),
    ).toEqual([
      "GET /a/{id} getA id",
      "GET /b/{id} getA id room",
      "POST /b/{id} postB id room",
      "PUT /a/{id} putA id",
      "PUT /b/{id} putB id room",
    ]);
  });

  it("are kept along a chain", async () => {
    expect(
      await shape({
        "/c/{id}": { $ref: "#/paths/~1b~1{id}", delete: named("deleteC") },
        "/b/{id}": { $ref: "#/paths/~1a~1{id}", post: named("postB") },
        ...items,
      }),
    ).toEqual([
      "DELETE /c/{id} deleteC id",
      "GET /a/{id} getA id",
      "GET /b/{id} getA id",
      "GET /c/{id} getA id",
      "POST /b/{id} postB id",
      "POST /c/{id} postB id",
      "PUT /a/{id} putA id",
      "PUT /b/{id} putA id",
      "PUT /c/{id} putA id",
    ]);
  });

  it("may be alone, beside an empty target", async () => {
    expect(
      await shape({
        "/b": { $ref: "#/paths/~1a", get: named("getB") },
        "/a": {},
      }),
    ).toEqual(["GET /b getB "]);
  });
});
