import { expect, it } from "vitest";
import { compileErrors } from "../hostile/compile.js";
import { jsonResponse, specOf } from "../model/spec-builder.js";
import { generateSloppy } from "./generate-sloppy.js";
import { ref } from "./schema-case.js";

const text = { type: "string" };

/** Bodies of errors as problem details and APIs with their own forms have them. */
const document = specOf({
  operations: {
    "thing.get": {
      responses: {
        "200": jsonResponse({ type: "object" }),
        "302": jsonResponse(ref("Moved") as Record<string, unknown>),
        "404": jsonResponse(ref("Missing") as Record<string, unknown>),
        "409": jsonResponse({
          type: "object",
          properties: { error: ref("Conflict") },
        }),
        default: {
          description: "",
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
      },
    },
  },
  components: {
    schemas: {
      Missing: { type: "object", properties: { resource: text } },
      Conflict: { type: "string", enum: ["locked"] },
      Problem: { type: "object", properties: { title: text } },
      Moved: { type: "object", properties: { to: text } },
    },
  },
});

it("exports the schemas of errors that are no lists of errors, and says that their codes are not read", async () => {
  const { files, notes } = await generateSloppy(document);
  const usage = `
    import type { Conflict, Missing, Problem } from "./index.js";
    export const missing: Missing = { resource: "r" };
    export const problem: Problem = { title: "t" };
    export const conflict: Conflict = "locked";
    // @ts-expect-error
    export const other: Conflict = "x";
  `;
  expect(
    compileErrors([[...files, { path: "usage.ts", text: usage }]]),
  ).toEqual([]);
  expect(notes).toEqual([
    "left out: 3 bodies of errors that are no lists of errors",
  ]);
});
