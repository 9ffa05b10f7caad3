import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, createConfig } from "@redocly/openapi-core";
import { beforeAll, describe, expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { emitClient } from "../../generator/emit/emit-client.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { ApiModel } from "../../generator/model/api-model.js";
import { buildModel } from "../../generator/model/build-model.js";
import { readErrorTables } from "../../generator/model/error-tables.js";
import type { ErrorTables } from "../../generator/model/listed-error.js";
import {
  errorResponse,
  errorSchema,
  jsonResponse,
  specOf,
} from "./spec-builder.js";

type Json = Record<string, unknown>;

const shipped = path.resolve("spec/2025-03-24/openapi.yaml");

function fileWith(name: string, text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "errors-")), name);
  writeFileSync(file, text);
  return file;
}

interface Read {
  readonly model: ApiModel;
  readonly tables: ErrorTables;
}

async function read(file: string): Promise<Read> {
  const document = await loadSpec(file);
  const tables = readErrorTables(document);
  return { model: buildModel(document, reservedNames, tables), tables };
}

async function readOperation(operation: Json): Promise<Read> {
  const spec = specOf({ operations: { "a.set": operation } });
  return read(fileWith("spec.json", JSON.stringify(spec)));
}

/** Key, statuses, description and provenance of every error. */
function errorsOf({ model }: Read): readonly unknown[] {
  return model.errors.entries.map((entry) => [
    entry.key,
    entry.statuses,
    entry.documentation.description,
    entry.provenance,
  ]);
}

const tables = `Sets a thing.

## Errors

| Error Code | HTTP Code | Possible Cause |
| --- | --- | --- |
| \`BAD_REQUEST\` | 400 | A parameter is missing. |
| **SYSTEM_RULE_VIOLATION** | 400 Bad Request | See below. |

### System Rule Violations

| Entity Type | Sub-code | Description |
| :---------- | :------- | :---------- |
| Business Owner | \`MINIMUM_AGE\` | The [owner](https://docs.example) is too young. |
`;

describe("tables of errors in Markdown", () => {
  it("are read with entity types in the spelling of the wire", async () => {
    const result = await readOperation({ description: tables });
    expect(errorsOf(result)).toEqual([
      ["BAD_REQUEST", ["400"], "A parameter is missing.", "table"],
      [
        "SYSTEM_RULE_VIOLATION/BusinessOwner/MINIMUM_AGE",
        ["400"],
        "The owner is too young.",
        "table",
      ],
    ]);
    expect(result.tables.warnings).toEqual([]);
  });

  it("give way to schemas and to the extension", async () => {
    const result = await readOperation({
      description: tables,
      responses: {
        "404": errorResponse({
          ...errorSchema("BAD_REQUEST"),
          description: "From the schema.",
        }),
      },
      "x-kompliant-errors": [
        {
          code: "SYSTEM_RULE_VIOLATION",
          entity_type: "BusinessOwner",
          sub_code: "MINIMUM_AGE",
          status: 409,
          description: "From the extension.",
        },
      ],
    });
    expect(errorsOf(result)).toEqual([
      ["BAD_REQUEST", ["404"], "From the schema.", "schema"],
      [
        "SYSTEM_RULE_VIOLATION/BusinessOwner/MINIMUM_AGE",
        ["400", "409"],
        "From the extension.",
        "extension",
      ],
    ]);
  });

  it("have the fields that the description gives to every error", async () => {
    const common = {
      type: "object",
      required: ["code", "message", "trace"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        trace: { type: "string" },
      },
    };
    const { model } = await readOperation({
      description: tables,
      responses: {
        "400": jsonResponse({
          properties: { errors: { type: "array", items: common } },
        }),
      },
    });
    expect(model.errors.entries[0]?.schema).toMatchObject({
      required: ["code", "message", "trace"],
      properties: { trace: { type: "string" }, code: { const: "BAD_REQUEST" } },
    });
  });

  it("do not depend on the order of the operations", async () => {
    const other = tables.replace("too young", "not old enough");
    const operations = {
      "a.set": { description: tables },
      "b.set": { description: other },
    };
    const reversed = Object.fromEntries(Object.entries(operations).reverse());
    const [first, second] = await Promise.all(
      [operations, reversed].map((each) =>
        read(
          fileWith("spec.json", JSON.stringify(specOf({ operations: each }))),
        ),
      ),
    );
    expect(first?.model.errors).toMatchObject({
      entries: [
        { key: "BAD_REQUEST" },
        {
          documentation: { description: "The owner is too young." },
          meanings: { "b.set": "The owner is not old enough." },
        },
      ],
    });
    const withoutOrigins = (each: Read | undefined): unknown =>
      each?.model.errors.entries;
    expect(withoutOrigins(second)).toEqual(withoutOrigins(first));
  });

  it("warn of what cannot be read, with its line in the file", async () => {
    const file = fileWith(
      "spec.yaml",
      `openapi: 3.1.0
info: { title: Test, version: "1" }
paths:
  /a.set:
    post:
      operationId: a.set
      description: |
        Sets a thing.

        ## System Rule Violations

        | Entity Type | Sub-code | Description |
        | --- | --- | --- |
        | Thing | IS_LOCKED | It is locked. |
        | Thing | see below | Something else. |

        ## Account Configuration Violations

        <table><tr><td>Thing</td></tr></table>

        ## More

        | Error Code | HTTP Code | Possible Cause |
        | --- | --- | --- |
        | ACCOUNT_CONFIGURATION_VIOLATION | 400 | |

        | Entity Type | Sub-code | Description |
        | --- | --- | --- |
        | Thing | IS_GONE | It is gone. |
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema: { type: object, properties: { data: { type: object } } }
`,
    );
    const result = await read(file);
    const warnings = result.tables.warnings.map(
      ({ severity, location, message }) => [
        severity,
        location?.line,
        location?.column,
        message,
      ],
    );
    expect(warnings).toEqual([
      ["warning", 15, 9, "the row names no entity type and sub-code"],
      [
        "warning",
        17,
        9,
        '"Account Configuration Violations" holds a table that is no Markdown table',
      ],
      [
        "warning",
        25,
        9,
        "no table lists the sub-codes of ACCOUNT_CONFIGURATION_VIOLATION: such errors arrive as undocumented",
      ],
      [
        "warning",
        27,
        9,
        "the table of violations stands under no heading that names its error code",
      ],
    ]);
    expect(errorsOf(result)).toHaveLength(1);
  });
});

describe("x-kompliant-errors", () => {
  it.each([
    [{}, "must be a list"],
    [["BAD"], "an error must be a map"],
    [[{ sub_code: "A" }], 'must have a "code"'],
    [[{ code: "A", sub_code: "B" }], "both an entity_type and a sub_code"],
    [[{ code: "A", http: 400 }], '"http" has no meaning here'],
    [[{ code: "A", status: "soon" }], "status must be an HTTP status"],
    [[{ code: "A", description: 1 }], "description must be a text"],
  ])("refuses %j", async (list, message) => {
    const reading = readOperation({ "x-kompliant-errors": list });
    await expect(reading).rejects.toThrow(DiagnosticError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe("a description whose errors stand in Markdown only", () => {
  const documented = `Queues the operation.

## Errors

| Error Code | HTTP Code | Possible Cause |
| --- | --- | --- |
| BAD_REQUEST | 400 | A required parameter is missing. |
| ENTITY_NOT_FOUND | 400 | Nothing exists under the given propay_id. |
| SYSTEM_RULE_VIOLATION | 400 | See System Rule Violations. |
| ACCOUNT_CONFIGURATION_VIOLATION | 400 | See Account Configuration Violations. |

## System Rule Violations

| Entity Type | Sub-code | Description |
| --- | --- | --- |
| Workflow | WORKFLOW_NOT_STARTED | The workflow is not in state STARTED. |
| Account Provisioning | PRECHECK_FAILED | The check before execution failed. |
| Account Provisioning | BUSINESS_NOT_FOUND | The subject record has no business. |

## Account Configuration Violations

| Entity Type | Sub-code | Description |
| --- | --- | --- |
| Account Provisioning | ACCOUNT_PROVISIONING_DISABLED | It is disabled. |
| Account Provisioning | PROVISIONER_DISABLED | ProPay is disabled. |
`;
  const genericError = {
    type: "object",
    required: ["code", "message"],
    properties: {
      code: { type: "string" },
      entity_type: { type: "string" },
      sub_code: { type: "string" },
      message: { type: "string" },
    },
  };
  const genericErrors = jsonResponse({
    type: "object",
    properties: { errors: { type: "array", items: genericError } },
  });
  let ours: Read;
  let upstream: Read;

  beforeAll(async () => {
    ours = await read(shipped);
    const { bundle: bundled } = await bundle({
      ref: shipped,
      config: await createConfig({}),
    });
    const root = bundled.parsed as {
      paths: Record<string, { post: { description: string; responses: Json } }>;
    };
    for (const [urlPath, { post }] of Object.entries(root.paths)) {
      if (urlPath === "/propay.execute") post.description = documented;
      for (const status of Object.keys(post.responses)) {
        if (status === "400") post.responses[status] = genericErrors;
      }
    }
    upstream = await read(fileWith("upstream.json", JSON.stringify(root)));
  });

  it("has the errors of propay.execute under the same names", () => {
    const namesOf = ({ model }: Read): unknown => {
      const execute = model.operations.find(
        ({ name }) => name === "propay.execute",
      );
      return {
        groups: execute?.errorGroups,
        errors: model.errors.entries
          .filter(({ key }) => execute?.errors.includes(key))
          .map(({ key, name, statuses }) => ({
            key,
            name,
            statuses: statuses.includes("400"),
          })),
      };
    };
    expect(namesOf(upstream)).toEqual(namesOf(ours));
  });

  it("gives the same PropayExecuteError", () => {
    const errorType = ({ model }: Read): string | undefined =>
      emitClient(model, { importExtension: ".js" })
        .find((file) => file.path === "operations/propay/execute.ts")
        ?.text.match(/export type PropayExecuteError =[^;]*;/)?.[0];
    expect(errorType(ours)).toContain("AccountProvisioningPrecheckFailed");
    expect(errorType(upstream)).toBe(errorType(ours));
  });
});
