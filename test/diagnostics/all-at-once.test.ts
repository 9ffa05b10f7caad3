import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { generate } from "../../generator/generate.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

const spec = `openapi: 3.1.0
info: { title: [All], version: "1" }
paths:
  /a:
    post:
      operationId: a.set
      x-kompliant-errors: [{ status: 400 }]
      responses: { "204": { description: None } }
  /b:
    post:
      operationId: a.set
      x-kompliant-errors: none
      responses:
        "200": { $ref: "#/components/responses/Okay" }
  /c:
    post:
      operationId: c.set
      x-kompliant-errors: [{ code: A, entity_type: B }]
      responses: { "204": { description: None } }
components:
  responses: { Ok: { description: Fine } }
  schemas:
    A: { type: strin }
`;

/** Error responses of an operation whose variants carry one more property. */
const refused = (property: string): string => `"400":
          description: Refused
          content:
            application/json:
              schema:
                properties:
                  errors:
                    items:
                      oneOf:
                        - properties: { code: { const: A }, ${property}: {} }
                        - properties: { code: { const: B }, ${property}: {} }`;

const contradicting = `openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /a:
    post:
      operationId: a.set
      responses:
        ${refused("one")}
  /b:
    post:
      operationId: b.set
      x-kompliant-errors: [{ status: 400 }]
      responses:
        ${refused("other")}
`;

async function problemsOf(text: string): Promise<readonly unknown[]> {
  const folder = temporaryFolder({ "openapi.yaml": text });
  const run = generate({ cwd: folder, spec: "openapi.yaml" });
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  const { diagnostics } = error as DiagnosticError;
  return diagnostics.map(({ code, location }) => [location?.line, code]);
}

it("reports the problems of one operation at once", async () => {
  expect(await problemsOf(contradicting)).toEqual([
    [22, "spec-errors"],
    [33, "spec-errors"],
    [34, "spec-errors"],
  ]);
});

it("reports the problems of every stage at once, in the order of their places", async () => {
  expect(await problemsOf(spec)).toEqual([
    [2, "spec-value"],
    [7, "spec-errors"],
    [11, "spec-operation-id"],
    [12, "spec-errors"],
    [14, "spec-ref"],
    [18, "spec-errors"],
    [23, "spec-value"],
  ]);
});
