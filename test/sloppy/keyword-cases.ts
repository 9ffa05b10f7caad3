import { ref, withA } from "./schema-case.js";
import type { SchemaCase } from "./schema-case.js";

/** Keywords of JSON Schema 2020-12 that shape types. */
export const keywordCases: readonly SchemaCase[] = [
  {
    name: "propertyNames that list the keys",
    schema: {
      type: "object",
      properties: {
        titles: {
          type: "object",
          propertyNames: ref("Language"),
          additionalProperties: { type: "string" },
        },
        any: { propertyNames: { enum: ["a", "b"] }, type: "object" },
        open: {
          type: "object",
          propertyNames: { pattern: "^x" },
          additionalProperties: { type: "integer" },
        },
        mixed: {
          type: "object",
          properties: { en: { type: "integer" } },
          propertyNames: { allOf: [ref("Language")] },
          additionalProperties: { type: "string" },
        },
      },
    },
    others: { Language: { type: "string", enum: ["en", "de"] } },
    accepts: [
      '{ titles: { en: "x" } }',
      "{ titles: {}, any: { a: 1 }, open: { x1: 1 } }",
      '{ mixed: { en: 1, de: "x" } }',
    ],
    refuses: [
      '{ titles: { xx: "x" } }',
      "{ titles: { en: 1 } }",
      "{ any: { c: 1 } }",
      '{ open: { x1: "x" } }',
      '{ mixed: { en: "x" } }',
    ],
  },
  {
    name: "properties that are there on a condition",
    schema: {
      type: "object",
      properties: {
        card: ref("Card"),
        either: ref("Either"),
        many: ref("Many"),
      },
    },
    others: {
      Card: {
        type: "object",
        properties: { number: { type: "string" } },
        dependentSchemas: {
          number: {
            required: ["address"],
            properties: { address: { type: "string" } },
          },
        },
      },
      Either: {
        type: "object",
        required: ["kind"],
        properties: { kind: { enum: ["a", "b"] } },
        if: { properties: { kind: { const: "a" } } },
        then: { required: ["x"], properties: { x: { type: "string" } } },
        else: {
          allOf: [ref("Otherwise")],
          properties: { kind: { const: "b" } },
        },
      },
      Otherwise: { properties: { y: { type: "integer" } } },
      Many: {
        properties: { kind: { type: "string" } },
        allOf: [
          {
            if: { required: ["kind"] },
            then: { properties: { value: { type: "string" } } },
          },
          {
            if: { required: ["other"] },
            then: {
              properties: { value: { type: "integer" } },
              if: true,
              then: { properties: { deep: { type: "boolean" } } },
            },
          },
        ],
      },
    },
    accepts: [
      '{ card: { number: "1", address: "x" } }',
      '{ either: { kind: "a", x: "x" } }',
      '{ either: { kind: "b", y: 1 } }',
      '{ many: { kind: "x", value: "x" } }',
      "{ many: { value: 1, deep: true } }",
    ],
    refuses: [
      '{ card: { number: "1", address: 1 } }',
      '{ either: { kind: "c" } }',
      '{ either: { kind: "b", y: "x" } }',
      "{ many: { value: true } }",
      "{ many: { deep: 1 } }",
    ],
  },
  {
    name: "any keyword that shapes a type, beside a $ref",
    schema: {
      type: "object",
      required: ["text", "map"],
      properties: {
        text: { ...ref("MaybeText"), type: "string" },
        map: { ...ref("Core"), additionalProperties: { type: "string" } },
        same: { ...ref("Core"), type: "object" },
      },
    },
    others: { Core: withA, MaybeText: { type: ["string", "null"] } },
    accepts: [
      '{ text: "x", map: { a: "x", b: "y" } }',
      '{ text: "x", map: { a: "x" }, same: { a: "x" } }',
    ],
    refuses: [
      '{ text: null, map: { a: "x" } }',
      '{ text: "x", map: { b: "y" } }',
      '{ text: "x", map: { a: "x" }, same: { a: "x", b: "y" } }',
    ],
  },
];
