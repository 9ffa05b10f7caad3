import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { generate } from "../../generator/generate.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

const spec = `openapi: 3.1.0
info: { title: Pets, version: 1 }
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

it("reports the problems of every stage at once, in the order of their places", async () => {
  const folder = temporaryFolder({ "openapi.yaml": spec });
  const run = generate({ cwd: folder, spec: "openapi.yaml" });
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  const { diagnostics } = error as DiagnosticError;
  expect(
    diagnostics.map(({ code, location }) => [location?.line, code]),
  ).toEqual([
    [2, "spec-value"],
    [7, "spec-errors"],
    [11, "spec-operation-id"],
    [12, "spec-errors"],
    [14, "spec-ref"],
    [18, "spec-errors"],
    [23, "spec-value"],
  ]);
});
