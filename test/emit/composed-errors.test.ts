import { beforeAll, describe, expect, it } from "vitest";
import { generateInMemory } from "../hostile/generate-in-memory.js";
import { errorResponse, errorSchema, specOf } from "../model/spec-builder.js";

const text = { type: "string" };
const base = { $ref: "#/components/schemas/Base" };

/** An error that adds to what every error has. */
function extended(code: string, properties: object): object {
  const required = ["code", ...Object.keys(properties)];
  const own = { properties: { code: { const: code }, ...properties } };
  return { allOf: [base, { type: "object", required, ...own }] };
}

const spec = specOf({
  operations: {
    "invoice.send": {
      responses: {
        "400": errorResponse(
          { $ref: "#/components/schemas/Late" },
          { ...extended("LIMIT", { limit: { type: "integer" } }) },
          {
            type: "object",
            required: ["code"],
            properties: { code: { const: "PLAIN" }, own: text },
            allOf: [base],
          },
          {
            ...extended("WITH_SUB_CODE", {}),
            required: ["message"],
            properties: { sub_code: text },
          },
          {
            type: "object",
            required: ["code", "entity_type", "sub_code"],
            properties: {
              code: { const: "RULE" },
              entity_type: { enum: ["Invoice"] },
              sub_code: { enum: ["PAID", "VOID"] },
              at: text,
            },
          },
          {
            ...extended("EITHER", {}),
            properties: { left: text, right: text },
            anyOf: [{ required: ["left"] }, { required: ["right"] }],
          },
          errorSchema("LIMIT", "Invoice", "TOO_LONG"),
        ),
      },
    },
  },
  components: {
    schemas: {
      Base: {
        type: "object",
        required: ["message"],
        properties: {
          message: text,
          trace: { ...text, description: "Where it went wrong." },
        },
      },
      Late: extended("LATE", { days: { type: "integer" } }),
    },
  },
});

let files: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  const outcome = await generateInMemory(spec);
  if (!("files" in outcome)) throw new Error(outcome.refused.join());
  files = new Map(outcome.files.map((file) => [file.path, file.text]));
});

/** The fields of an interface beyond those of every error, without their comments. */
function fieldsOf(name: string): readonly string[] {
  const source = files.get("errors.ts") ?? "";
  const body = new RegExp(`interface ${name} \\{(.*?)\\n\\}`, "s").exec(source);
  return (body?.[1] ?? "")
    .replace(/\/\*\*.*?\*\//gs, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^\w/.test(line) && !/^(code|message)\b/.test(line))
    .sort();
}

const noViolation = ["entity_type?: unknown;", "sub_code?: undefined;"];

describe("an error that is composed", () => {
  it.each([
    ["of a named schema by allOf", "LateError", ["days: number;"]],
    ["in place by allOf", "LimitError", ["limit: number;"]],
    ["of its own fields and allOf", "PlainError", ["own?: string;"]],
    [
      "of fields of which one or another is there",
      "EitherError",
      ["left?: string;", "right?: string;"],
    ],
  ])("%s has the fields of every part", (_how, name, own) => {
    expect(fieldsOf(name)).toEqual(
      [...own, "trace?: string;", ...noViolation].sort(),
    );
  });

  it("is an error of its operation when alternatives stand beside its code", () => {
    const operation = files.get("operations/invoice/send.ts") ?? "";
    expect(operation).toMatch(/InvoiceSendError =[^;]*\bEitherError\b/);
  });

  it("is an error for each sub-code that its schema lists", () => {
    const operation = files.get("operations/invoice/send.ts") ?? "";
    expect(operation).toMatch(/\bInvoicePaid\b[^;]*\bInvoiceVoid\b/);
    expect(operation).toMatch(/RULE\/Invoice\/PAID",\s*"RULE\/Invoice\/VOID/);
    expect(files.get("errors.ts")).toMatch(
      /interface InvoiceVoid \{[^}]*sub_code: "VOID";[^}]*at\?: string;/,
    );
  });

  it("says what a part says of a field", () => {
    expect(files.get("errors.ts")).toContain("Where it went wrong.");
  });

  it("may come with a sub-code that one of its parts describes", () => {
    const operation = files.get("operations/invoice/send.ts") ?? "";
    expect(fieldsOf("WithSubCodeError")).toContain("sub_code?: string;");
    expect(operation).toMatch(/"WITH_SUB_CODE\/\*"/);
  });

  it("can be a code on its own and a violation at once", () => {
    const operation = files.get("operations/invoice/send.ts") ?? "";
    expect(operation).toMatch(/"LIMIT",\s+"LIMIT\/Invoice\/TOO_LONG",/);
  });
});
