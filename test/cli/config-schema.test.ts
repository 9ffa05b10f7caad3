import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, it } from "vitest";
import { configProblems } from "../../generator/config/check-config.js";
import type { Config } from "../../generator/config/options.js";
import { packageFolder } from "./support/run-command.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const schema = JSON.parse(
  readFileSync(path.join(packageFolder, "config.schema.json"), "utf8"),
) as object;

const matchesSchema = new Ajv({ strictTypes: false }).compile(schema);

const pin = { url: "https://example.com/a.yaml", sha256: "a".repeat(64) };

/** Values that are right for one option and wrong for others. */
const value = fc.constantFrom<unknown>(
  ...["", "a", ".ts", ".mjs", 1, true, null, {}, [], ["a"], ["a", ""]],
  ...[pin, [pin, "a"], { ...pin, url: "a.yaml" }, { ...pin, sha256: "b" }],
  { ...pin, more: 1 },
);

/** Every option; the compiler knows when one is missing. */
const options = Object.keys({
  $schema: true,
  name: true,
  spec: true,
  overlays: true,
  out: true,
  importExtension: true,
  format: true,
  allowRemoteReferences: true,
  allowReferencesOutside: true,
} satisfies Record<keyof Config, true>);

const client = fc.dictionary(fc.constantFrom(...options, "overlay"), value, {
  maxKeys: 2,
});

it("the JSON schema accepts what the tool accepts", async () => {
  const folder = temporaryFolder({ "config.json": "{}" });
  const file = path.join(folder, "config.json");
  const verdicts = new Set<boolean>();
  const config = fc.oneof(client, value, fc.tuple(client));
  await fc.assert(
    fc.asyncProperty(config, async (content) => {
      const problems = await configProblems(content, file, folder);
      const isAccepted = problems.length === 0;
      verdicts.add(isAccepted);
      expect(matchesSchema(content)).toBe(isAccepted);
    }),
    { numRuns: 1000 },
  );
  expect(verdicts.size).toBe(2);
});

it("the JSON schema describes every option", () => {
  const properties = schema as {
    readonly definitions: { readonly client: { readonly properties: object } };
  };
  expect(Object.keys(properties.definitions.client.properties)).toEqual(
    options,
  );
});
