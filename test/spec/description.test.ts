import path from "node:path";
import {
  bundle,
  getLineColLocation,
  lint,
  loadConfig,
} from "@redocly/openapi-core";
import type { Config, NormalizedProblem } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSpec } from "../../generator/load/load-spec.js";
import { buildModel } from "../../generator/model/build-model.js";
import type { ApiModel } from "../../generator/model/api-model.js";

const folder = path.resolve("spec/2025-03-24");
const entry = path.join(folder, "openapi.yaml");

type Json = Readonly<Record<string, unknown>>;

let config: Config;
let document: Json;

beforeAll(async () => {
  config = await loadConfig({ configPath: path.resolve("spec/redocly.yaml") });
  const bundled = await bundle({ ref: entry, config, dereference: false });
  document = bundled.bundle.parsed as Json;
});

describe("the shipped description", () => {
  it("follows Redocly's strictest rules", async () => {
    const problems = await lint({ ref: entry, config });
    expect(problems.map(describeProblem)).toEqual([]);
  });

  it("has examples that are valid, every one of them", () => {
    const ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      formats: fullFormats,
    });
    ajv.addSchema(document, "spec");
    const examples = [...examplesIn(document, "#")];
    const invalid = examples.flatMap(({ value, schemaPointer }) => {
      const isValid = ajv.validate({ $ref: `spec${schemaPointer}` }, value);
      return isValid ? [] : [`${schemaPointer}: ${ajv.errorsText()}`];
    });
    expect(invalid).toEqual([]);
    expect(examples.length).toBeGreaterThan(200);
  });
});

describe("the model of the shipped description", () => {
  let model: ApiModel;

  beforeAll(async () => {
    model = buildModel(await loadSpec(entry), []);
  });

  it("has every method once, at the path of its name", () => {
    const names = model.operations.map(({ name }) => name);
    expect(names).toHaveLength(105);
    expect(new Set(names).size).toBe(105);
    for (const operation of model.operations) {
      expect(operation.urlPath).toBe(`/${operation.name}`);
      expect(operation.method).toBe("POST");
    }
  });

  it("marks as reading exactly the methods that only read", () => {
    const reading = /^(?:get|list|can[A-Z]|check)/;
    for (const { name, path: segments, effect } of model.operations) {
      const isRead = reading.test(segments.at(-1) ?? "");
      expect(`${name}: ${effect}`).toBe(
        `${name}: ${isRead ? "read" : "write"}`,
      );
    }
  });

  it("documents BAD_REQUEST and the authentication errors for every method", () => {
    for (const operation of model.operations) {
      expect(operation.errors).toContain("BAD_REQUEST");
      expect(operation.errorGroups).toContain("UnauthorizedErrors");
    }
  });

  it("knows the documented errors of propay.execute", () => {
    const execute = model.operations.find(
      ({ name }) => name === "propay.execute",
    );
    expect(execute?.errors).toEqual([
      "ACCOUNT_CONFIGURATION_VIOLATION/AccountProvisioning/ACCOUNT_PROVISIONING_DISABLED",
      "ACCOUNT_CONFIGURATION_VIOLATION/AccountProvisioning/PROVISIONER_DISABLED",
      "BAD_REQUEST",
      "ENTITY_NOT_FOUND",
      "SYSTEM_RULE_VIOLATION/AccountProvisioning/BUSINESS_NOT_FOUND",
      "SYSTEM_RULE_VIOLATION/AccountProvisioning/PRECHECK_FAILED",
      "SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_NOT_STARTED",
    ]);
  });

  it("says for which methods the violations could not be read", () => {
    const unread = model.operations.filter(({ unreadCodes }) =>
      unreadCodes.includes("SYSTEM_RULE_VIOLATION"),
    );
    expect(unread).toHaveLength(65);
    expect(unread.map(({ name }) => name)).toContain("propay.get");
    expect(unread.map(({ name }) => name)).not.toContain("propay.execute");
  });

  it("has a page of the documentation for every method and event", () => {
    for (const { name, documentation } of [
      ...model.operations,
      ...model.webhooks,
    ]) {
      expect(`${name} ${documentation.url ?? "none"}`).toMatch(
        / https:\/\/developer\.kompliant\.com\/(?:docs|reference)\/[\w-]+$/,
      );
    }
  });

  it("has the ten documented webhook events with their payloads", () => {
    expect(model.webhooks).toHaveLength(10);
    for (const { payload } of model.webhooks) expect(payload).toBeDefined();
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

function describeProblem(problem: NormalizedProblem): string {
  const [location] = problem.location;
  if (!location) return problem.message;
  const { source, start } = getLineColLocation(location);
  const file = path.relative(folder, source.absoluteRef);
  return `${file}:${start.line} ${problem.ruleId}: ${problem.message}`;
}

interface Example {
  readonly value: unknown;
  readonly schemaPointer: string;
}

/** Examples of media types, and of schemas. */
function* examplesIn(value: unknown, pointer: string): Generator<Example> {
  if (typeof value !== "object" || value === null) return;
  const node = value as Json;
  const { examples, schema } = node;
  if (typeof examples === "object" && examples !== null) {
    if (Array.isArray(examples)) {
      for (const example of examples as readonly unknown[]) {
        yield { value: example, schemaPointer: pointer };
      }
    } else if (schema !== undefined) {
      for (const example of Object.values(examples as Json)) {
        yield {
          value: (example as Json)["value"],
          schemaPointer: `${pointer}/schema`,
        };
      }
    }
  }
  for (const [key, child] of Object.entries(node)) {
    if (key === "examples") continue;
    const escaped = key.replaceAll("~", "~0").replaceAll("/", "~1");
    yield* examplesIn(child, `${pointer}/${encodeURIComponent(escaped)}`);
  }
}
