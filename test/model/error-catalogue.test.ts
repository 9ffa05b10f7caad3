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

  describe("with a union that stands in for rows that could not be read", () => {
    const anyViolation = "#/components/schemas/AnyViolation";
    const schemas = (mark: unknown): object => ({
      AnyViolation: {
        "x-kompliant-stand-in": mark,
        oneOf: [
          errorSchema(violation, "A", "ONE"),
          errorSchema(violation, "A", "TWO"),
        ],
      },
    });
    const unreadCodes = async (
      mark: unknown,
      ...variants: readonly Readonly<Record<string, unknown>>[]
    ): Promise<readonly string[] | undefined> => {
      const { operations } = await modelOf({
        operations: {
          "a.set": {
            responses: {
              "400": errorResponse(errorSchema("BAD"), ...variants),
            },
          },
        },
        components: { schemas: schemas(mark) },
      });
      return operations[0]?.unreadCodes;
    };

    it("says under which codes an operation's rows are unread", async () => {
      expect(await unreadCodes(true, { $ref: anyViolation })).toEqual([
        violation,
      ]);
    });

    it.each([
      ["is marked as none", false, { $ref: anyViolation }],
      ["is not marked", undefined, { $ref: anyViolation }],
      [
        "is marked as none by the reference",
        true,
        { $ref: anyViolation, "x-kompliant-stand-in": false },
      ],
    ])(
      "takes one that %s for rows that were read",
      async (_, mark, variant) => {
        expect(await unreadCodes(mark, variant)).toEqual([]);
      },
    );

    it.each([
      ["a reference", { $ref: anyViolation, "x-kompliant-stand-in": true }],
      [
        "a union without a name",
        {
          "x-kompliant-stand-in": true,
          oneOf: [errorSchema(violation, "B", "THREE")],
        },
      ],
      [
        "a single error",
        {
          ...errorSchema(violation, "B", "THREE"),
          "x-kompliant-stand-in": true,
        },
      ],
    ])("sees the mark on %s", async (_, variant) => {
      expect(await unreadCodes(undefined, variant)).toEqual([violation]);
    });

    it("does not count as documentation of the errors in it", async () => {
      const { errors } = await modelOf({
        operations: {
          "a.get": {
            responses: { "400": errorResponse({ $ref: anyViolation }) },
          },
          "a.list": {
            responses: {
              "400": errorResponse({
                "x-kompliant-stand-in": true,
                oneOf: [errorSchema(violation, "B", "THREE")],
              }),
            },
          },
          "a.set": {
            responses: { "400": errorResponse({ $ref: anyViolation }) },
            "x-kompliant-errors": [
              { code: violation, entity_type: "A", sub_code: "ONE" },
            ],
          },
        },
        components: { schemas: schemas(true) },
      });
      expect(
        errors.entries.map(({ subCode, operations }) => [subCode, operations]),
      ).toEqual([
        ["ONE", ["a.set"]],
        ["TWO", []],
        ["THREE", []],
      ]);
    });

    it.each(["yes", 1, null])("refuses the mark %j, once", async (mark) => {
      const refused = unreadCodes(mark, { $ref: anyViolation });
      await expect(refused).rejects.toMatchObject({
        diagnostics: [
          {
            code: "spec-errors",
            message: "x-kompliant-stand-in must be true or false",
          },
        ],
      });
    });
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
