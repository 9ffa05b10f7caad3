import { beforeAll, describe, expect, it } from "vitest";
import { generateInMemory } from "../hostile/generate-in-memory.js";
import { errorResponse, errorSchema, specOf } from "../model/spec-builder.js";

const rule = (subCode: string): Readonly<Record<string, unknown>> => ({
  ...errorSchema("RULE", "Invoice", subCode),
  description: `It ${subCode.toLowerCase().replaceAll("_", " ")}.`,
});
const unread = { $ref: "#/components/schemas/AnyRule" };
const paid = { $ref: "#/components/schemas/Paid" };
const unauthorized = { $ref: "#/components/responses/Unauthorized" };

const spec = specOf({
  operations: {
    "invoice.send": {
      summary: "Send an invoice",
      responses: {
        "400": errorResponse(
          { ...errorSchema("BAD"), description: "Wrong\n\n  input." },
          { ...paid, description: "There is nothing to pay." },
        ),
        "401": unauthorized,
      },
    },
    "invoice.get": {
      responses: { "400": errorResponse(unread), "401": unauthorized },
    },
    "invoice.list": {
      responses: {
        "400": errorResponse(unread, {
          "x-kompliant-stand-in": true,
          oneOf: [errorSchema("LIMIT", "Invoice", "TOO_MANY")],
        }),
        "401": unauthorized,
      },
    },
    "invoice.count": { responses: {} },
  },
  components: {
    schemas: {
      Paid: rule("IS_PAID"),
      AnyRule: {
        "x-kompliant-stand-in": true,
        oneOf: [paid, rule("IS_DRAFT")],
      },
    },
    responses: { Unauthorized: errorResponse(errorSchema("AUTH")) },
  },
});

const texts = new Map<string, string>();

beforeAll(async () => {
  const outcome = await generateInMemory(spec);
  if (!("files" in outcome)) throw new Error(outcome.refused.join());
  for (const { path, text } of outcome.files) texts.set(path, text);
});

/** The doc comment right above a declaration, on one line. */
function docOf(file: string, declaration: string): string {
  const [before = ""] = (texts.get(file) ?? "").split(declaration);
  const comment = before.slice(before.lastIndexOf("/**"));
  return comment
    .replace(/^\/\*\*|^ \*\/|^ \*/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
}

describe("above an error stands", () => {
  it("which operation documents it, apart from those for which it stands in", () => {
    expect(docOf("errors.ts", "export interface InvoiceIsPaid ")).toBe(
      "It is paid. HTTP 400. Documented for invoice.send. Possible for any operation whose page could not be read in full.",
    );
  });

  it.each(["InvoiceIsDraft", "InvoiceTooMany"])(
    "only that %s stands in, when no operation documents it",
    (name) => {
      const doc = docOf("errors.ts", `export interface ${name} `);
      expect(doc).toContain(
        "HTTP 400. Possible for any operation whose page could not be read in full.",
      );
      expect(doc).not.toContain("Documented for");
    },
  );

  it("every operation that shares it", () => {
    expect(docOf("errors.ts", "export interface AuthError ")).toContain(
      "HTTP 401. Documented for invoice.get, invoice.list, invoice.send.",
    );
  });

  it("the same for a union", () => {
    expect(docOf("errors.ts", "export type InvoiceViolation ")).toContain(
      "HTTP 400. Documented for invoice.send. Possible for any operation",
    );
  });
});

describe("above an operation stands", () => {
  it("every error that it documents, with its meaning there", () => {
    expect(
      docOf("operations/invoice/send.ts", "export function invoiceSend("),
    ).toBe(
      "Send an invoice. Errors: - BAD: Wrong input. - RULE/Invoice/IS_PAID: There is nothing to pay. - UnauthorizedErrors: AUTH",
    );
  });

  it("which codes could not be read in full", () => {
    expect(
      docOf("operations/invoice/list.ts", "export function invoiceList("),
    ).toBe(
      "Errors: - LIMIT: any known one; the page of this operation could not be read in full. - RULE: any known one; the page of this operation could not be read in full. - UnauthorizedErrors: AUTH",
    );
  });

  it("nothing where no error is documented", () => {
    expect(texts.get("operations/invoice/count.ts")).not.toContain("Errors:");
  });
});

it("the catalogue tells operations that document an error from those for which it stands in", () => {
  const catalogue = texts.get("error-catalogue.ts") ?? "";
  const entry = (key: string): string =>
    catalogue
      .slice(catalogue.indexOf(`"${key}": {`))
      .split("\n  },")[0]
      ?.replace(/\s+/g, " ") ?? "";
  expect(catalogue).toContain(
    'anyRuleStandsInFor: readonly string[] = ["invoice.get", "invoice.list"];',
  );
  expect(catalogue).not.toContain("anyRuleOperations");
  expect(entry("RULE/Invoice/IS_PAID")).toContain(
    'operations: ["invoice.send"], sharedBy: [], standsInFor: [anyRuleStandsInFor',
  );
  expect(entry("LIMIT/Invoice/TOO_MANY")).toContain(
    'operations: [], sharedBy: [], standsInFor: [["invoice.list"]',
  );
});
