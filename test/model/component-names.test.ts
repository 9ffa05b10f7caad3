import path from "node:path";
import { expect, it } from "vitest";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { buildModel } from "../../generator/model/build-model.js";
import { noPreviousModel } from "../../generator/model/previous-model.js";
import type { PreviousModel } from "../../generator/model/previous-model.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

/** The model of a description whose only operation returns an object of the given references. */
async function modelWith(
  properties: readonly string[],
  components: Readonly<Record<string, object>>,
  files: Readonly<Record<string, object>> = {},
  previous: PreviousModel = noPreviousModel,
): Promise<ApiModel> {
  const schema = {
    type: "object",
    properties: Object.fromEntries(
      properties.map((target, index) => [
        `p${String(index)}`,
        { $ref: target },
      ]),
    ),
  };
  const document = {
    openapi: "3.1.0",
    info: { title: "Names", version: "1" },
    paths: {
      "/things": {
        get: {
          operationId: "listThings",
          responses: {
            "200": {
              description: "Things.",
              content: { "application/json": { schema } },
            },
          },
        },
      },
    },
    components: { schemas: components },
  };
  const texts = Object.entries({ "openapi.json": document, ...files }).map(
    ([name, content]) => [name, JSON.stringify(content)] as const,
  );
  const folder = temporaryFolder(Object.fromEntries(texts));
  const spec = await loadSpec(path.join(folder, "openapi.json"));
  return buildModel(spec, [], undefined, previous);
}

function typesOf({ schemas }: ApiModel): readonly string[] {
  return schemas.map(({ name, schema }) =>
    typeof schema === "object" && typeof schema["$ref"] === "string"
      ? `${name} = ${schema["$ref"].replace("#/components/schemas/", "")}`
      : name,
  );
}

const component = (name: string): string => `#/components/schemas/${name}`;
const record = { type: "object", properties: { note: { type: "string" } } };
const other = { type: "object", properties: { size: { type: "number" } } };

it("calls a file after the component that refers to it, wherever it is used", async () => {
  const model = await modelWith(
    [component("Holder"), "./parts/holder_record.json"],
    { Holder: { $ref: "./parts/holder_record.json" } },
    { "parts/holder_record.json": record },
  );
  expect(typesOf(model)).toEqual(["Holder"]);
  const used = await modelWith(
    ["./parts/holder_record.json"],
    { Holder: { $ref: "./parts/holder_record.json" } },
    { "parts/holder_record.json": record },
  );
  expect(typesOf(used)).toEqual(["Holder"]);
});

it("calls a part of another file after the component", async () => {
  const model = await modelWith(
    [component("Holder")],
    { Holder: { $ref: "./parts.json#/definitions/Person" } },
    { "parts.json": { definitions: { Person: record } } },
  );
  expect(typesOf(model)).toEqual(["Holder"]);
});

it("tells files of the same name apart by their components", async () => {
  const model = await modelWith(
    [component("Account"), component("Branch")],
    {
      Account: { $ref: "./account/index.json" },
      Branch: { $ref: "./branch/index.json" },
    },
    { "account/index.json": record, "branch/index.json": other },
  );
  expect(typesOf(model)).toEqual(["Account", "Branch"]);
});

it("exports every component that refers to another one", async () => {
  const model = await modelWith([component("Third")], {
    First: record,
    Second: { $ref: component("First") },
    Third: { $ref: component("Second") },
  });
  const types = typesOf(model);
  expect(types).toEqual(["First", "Second = First", "Third = First"]);
});

it("makes the first of two components the type of a file", async () => {
  const model = await modelWith(
    [component("Sender"), component("Receiver")],
    {
      Sender: { $ref: "./party.json" },
      Receiver: { $ref: "./party.json" },
    },
    { "party.json": record },
  );
  expect(typesOf(model)).toEqual(["Receiver", "Sender = Receiver"]);
});

it("gives a component its name before a file of that name", async () => {
  const model = await modelWith(
    ["./Account.json", component("Account")],
    { Account: { $ref: "./z.json" } },
    { "Account.json": other, "z.json": record },
  );
  expect(typesOf(model)).toEqual(["Account", "Account2"]);
  expect(model.names["z.json#/"]).toBe("Account");
});

it("keeps names when the description is bundled into one file", async () => {
  const text = { type: "string" };
  const inFiles = await modelWith(
    [component("Account"), component("Branch")],
    {
      Account: { $ref: "./account/index.json" },
      Branch: { $ref: "./branch/index.json" },
    },
    { "account/index.json": text, "branch/index.json": text },
  );
  const { names, ...snapshot } = inFiles;
  const previous = { names, snapshot };
  const bundled = await modelWith(
    [component("Account"), component("Branch")],
    { Account: text, Branch: text },
    {},
    previous,
  );
  expect(typesOf(bundled)).toEqual(typesOf(inFiles));
});

it("never moves the name that a file has in a client", async () => {
  const files = { "parts/holder_record.json": record };
  const { names, ...snapshot } = await modelWith(
    ["./parts/holder_record.json"],
    {},
    files,
  );
  const model = await modelWith(
    ["./parts/holder_record.json"],
    { Holder: { $ref: "./parts/holder_record.json" } },
    files,
    { names, snapshot },
  );
  expect(typesOf(model)).toEqual(["HolderRecord"]);
});
