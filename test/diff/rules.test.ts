import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Change } from "../../generator/diff/change.js";
import * as rules from "../../generator/diff/rules.js";
import { exportedNameRemoved } from "../../generator/diff/rules/exported-name-removed.js";
import {
  errorResponse,
  errorSchema,
  jsonResponse,
} from "../model/spec-builder.js";
import type { SpecParts } from "../model/spec-builder.js";
import { apiWith, changesBy, jsonBody, objectOf } from "./diff-builder.js";

interface RuleCase {
  readonly rule: string;
  readonly name: string;
  readonly before: SpecParts;
  readonly after: SpecParts;
  /** What the one change looks like; undefined when the rule says nothing. */
  readonly expected: Partial<Change> | undefined;
}

const text = { type: "string" };
const number = { type: "number" };
const violation = "SYSTEM_RULE_VIOLATION";

/** An API whose one operation answers with the given errors. */
function withErrors(...errors: Parameters<typeof errorSchema>[]): SpecParts {
  return {
    operations: {
      "thing.set": {
        responses: {
          "400": errorResponse(...errors.map((each) => errorSchema(...each))),
        },
      },
    },
  };
}

/** An API that sends or receives a value of the given schema. */
const sends = (schema: object): SpecParts => apiWith({ input: { a: schema } });
const receives = (schema: object): SpecParts =>
  apiWith({ data: { a: schema } });

/** A type T, and something that describes its field anew. */
const madeOfT = {
  allOf: [
    { $ref: "#/components/schemas/T" },
    { type: "object", properties: { a: { ...text, description: "C" } } },
  ],
};

/** An API whose one operation takes a parameter outside of its body. */
const withParameter = (more: object): SpecParts =>
  apiWith({
    operation: {
      parameters: [
        {
          name: "a",
          in: "query",
          schema: { type: "array", items: text },
          ...more,
        },
      ],
    },
  });

/** An API whose one operation takes a body of the given media type. */
const withBody = (mediaType: string, encoding?: object): SpecParts =>
  apiWith({
    operation: {
      requestBody: {
        content: {
          [mediaType]: { schema: objectOf({ a: text }), encoding },
        },
      },
    },
  });

/** An API whose one operation takes bytes of any of the given media types. */
const withBodies = (...mediaTypes: readonly string[]): SpecParts =>
  apiWith({
    operation: {
      requestBody: {
        content: Object.fromEntries(mediaTypes.map((each) => [each, {}])),
      },
    },
  });

/** An operation whose body is data of a media type. */
const answersAs = (mediaType: string): SpecParts =>
  apiWith({
    operation: {
      responses: {
        "200": {
          description: "",
          content: { [mediaType]: { schema: objectOf({ a: text }) } },
        },
      },
    },
  });

const webhook = (body: object, more: object = {}): SpecParts => ({
  operations: {},
  more: {
    webhooks: {
      CREATED: { post: { ...more, requestBody: jsonBody({ ...body }) } },
    },
  },
});

const twoOperations = (first: object[], second: object[]): SpecParts => ({
  operations: {
    "thing.set": { responses: { "400": errorResponse(...(first as never[])) } },
    "thing.get": {
      responses: { "400": errorResponse(...(second as never[])) },
    },
  },
});

const standIn = {
  "x-kompliant-stand-in": true,
  oneOf: [errorSchema("RULE", "Thing", "ONE")],
};
const widerStandIn = {
  ...standIn,
  oneOf: [...standIn.oneOf, errorSchema("RULE", "Thing", "THREE")],
};

const empty: SpecParts = { operations: {} };
const cases: readonly RuleCase[] = [
  {
    rule: "api-title-changed",
    name: "another title",
    before: empty,
    after: { operations: {}, more: { info: { title: "B", version: "1" } } },
    expected: { level: "documentation", bump: "patch" },
  },
  {
    rule: "api-version-changed",
    name: "another version",
    before: empty,
    after: { operations: {}, more: { info: { title: "Test", version: "2" } } },
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "server-changed",
    name: "another server",
    before: {
      operations: {},
      more: { servers: [{ url: "https://a.example" }] },
    },
    after: {
      operations: {},
      more: { servers: [{ url: "https://b.example" }] },
    },
    expected: { level: "additive" },
  },
  {
    rule: "server-changed",
    name: "the same server",
    before: {
      operations: {},
      more: { servers: [{ url: "https://a.example" }] },
    },
    after: {
      operations: {},
      more: { servers: [{ url: "https://a.example", description: "A" }] },
    },
    expected: undefined,
  },
  {
    rule: "operation-added",
    name: "a new operation",
    before: empty,
    after: apiWith({}),
    expected: { level: "additive", bump: "minor", operations: ["thing.set"] },
  },
  {
    rule: "operation-removed",
    name: "an operation less",
    before: apiWith({ input: {} }),
    after: empty,
    expected: {
      level: "breaking",
      bump: "major",
      removedExports: [
        "ThingSetData",
        "ThingSetError",
        "ThingSetErrorCode",
        "ThingSetInput",
        "thingSet",
      ],
    },
  },
  {
    rule: "operation-renamed",
    name: "another name at the same address",
    before: apiWith({ operation: { operationId: "thing.set" } }),
    after: apiWith({ operation: { operationId: "thing.put" } }),
    expected: {
      level: "breaking",
      message: "operation `thing.set` became `thing.put`",
    },
  },
  {
    rule: "operation-address-changed",
    name: "another path",
    before: { operations: { "thing.set": {} } },
    after: { operations: { "thing.put": { operationId: "thing.set" } } },
    expected: { level: "breaking" },
  },
  {
    rule: "operation-effect-changed",
    name: "a read becomes a write",
    before: apiWith({ operation: { "x-kompliant-effect": "read" } }),
    after: apiWith({ operation: { "x-kompliant-effect": "write" } }),
    expected: { level: "additive" },
  },
  {
    rule: "operation-effect-changed",
    name: "write said explicitly",
    before: apiWith({}),
    after: apiWith({ operation: { "x-kompliant-effect": "write" } }),
    expected: undefined,
  },
  {
    rule: "operation-answer-changed",
    name: "one result becomes one for each item",
    before: apiWith({ data: { a: text } }),
    after: apiWith({
      operation: {
        responses: {
          "200": jsonResponse(
            objectOf({
              meta: { type: "object" },
              results: {
                type: "array",
                items: {
                  oneOf: [
                    objectOf({ data: objectOf({ a: text }) }),
                    objectOf({ errors: { type: "array", items: {} } }),
                  ],
                },
              },
            }),
          ),
        },
      },
    }),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-input-changed",
    name: "optional input where there was none",
    before: apiWith({}),
    after: sends(text),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "operation-input-changed",
    name: "input that must be given",
    before: sends(text),
    after: apiWith({
      operation: {
        requestBody: { ...jsonBody(objectOf({ a: text })), required: true },
      },
    }),
    expected: {
      level: "breaking",
      message: "optional input became required input",
    },
  },
  {
    rule: "operation-input-changed",
    name: "a query parameter beside the body",
    before: sends(text),
    after: apiWith({
      input: { a: text },
      operation: { parameters: [{ name: "q", in: "query", schema: text }] },
    }),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "operation-answer-changed",
    name: "an answer without the envelope",
    before: receives(text),
    after: apiWith({
      operation: { responses: { "200": jsonResponse(objectOf({ a: text })) } },
    }),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-answer-changed",
    name: "a body that becomes a stream",
    before: answersAs("application/json"),
    after: answersAs("application/x-ndjson"),
    expected: {
      level: "breaking",
      message: "the answer, the whole body, became a stream of lines of JSON",
    },
  },
  {
    rule: "operation-answer-changed",
    name: "lines that become events",
    before: answersAs("application/x-ndjson"),
    after: answersAs("text/event-stream"),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-encoding-changed",
    name: "another media type",
    before: withBody("application/x-www-form-urlencoded"),
    after: withBody("multipart/form-data"),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-encoding-changed",
    name: "one more media type of bytes",
    before: withBodies("image/png"),
    after: withBodies("image/jpeg", "image/png"),
    expected: undefined,
  },
  {
    rule: "operation-encoding-changed",
    name: "one media type of bytes less",
    before: withBodies("image/jpeg", "image/png"),
    after: withBodies("image/png"),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-encoding-changed",
    name: "a field of a form with another media type",
    before: withBody("multipart/form-data", { a: { contentType: "a/b" } }),
    after: withBody("multipart/form-data", { a: { contentType: "a/c" } }),
    expected: { level: "breaking" },
  },
  {
    rule: "operation-encoding-changed",
    name: "a parameter in another style",
    before: withParameter({ style: "form" }),
    after: withParameter({ style: "pipeDelimited" }),
    expected: {
      level: "breaking",
      message: "`query.a` is sent in another form",
    },
  },
  {
    rule: "property-became-required",
    name: "a query parameter",
    before: withParameter({}),
    after: withParameter({ required: true }),
    expected: {
      level: "breaking",
      message: "`query`: property `a` is required now",
      after: {
        file: "spec.json",
        pointer: "#/paths/~1thing.set/post/parameters/0",
        line: undefined,
        column: undefined,
      },
    },
  },
  {
    rule: "property-added",
    name: "a required request header",
    before: apiWith({}),
    after: withParameter({ in: "header", required: true }),
    expected: {
      level: "breaking",
      message: "`header`: required property `a` is new",
    },
  },
  {
    rule: "operation-input-changed",
    name: "no input any more",
    before: sends(text),
    after: apiWith({}),
    expected: { bump: "major", removedExports: ["ThingSetInput"] },
  },
  {
    rule: "deprecation-changed",
    name: "an operation is deprecated",
    before: apiWith({}),
    after: apiWith({ operation: { deprecated: true } }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "deprecation-changed",
    name: "a deprecation that stays",
    before: apiWith({ operation: { deprecated: true } }),
    after: apiWith({ operation: { deprecated: true, summary: "A" } }),
    expected: undefined,
  },
  {
    rule: "documentation-changed",
    name: "another description of an operation",
    before: apiWith({ operation: { description: "A" } }),
    after: apiWith({ operation: { description: "B" } }),
    expected: { level: "documentation", message: "description changed" },
  },
  {
    rule: "documentation-changed",
    name: "a link to the documentation of an error",
    before: withErrors(["BAD"]),
    after: {
      operations: {
        "thing.set": {
          responses: {
            "400": errorResponse({
              ...errorSchema("BAD"),
              externalDocs: { url: "https://docs.example" },
            }),
          },
        },
      },
    },
    expected: { level: "documentation", subject: "BAD" },
  },
  {
    rule: "webhook-added",
    name: "a new event",
    before: empty,
    after: webhook(objectOf({ a: text })),
    expected: { level: "additive", webhooks: ["CREATED"] },
  },
  {
    rule: "webhook-removed",
    name: "an event less",
    before: webhook(objectOf({ a: text })),
    after: empty,
    expected: { level: "breaking", webhooks: ["CREATED"] },
  },
  {
    rule: "webhook-encoding-changed",
    name: "data is encoded",
    before: webhook(objectOf({ data: text })),
    after: webhook(
      objectOf({ data: { ...text, contentSchema: objectOf({ a: text }) } }),
    ),
    expected: { level: "breaking" },
  },
  {
    rule: "property-removed",
    name: "a field of an event",
    before: webhook(objectOf({ a: text, b: text })),
    after: webhook(objectOf({ a: text })),
    expected: { level: "breaking", webhooks: ["CREATED"], operations: [] },
  },
  {
    rule: "property-removed",
    name: "a parameter",
    before: apiWith({ input: { a: text, b: text } }),
    after: sends(text),
    expected: {
      level: "breaking",
      directions: ["request"],
      message: "property `b` was removed",
    },
  },
  {
    rule: "property-removed",
    name: "a response field",
    before: apiWith({ data: { a: text, b: text } }),
    after: receives(text),
    expected: { level: "breaking", directions: ["response"] },
  },
  {
    rule: "property-added",
    name: "a required parameter",
    before: sends(text),
    after: apiWith({ input: { a: text, b: text }, required: ["b"] }),
    expected: { level: "breaking", bump: "major" },
  },
  {
    rule: "property-added",
    name: "an optional parameter",
    before: sends(text),
    after: apiWith({ input: { a: text, b: text } }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "property-added",
    name: "a response field",
    before: receives(text),
    after: apiWith({ data: { a: text, b: text }, dataRequired: ["b"] }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "property-added",
    name: "a field that moves into an allOf",
    before: apiWith({ data: { a: objectOf({ b: text, c: text }) } }),
    after: apiWith({
      data: { a: { allOf: [objectOf({ b: text }), objectOf({ c: text })] } },
    }),
    expected: undefined,
  },
  {
    rule: "property-became-required",
    name: "a parameter",
    before: sends(text),
    after: apiWith({ input: { a: text }, required: ["a"] }),
    expected: { level: "breaking" },
  },
  {
    rule: "property-became-required",
    name: "a response field",
    before: receives(text),
    after: apiWith({ data: { a: text }, dataRequired: ["a"] }),
    expected: { level: "additive" },
  },
  {
    rule: "property-became-optional",
    name: "a parameter",
    before: apiWith({ input: { a: text }, required: ["a"] }),
    after: sends(text),
    expected: { level: "additive" },
  },
  {
    rule: "property-became-optional",
    name: "a response field",
    before: apiWith({ data: { a: text }, dataRequired: ["a"] }),
    after: receives(text),
    expected: { level: "breaking" },
  },
  {
    rule: "property-became-optional",
    name: "a required list in another order",
    before: apiWith({ data: { a: text, b: text }, dataRequired: ["a", "b"] }),
    after: apiWith({ data: { b: text, a: text }, dataRequired: ["b", "a"] }),
    expected: undefined,
  },
  {
    rule: "type-changed",
    name: "another type of a parameter",
    before: sends(text),
    after: sends(number),
    expected: {
      level: "breaking",
      message: "`a`: type string became number",
    },
  },
  {
    rule: "type-changed",
    name: "a parameter that may be null",
    before: sends(text),
    after: sends({ type: ["string", "null"] }),
    expected: { level: "additive" },
  },
  {
    rule: "type-changed",
    name: "a response field that may be null",
    before: receives(text),
    after: receives({ type: ["null", "string"] }),
    expected: { level: "breaking" },
  },
  {
    rule: "type-changed",
    name: "a response field that is never null any more",
    before: receives({ type: ["string", "null"] }),
    after: receives(text),
    expected: { level: "additive" },
  },
  {
    rule: "type-changed",
    name: "items of a list",
    before: receives({ type: "array", items: text }),
    after: receives({ type: "array", items: number }),
    expected: {
      level: "breaking",
      message: "`a[]`: type string became number",
    },
  },
  {
    rule: "type-changed",
    name: "a type that is only spelled out",
    before: receives({ properties: { b: text } }),
    after: receives(objectOf({ b: text })),
    expected: undefined,
  },
  {
    rule: "format-changed",
    name: "a format for a parameter",
    before: sends(text),
    after: sends({ ...text, format: "date" }),
    expected: { level: "breaking" },
  },
  {
    rule: "format-changed",
    name: "a format for a response field",
    before: receives(text),
    after: receives({ ...text, format: "date" }),
    expected: { level: "additive" },
  },
  {
    rule: "format-changed",
    name: "another format of a response field",
    before: receives({ ...text, format: "date" }),
    after: receives({ ...text, format: "date-time" }),
    expected: { level: "breaking" },
  },
  {
    rule: "enum-value-added",
    name: "in a request",
    before: sends({ enum: ["A"] }),
    after: sends({ enum: ["B", "A"] }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "enum-value-added",
    name: "to a closed list in a response",
    before: receives({ enum: ["A"] }),
    after: receives({ enum: ["A", "B"] }),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "enum-value-added",
    name: "to an open list in a response",
    before: receives({ ...text, "x-extensible-enum": ["A"] }),
    after: receives({ ...text, "x-extensible-enum": ["A", "B"] }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "enum-value-added",
    name: "values in another order",
    before: receives({ enum: ["A", "B"] }),
    after: receives({ enum: ["B", "A"] }),
    expected: undefined,
  },
  {
    rule: "enum-value-removed",
    name: "from a request",
    before: sends({ enum: ["A", "B"] }),
    after: sends({ enum: ["A"] }),
    expected: { level: "breaking" },
  },
  {
    rule: "enum-value-removed",
    name: "from an open list in a response",
    before: receives({ ...text, "x-extensible-enum": ["A", "B"] }),
    after: receives({ ...text, "x-extensible-enum": ["A"] }),
    expected: { level: "breaking" },
  },
  {
    rule: "enum-openness-changed",
    name: "a list for a parameter",
    before: sends(text),
    after: sends({ ...text, enum: ["A"] }),
    expected: { level: "breaking" },
  },
  {
    rule: "enum-openness-changed",
    name: "a closed list that opens in a response",
    before: receives({ ...text, enum: ["A"] }),
    after: receives({ ...text, "x-extensible-enum": ["A"] }),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "enum-openness-changed",
    name: "an enum that becomes a const",
    before: receives({ ...text, enum: ["A"] }),
    after: receives({ ...text, const: "A" }),
    expected: undefined,
  },
  {
    rule: "validation-tightened",
    name: "a pattern for a parameter",
    before: sends(text),
    after: sends({ ...text, pattern: "^a" }),
    expected: { level: "breaking" },
  },
  {
    rule: "validation-tightened",
    name: "a smaller maximum in a request",
    before: sends({ ...number, maximum: 10 }),
    after: sends({ ...number, maximum: 5 }),
    expected: { level: "breaking" },
  },
  {
    rule: "validation-tightened",
    name: "a smaller maximum in a response",
    before: receives({ ...number, maximum: 10 }),
    after: receives({ ...number, maximum: 5 }),
    expected: { level: "additive" },
  },
  {
    rule: "validation-tightened",
    name: "a larger maximum",
    before: sends({ ...number, maximum: 5 }),
    after: sends({ ...number, maximum: 10 }),
    expected: undefined,
  },
  {
    rule: "validation-loosened",
    name: "a larger maximum",
    before: sends({ ...number, maximum: 5 }),
    after: sends({ ...number, maximum: 10 }),
    expected: { level: "additive" },
  },
  {
    rule: "validation-loosened",
    name: "a limit that goes",
    before: sends({ ...text, minLength: 5 }),
    after: sends(text),
    expected: { level: "additive" },
  },
  {
    rule: "additional-properties-changed",
    name: "a request that is closed",
    before: sends(objectOf({})),
    after: sends({ ...objectOf({}), additionalProperties: false }),
    expected: { level: "breaking" },
  },
  {
    rule: "additional-properties-changed",
    name: "a response that is closed",
    before: receives(objectOf({})),
    after: receives({ ...objectOf({}), additionalProperties: false }),
    expected: { level: "additive" },
  },
  {
    rule: "additional-properties-changed",
    name: "openness said explicitly, which the client has a type for",
    before: sends(objectOf({})),
    after: sends({ ...objectOf({}), additionalProperties: true }),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "additional-properties-changed",
    name: "openness that is not said any more",
    before: receives({ ...objectOf({}), additionalProperties: true }),
    after: receives(objectOf({})),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "additional-properties-changed",
    name: "openness said in another way",
    before: sends({ ...objectOf({}), additionalProperties: true }),
    after: sends({ ...objectOf({}), additionalProperties: {} }),
    expected: undefined,
  },
  {
    rule: "default-changed",
    name: "another default",
    before: sends({ ...text, default: "A" }),
    after: sends({ ...text, default: "B" }),
    expected: { level: "additive" },
  },
  {
    rule: "schema-deprecation-changed",
    name: "a parameter is deprecated",
    before: sends(text),
    after: sends({ ...text, deprecated: true }),
    expected: { level: "additive" },
  },
  {
    rule: "schema-documentation-changed",
    name: "another description of a field",
    before: receives({ ...text, description: "A" }),
    after: receives({ ...text, description: "B" }),
    expected: { level: "documentation" },
  },
  {
    rule: "schema-documentation-changed",
    name: "another description beside a reference",
    before: apiWith({
      data: { a: { $ref: "#/components/schemas/T", description: "A" } },
      schemas: { T: text },
    }),
    after: apiWith({
      data: { a: { $ref: "#/components/schemas/T", description: "B" } },
      schemas: { T: text },
    }),
    expected: { level: "documentation" },
  },
  {
    rule: "schema-documentation-changed",
    name: "a type of which another is made, that describes the field anew",
    before: apiWith({
      data: { a: madeOfT },
      schemas: {
        T: { type: "object", properties: { a: { ...text, description: "A" } } },
      },
    }),
    after: apiWith({
      data: { a: madeOfT },
      schemas: {
        T: { type: "object", properties: { a: { ...text, description: "B" } } },
      },
    }),
    expected: { level: "documentation" },
  },
  {
    rule: "notation-changed",
    name: "a property required by another part of an allOf",
    before: receives({
      allOf: [
        { type: "object", required: ["b"], properties: { b: text } },
        { type: "object", required: ["b"], properties: { b: text } },
      ],
    }),
    after: receives({
      allOf: [
        { type: "object", required: ["b"], properties: { b: text } },
        { type: "object", properties: { b: text } },
      ],
    }),
    expected: {
      level: "documentation",
      message: "`a`: described in another way",
    },
  },
  {
    rule: "type-changed",
    name: "a part of an allOf that contradicts another",
    before: receives({
      allOf: [{ type: "object" }, { properties: { b: text } }],
    }),
    after: receives({
      allOf: [{ type: "object" }, { type: "integer" }],
    }),
    expected: {
      level: "additive",
      message: "`a`: type object became nothing",
    },
  },
  {
    rule: "other-keyword-changed",
    name: "a keyword without a rule of its own",
    before: receives({ ...text, not: { const: "A" } }),
    after: receives({ ...text, not: { const: "B" } }),
    expected: { level: "breaking" },
  },
  {
    rule: "alternative-added",
    name: "to a response",
    before: receives({ oneOf: [text, number] }),
    after: receives({ oneOf: [text, { type: "boolean" }, number] }),
    expected: {
      level: "breaking",
      message: "`a`: may be boolean now",
    },
  },
  {
    rule: "alternative-added",
    name: "to a request that had one form",
    before: sends(text),
    after: sends({ anyOf: [text, number] }),
    expected: { level: "additive" },
  },
  {
    rule: "alternative-added",
    name: "alternatives in another order",
    before: receives({ oneOf: [text, number] }),
    after: receives({ oneOf: [number, text] }),
    expected: undefined,
  },
  {
    rule: "alternative-removed",
    name: "from a request",
    before: sends({ oneOf: [text, number] }),
    after: sends({ oneOf: [text] }),
    expected: { level: "breaking" },
  },
  {
    rule: "error-code-added",
    name: "a new code",
    before: withErrors(["BAD"]),
    after: withErrors(["BAD"], ["WORSE"]),
    expected: {
      level: "additive",
      bump: "major",
      consequences: [
        "A match over `ThingSetError` must add `WORSE`; deployed code receives it as `undocumented`.",
      ],
    },
  },
  {
    rule: "error-code-removed",
    name: "a code less",
    before: withErrors(["BAD"], ["WORSE"]),
    after: withErrors(["BAD"]),
    expected: { level: "breaking", removedExports: ["WorseError"] },
  },
  {
    rule: "error-entity-type-added",
    name: "a known code for another entity type",
    before: withErrors([violation, "A", "ONE"]),
    after: withErrors([violation, "A", "ONE"], [violation, "B", "ONE"]),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "error-entity-type-removed",
    name: "an entity type less",
    before: withErrors([violation, "A", "ONE"], [violation, "B", "ONE"]),
    after: withErrors([violation, "A", "ONE"]),
    expected: { level: "breaking", removedExports: ["BOne", "BViolation"] },
  },
  {
    rule: "error-sub-code-added",
    name: "a further sub-code",
    before: withErrors([violation, "A", "ONE"]),
    after: withErrors([violation, "A", "ONE"], [violation, "A", "TWO"]),
    expected: {
      level: "additive",
      consequences: [
        "A match over `ThingSetError` must add `TWO`; deployed code receives it as `undocumented`.",
      ],
    },
  },
  {
    rule: "error-sub-code-removed",
    name: "a sub-code less",
    before: withErrors([violation, "A", "ONE"], [violation, "A", "TWO"]),
    after: withErrors([violation, "A", "ONE"]),
    expected: { level: "breaking", removedExports: ["ATwo", "Two"] },
  },
  {
    rule: "operation-error-added",
    name: "a further operation with a known error",
    before: twoOperations([errorSchema("BAD")], []),
    after: twoOperations([errorSchema("BAD")], [errorSchema("BAD")]),
    expected: { level: "additive", bump: "major", operations: ["thing.get"] },
  },
  {
    rule: "operation-error-added",
    name: "the same errors in another order",
    before: withErrors(["BAD"], ["WORSE"]),
    after: withErrors(["WORSE"], ["BAD"]),
    expected: undefined,
  },
  {
    rule: "operation-error-removed",
    name: "an operation without a known error",
    before: twoOperations([errorSchema("BAD")], [errorSchema("BAD")]),
    after: twoOperations([errorSchema("BAD")], []),
    expected: { level: "breaking", operations: ["thing.get"] },
  },
  {
    rule: "operation-errors-coverage-changed",
    name: "rows in place of what stood in for them",
    before: twoOperations([standIn], [errorSchema("RULE", "Thing", "ONE")]),
    after: twoOperations(
      [errorSchema("RULE", "Thing", "ONE")],
      [errorSchema("RULE", "Thing", "ONE")],
    ),
    expected: { level: "additive", bump: "major", operations: ["thing.set"] },
  },
  {
    rule: "operation-errors-coverage-changed",
    name: "what stands in for rows in place of them",
    before: withErrors(["RULE", "Thing", "ONE"]),
    after: twoOperations([standIn], []),
    expected: { level: "additive", bump: "major" },
  },
  {
    rule: "operation-errors-coverage-changed",
    name: "another error that stands in",
    before: twoOperations([standIn], []),
    after: twoOperations([widerStandIn], []),
    expected: undefined,
  },
  {
    rule: "error-sub-code-added",
    name: "another error that stands in",
    before: twoOperations([standIn], []),
    after: twoOperations([widerStandIn], []),
    expected: { level: "additive", bump: "minor" },
  },
  {
    rule: "operation-error-added",
    name: "a known error that stands in for rows",
    before: twoOperations([errorSchema("RULE", "Thing", "ONE")], []),
    after: twoOperations([errorSchema("RULE", "Thing", "ONE")], [standIn]),
    expected: undefined,
  },
  {
    rule: "operation-error-removed",
    name: "a known error that no longer stands in for rows",
    before: twoOperations([errorSchema("RULE", "Thing", "ONE")], [standIn]),
    after: twoOperations(
      [errorSchema("RULE", "Thing", "ONE")],
      [errorSchema("RULE", "Thing", "TWO")],
    ),
    expected: undefined,
  },
  {
    rule: "error-status-changed",
    name: "another HTTP status",
    before: withErrors(["BAD"]),
    after: {
      operations: {
        "thing.set": {
          responses: { "404": errorResponse(errorSchema("BAD")) },
        },
      },
    },
    expected: { level: "additive" },
  },
  {
    rule: "exported-name-removed",
    name: "a schema under another name",
    before: apiWith({
      data: { a: { $ref: "#/components/schemas/Old" } },
      schemas: { Old: objectOf({ b: text }) },
    }),
    after: apiWith({
      data: { a: { $ref: "#/components/schemas/New" } },
      schemas: { New: objectOf({ b: text }) },
    }),
    expected: { level: "additive", bump: "major", removedExports: ["Old"] },
  },
  {
    rule: "exported-name-removed",
    name: "an operation whose removal is reported",
    before: { operations: { "thing.set": {}, "thing.get": {} } },
    after: { operations: { "thing.set": {} } },
    expected: undefined,
  },
];

const ids = [...Object.values(rules).flat(), exportedNameRemoved].map(
  ({ id }) => id,
);

describe.each([...new Set(cases.map(({ rule }) => rule))])(
  "rule %s",
  (rule) => {
    const ofRule = cases.filter((each) => each.rule === rule);

    it.each(ofRule.filter(({ expected }) => expected))(
      "reports $name",
      async ({ before, after, expected }) => {
        const changes = await changesBy(rule, before, after);
        expect(changes).toHaveLength(1);
        expect(changes[0]).toMatchObject(expected ?? {});
      },
    );

    it.each(ofRule)("does not report $name once it is known", async (each) => {
      expect(await changesBy(rule, each.after, each.after)).toEqual([]);
    });

    for (const { name, before, after } of ofRule.filter(
      ({ expected }) => !expected,
    )) {
      it(`does not report ${name}`, async () => {
        expect(await changesBy(rule, before, after)).toEqual([]);
      });
    }
  },
);

describe("the rules", () => {
  it("have ids of their own, and each is shown to fire", () => {
    expect(new Set(ids).size).toBe(ids.length);
    const fired = cases.filter(({ expected }) => expected);
    expect([...new Set(fired.map(({ rule }) => rule))].sort()).toEqual(
      [...ids].sort(),
    );
  });

  it("are all explained in the documentation", () => {
    const page = readFileSync("docs/diff.md", "utf8");
    const documented = [...page.matchAll(/^\| `([a-z][a-z-]+)` +\|/gm)].map(
      ([, id]) => id,
    );
    expect(documented.sort()).toEqual([...ids].sort());
  });
});
