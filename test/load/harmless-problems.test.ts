import path from "node:path";
import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { SpecDocument } from "../../generator/load/spec-document.js";
import { buildModel } from "../../generator/model/build-model.js";
import { leftOut } from "../../generator/model/left-out.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

function load(text: string): Promise<SpecDocument> {
  const folder = temporaryFolder({ "openapi.yaml": text });
  return loadSpec(path.join(folder, "openapi.yaml"));
}

const codes = ({ warnings }: SpecDocument): readonly string[] =>
  warnings.map(({ code }) => code);

it("takes numbers and truth values for the texts that are written", async () => {
  const document = await load(`openapi: 3.0.3
info: { title: 2024, version: 1.0, description: yes }
tags: [{ name: 1.50, description: 7 }]
paths:
  /a:
    get:
      operationId: a.get
      tags: [1.50]
      summary: 0x10
      description: true
      responses: { 204: { description: 404 } }
`);
  expect(new Set(codes(document))).toEqual(new Set(["spec-sloppy"]));
  expect(document.warnings).toHaveLength(8);
  expect(buildModel(document, reservedNames)).toMatchObject({
    title: "2024",
    version: "1.0",
    operations: [
      {
        name: "a.get",
        documentation: {
          description: expect.stringContaining("true") as string,
        },
      },
    ],
  });
});

it("insists on texts where the client depends on them", async () => {
  const error: unknown = await load(`openapi: 3.0.3
info: { title: A, version: "1" }
paths: { /a: { get: { operationId: 1, responses: {} } } }
`).catch((thrown: unknown) => thrown);
  expect((error as DiagnosticError).diagnostics).toMatchObject([
    { code: "spec-value", severity: "error" },
  ]);
});

it("does without descriptions of responses", async () => {
  const document = await load(`openapi: 3.0.3
info: { title: A, version: "1" }
paths: { /a: { get: { responses: { "204": {} } } } }
`);
  expect(document.warnings).toMatchObject([
    { code: "spec-sloppy", message: 'the field "description" is missing' },
  ]);
});

it.each(["3.0.3", "3.1.0"])(
  "notes that components alone make no client in %s",
  async (version) => {
    const document = await load(`openapi: ${version}
info: { title: A, version: "1" }
components: { schemas: { A: { type: string } } }
`);
    expect(codes(document)).toEqual(version === "3.0.3" ? ["spec-sloppy"] : []);
    expect(leftOut(document)).toMatchObject([
      { message: "left out: components that no operation uses" },
    ]);
  },
);

it("insists on paths where there are no components", async () => {
  await expect(
    load('openapi: 3.0.3\ninfo: { title: A, version: "1" }\n'),
  ).rejects.toBeInstanceOf(DiagnosticError);
});

it("leaves out values of a discriminator that lead to no schema", async () => {
  const document = await load(`openapi: 3.0.3
info: { title: A, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: Found.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }]
      discriminator:
        propertyName: kind
        mapping:
          cat: "#/components/schemas/Cat"
          dog: Dog
          cow: "#/components/schemas/Cow"
          owl: Owl
    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
`);
  expect(document.warnings).toMatchObject([
    { code: "spec-sloppy", location: { line: 19 } },
    { code: "spec-sloppy", location: { line: 20 } },
  ]);
  expect(JSON.stringify(buildModel(document, reservedNames).schemas)).toContain(
    '"mapping":{"cat":"#/components/schemas/Cat","dog":"#/components/schemas/Dog"}',
  );
});
