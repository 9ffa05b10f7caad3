import { expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import path from "node:path";

it("says what stands in the place of a type's name", async () => {
  const types = ["int", 3, { description: "A kind.", type: "string" }, [[]]];
  const schemas = Object.fromEntries(
    types.map((type, index) => [`S${String(index)}`, { type }]),
  );
  const document = {
    openapi: "3.1.0",
    info: { title: "Types", version: "1" },
    paths: {},
    components: { schemas },
  };
  const folder = temporaryFolder({ "openapi.json": JSON.stringify(document) });
  const run = loadSpec(path.join(folder, "openapi.json"));
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  expect(
    (error as DiagnosticError).diagnostics
      .filter(({ code }) => code === "spec-value")
      .map(({ message }) => message.replace(/ is no type.*/, "")),
  ).toEqual(['"int"', "3", "a map", "a list"]);
});
