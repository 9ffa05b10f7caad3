import { describe, expect, it } from "vitest";
import { errorKey } from "../../templates/runtime/errors.js";
import {
  errorResponse,
  errorSchema,
  jsonResponse,
  modelOf,
} from "./spec-builder.js";

const violation = "SYSTEM_RULE_VIOLATION";

describe("the error catalogue", () => {
  it("has an entry for each code, entity type and sub-code, with its statuses and operations", async () => {
    const { errors } = await modelOf({
      operations: {
        "a.get": {
          responses: {
            "400": errorResponse(errorSchema("NOT_FOUND")),
            "404": errorResponse(errorSchema("NOT_FOUND")),
          },
        },
        "a.set": {
          responses: {
            "400": errorResponse(
              errorSchema("NOT_FOUND"),
              errorSchema(violation, "Thing", "IS_LOCKED"),
            ),
          },
        },
      },
    });
    expect(
      errors.entries.map(({ key, name, statuses, operations }) => ({
        key,
        name,
        statuses,
        operations,
      })),
    ).toEqual([
      {
        key: "NOT_FOUND",
        name: "NotFoundError",
        statuses: ["400", "404"],
        operations: ["a.get", "a.set"],
      },
      {
        key: `${violation}/Thing/IS_LOCKED`,
        name: "ThingIsLocked",
        statuses: ["400"],
        operations: ["a.set"],
      },
    ]);
  });

  it("keeps errors apart whose names hold what keys are made of, by the run-time's keys", async () => {
    const errors: readonly Parameters<typeof errorSchema>[] = [
      ["A/B/C"],
      ["A", "B", "C"],
      ["A", "B/", "C"],
      ["A", "B", "/C"],
      ["A%2FB", "", "C"],
      ["A/B", "", "C"],
      ["A"],
      ["A/*"],
      ["__proto__", "constructor", "*"],
    ];
    const model = await modelOf({
      operations: {
        "a.set": {
          responses: {
            "400": errorResponse(...errors.map((each) => errorSchema(...each))),
          },
        },
      },
    });
    expect(model.errors.entries.map(({ key }) => key)).toEqual(
      errors
        .map(([code, entity_type, sub_code]) =>
          errorKey({ code, entity_type, sub_code }),
        )
        .sort(),
    );
    expect(new Set(model.errors.entries.map(({ key }) => key)).size).toBe(
      errors.length,
    );
  });

  it("collects views by code, entity type and sub-code", async () => {
    const { errors } = await modelOf({
      operations: {
        "a.set": {
          responses: {
            "400": errorResponse(
              errorSchema(violation, "Business", "MAX_LIMIT"),
              errorSchema(violation, "Record", "MAX_LIMIT"),
              errorSchema("CONFIGURATION_VIOLATION", "Record", "IS_OFF"),
            ),
          },
        },
      },
    });
    const views = errors.views.map(({ name, by, entries }) => [
      name,
      by,
      entries.length,
    ]);
    expect(views).toEqual([
      ["BusinessViolation", "entity_type", 1],
      ["ConfigurationViolationError", "code", 1],
      ["IsOff", "sub_code", 1],
      ["MaxLimit", "sub_code", 2],
      ["RecordViolation", "entity_type", 2],
      ["SystemRuleViolationError", "code", 2],
    ]);
  });

  it("tells apart the same entity type and sub-code under two codes", async () => {
    const { errors } = await modelOf({
      operations: {
        "a.set": {
          responses: {
            "400": errorResponse(
              errorSchema(violation, "Record", "MAX_LIMIT"),
              errorSchema("CONFIGURATION_VIOLATION", "Record", "MAX_LIMIT"),
            ),
          },
        },
      },
    });
    expect(errors.entries.map(({ name }) => name)).toEqual([
      "ConfigurationViolationRecordMaxLimit",
      "SystemRuleViolationRecordMaxLimit",
    ]);
  });

  it("makes a group of a response that operations share", async () => {
    const reference = { $ref: "#/components/responses/Unauthorized" };
    const { errors, operations } = await modelOf({
      operations: {
        "a.get": { responses: { "401": reference } },
        "a.set": { responses: { "401": reference } },
      },
      components: {
        responses: { Unauthorized: errorResponse(errorSchema("AUTH_FAILED")) },
      },
    });
    expect(errors.groups).toMatchObject([
      {
        name: "UnauthorizedErrors",
        table: "unauthorizedErrorsTable",
        entries: ["AUTH_FAILED"],
      },
    ]);
    expect(
      operations.map(({ errors: own, errorGroups }) => [own, errorGroups]),
    ).toEqual([
      [[], ["UnauthorizedErrors"]],
      [[], ["UnauthorizedErrors"]],
    ]);
  });

  it("makes a group of a union that operations share", async () => {
    const { errors, operations } = await modelOf({
      operations: {
        "a.set": {
          responses: {
            "400": errorResponse(errorSchema("BAD"), {
              $ref: "#/components/schemas/AnyViolation",
            }),
          },
        },
      },
      components: {
        schemas: {
          AnyViolation: {
            oneOf: [
              errorSchema(violation, "A", "ONE"),
              errorSchema(violation, "A", "TWO"),
            ],
          },
        },
      },
    });
    expect(
      errors.groups.map(({ name, entries }) => [name, entries.length]),
    ).toEqual([["AnyViolation", 2]]);
    expect(operations[0]?.errors).toEqual(["BAD"]);
  });

  it("keeps what an operation says about a shared error", async () => {
    const { errors } = await modelOf({
      operations: {
        "a.set": {
          responses: {
            "400": errorResponse({
              $ref: "#/components/schemas/Locked",
              description: "only open things can be set",
            }),
          },
        },
      },
      components: {
        schemas: { Locked: errorSchema(violation, "Thing", "IS_LOCKED") },
      },
    });
    expect(errors.entries[0]?.meanings).toEqual({
      "a.set": "only open things can be set",
    });
  });

  it("takes an enum of codes for several errors", async () => {
    const { errors } = await modelOf({
      operations: {
        "a.get": {
          responses: {
            "401": errorResponse({
              type: "object",
              properties: {
                code: { enum: ["AUTH_A", "AUTH_B"] },
                message: { type: "string" },
              },
            }),
          },
        },
      },
    });
    expect(errors.entries.map(({ key }) => key)).toEqual(["AUTH_A", "AUTH_B"]);
  });

  it("leaves out error bodies that name no code", async () => {
    const open = { type: "object", properties: { code: { type: "string" } } };
    const { errors } = await modelOf({
      operations: {
        "a.get": {
          responses: {
            "500": errorResponse(open),
            "503": jsonResponse({ type: "string" }),
          },
        },
      },
    });
    expect(errors.entries).toEqual([]);
  });

  it("refuses two different descriptions of the same error", async () => {
    const other = { ...errorSchema("BAD"), description: "something else" };
    await expect(
      modelOf({
        operations: {
          "a.get": { responses: { "400": errorResponse(errorSchema("BAD")) } },
          "a.set": { responses: { "400": errorResponse(other) } },
        },
      }),
    ).rejects.toThrow(/BAD is described differently/);
  });
});
