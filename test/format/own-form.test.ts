import path from "node:path";
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { emitClient } from "../../generator/emit/emit-client.js";
import type { ImportExtension } from "../../generator/emit/import-style.js";
import { parseModule } from "../../generator/emit/syntax-tree.js";
import { layOut } from "../../generator/format/lay-out.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { packageFolder } from "../cli/support/run-command.js";
import { paymentsSpec } from "../cli/support/temporary-folder.js";
import {
  errorResponse,
  errorSchema,
  jsonResponse,
  modelOf,
  modelOfFile,
  successMeta,
} from "../model/spec-builder.js";

/**
 * Fails unless every module of a client is in prettier's default form without prettier.
 *
 * @param withFixed - whether to look at the modules too whose text does not depend on the description
 */
async function expectOwnForm(
  model: ApiModel,
  importExtension: ImportExtension,
  withFixed: boolean,
): Promise<void> {
  for (const file of emitClient(model, { importExtension })) {
    if (file.isLaidOut && !withFixed) continue;
    const text = file.isLaidOut ? file.text : layOut(parseModule(file));
    expect(text, file.path).toBe(
      await format(file.text, { parser: "typescript", filepath: "a.ts" }),
    );
  }
}

const propertyName = fc
  .string({ minLength: 1, maxLength: 30 })
  // Outside our bundle, openapi-typescript takes it for the escape of a URI.
  .filter((text) => !text.includes("%"));

const schema = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constant({ type: "string", description: "A text." }),
    fc.constant({ type: ["integer", "null"] }),
    fc.constant({ $ref: "#/components/schemas/Account_Provisioning" }),
    fc
      .uniqueArray(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1 })
      .map((values) => ({ type: "string", enum: values })),
    fc
      .uniqueArray(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1 })
      .map((values) => ({ type: "string", "x-extensible-enum": values })),
    tie("schema").map((items) => ({ type: "array", items })),
    tie("schema").map((additionalProperties) => ({
      type: "object",
      additionalProperties,
    })),
    fc
      .array(tie("schema"), { minLength: 1, maxLength: 4 })
      .map((oneOf) => ({ oneOf })),
    fc
      .array(tie("schema"), { minLength: 1, maxLength: 3 })
      .map((allOf) => ({ allOf })),
    fc
      .dictionary(propertyName, tie("schema"), {
        maxKeys: 5,
      })
      .chain((properties) =>
        fc.record({
          type: fc.constant("object"),
          description: fc.string({ unit: "grapheme" }),
          required: fc.subarray(Object.keys(properties)),
          properties: fc.constant(properties),
        }),
      ),
  ),
})).schema;

const name = fc.stringMatching(/^[a-z]{1,20}(\.[a-zA-Z]{1,20}){1,2}$/);

describe("every module is born in prettier's default form", () => {
  // ".ts" is as wide as ".js".
  it.for([".js", ""] as const)(
    "of the shipped description, with imports that end with %j",
    async (importExtension) => {
      const spec = path.join(packageFolder, "spec/2025-03-24/openapi.yaml");
      await expectOwnForm(await modelOfFile(spec), importExtension, true);
    },
  );

  it("of a description in several files", async () => {
    const spec = path.join(paymentsSpec, "openapi.yaml");
    await expectOwnForm(await modelOfFile(spec), ".js", true);
  });

  it("of any description", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          name,
          fc.record({
            input: schema,
            data: schema,
            codes: fc.uniqueArray(fc.stringMatching(/^[A-Z_]{1,40}$/), {
              maxLength: 6,
            }),
          }),
          { minKeys: 1, maxKeys: 2 },
        ),
        schema.filter((each) => !JSON.stringify(each).includes("$ref")),
        async (operations, shared) => {
          const model = await modelOf({
            operations: Object.fromEntries(
              Object.entries(operations).map(
                ([key, { input, data, codes }]) => [
                  key,
                  {
                    description: "Does something.",
                    requestBody: {
                      content: { "application/json": { schema: input } },
                    },
                    responses: {
                      "200": jsonResponse({
                        type: "object",
                        properties: { meta: successMeta, data },
                      }),
                      ...(codes.length > 0 && {
                        "400": errorResponse(
                          ...codes.map((code, index) =>
                            index % 2 === 0
                              ? errorSchema(code)
                              : errorSchema("RULE", "Account", code),
                          ),
                        ),
                      }),
                    },
                  },
                ],
              ),
            ),
            components: { schemas: { Account_Provisioning: shared } },
          });
          await expectOwnForm(model, ".js", false);
        },
      ),
      { numRuns: Number(process.env["RUNS"] ?? 15) },
    );
  });
});
