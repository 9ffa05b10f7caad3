import { describe, expect, it } from "vitest";
import { compileErrors } from "../hostile/compile.js";
import { generateSloppy } from "./generate-sloppy.js";
import { ref, withA } from "./schema-case.js";

/** A description whose only operation takes a body, and answers with the same schema as JSON. */
function documentOf(
  mediaTypes: readonly string[],
  schema: object,
  schemas: Readonly<Record<string, object>>,
): object {
  const content = (types: readonly string[]): object =>
    Object.fromEntries(types.map((type) => [type, { schema }]));
  return {
    openapi: "3.1.0",
    info: { title: "Requests", version: "1" },
    paths: {
      "/thing": {
        post: {
          operationId: "thing.put",
          requestBody: { required: true, content: content(mediaTypes) },
          responses: {
            200: { description: "", content: content(["application/json"]) },
          },
        },
      },
    },
    components: { schemas },
  };
}

/** Problems of a module that uses the client of a document. */
async function problemsOf(
  document: object,
  usage: readonly string[],
): Promise<readonly string[]> {
  const { files } = await generateSloppy(document);
  const text = [
    'import type { ThingPutData, ThingPutInput } from "./index.js";',
    ...usage,
  ].join("\n");
  return compileErrors([[...files, { path: "usage.ts", text }]]);
}

const readOnlyId = { properties: { id: { type: "integer", readOnly: true } } };

describe("a property that goes one way", () => {
  it.each([
    [
      "another part",
      { allOf: [ref("Element"), { required: ["id", "a"] }] },
      { Element: { ...readOnlyId, allOf: [ref("Core")] }, Core: withA },
    ],
    ["the whole", { allOf: [readOnlyId, withA], required: ["id"] }, {}],
    [
      "a part that is used elsewhere",
      { allOf: [ref("Full"), readOnlyId] },
      { Full: { ...withA, required: ["id", "a"] } },
    ],
    [
      "a part of such a part",
      { allOf: [ref("Full"), readOnlyId] },
      {
        Full: { allOf: [ref("Base")] },
        Base: { ...withA, required: ["id", "a"] },
      },
    ],
  ])(
    "is demanded of answers only when %s requires it",
    async (_, schema, others) => {
      const document = documentOf(["application/json"], schema, others);
      const problems = await problemsOf(document, [
        'export const input: ThingPutInput = { a: "x" };',
        "export const id = (data: ThingPutData): unknown => data.id;",
        "// @ts-expect-error an answer has it",
        'export const data: ThingPutData = { a: "x" };',
      ]);
      expect(problems).toEqual([]);
    },
  );
});

describe("bytes", () => {
  const file = { type: "string", format: "binary" };
  const schemas = {
    File: file,
    Document: {
      type: "object",
      required: ["file"],
      properties: {
        file: ref("File"),
        others: { type: "array", items: { ...file, type: ["string", "null"] } },
        about: ref("About"),
      },
    },
    About: { type: "object", properties: { picture: ref("File") } },
  };
  it("are files in the fields of a form, and texts in whatever is JSON", async () => {
    const document = documentOf(
      ["multipart/form-data"],
      { allOf: [ref("Document")] },
      schemas,
    );
    const problems = await problemsOf(document, [
      'const blob = new Blob(["x"]);',
      'export const input: ThingPutInput = { body: { file: blob, others: [blob, null], about: { picture: "x" } } };',
      "export const text = (data: ThingPutData): string => data.file.toUpperCase();",
      "// @ts-expect-error a field with an object is JSON",
      "export const inJson: ThingPutInput = { body: { file: blob, about: { picture: blob } } };",
      "// @ts-expect-error a text is no file",
      'export const noFile: ThingPutInput = { body: { file: "x" } };',
    ]);
    expect(problems).toEqual([]);
  });

  it("have a type of their own where the schema is for JSON as well", async () => {
    const forms = documentOf(["multipart/form-data"], ref("Document"), schemas);
    const { files } = await generateSloppy(forms);
    const text = files.map((each) => each.text).join("\n");
    expect(text).toMatch(
      /interface DocumentForm \{\s+about\?: About;\s+file: FileForm;/,
    );
    expect(text).toMatch(
      /interface Document \{\s+about\?: About;\s+file: File;/,
    );
  });

  it("keep the schema's name where forms are all that it is for", async () => {
    const forms = documentOf(["multipart/form-data"], ref("Document"), schemas);
    const { files } = await generateSloppy({
      ...forms,
      ...withoutAnswer(forms),
    });
    const text = files.map((each) => each.text).join("\n");
    expect(text).toMatch(
      /interface Document \{\s+about\?: About;\s+file: FileForm;/,
    );
    expect(text).toContain("type FileForm = Blob;");
  });
});

function withoutAnswer(document: object): object {
  const { paths } = document as { paths: { "/thing": { post: object } } };
  const post = {
    ...paths["/thing"].post,
    responses: { 204: { description: "" } },
  };
  return { paths: { "/thing": { post } } };
}
