import { named, ref, withA } from "./schema-case.js";
import type { SchemaCase } from "./schema-case.js";

/** Schemas that others are composed of, in any version of OpenAPI. */
export const compositionCases: readonly SchemaCase[] = [
  {
    name: "a discriminator whose values the bases of its alternatives say",
    schema: {
      oneOf: [ref("MessageEntry"), ref("CallEntry"), ref("NoteEntry")],
      discriminator: { propertyName: "kind" },
    },
    others: {
      Message: {
        type: "object",
        required: ["kind", "text"],
        properties: {
          kind: { type: "string", enum: ["message"] },
          text: { type: "string" },
        },
      },
      CallKind: { type: "string", enum: ["call"] },
      Call: {
        type: "object",
        properties: { kind: { allOf: [ref("CallKind")] } },
      },
      Note: named({ lines: { type: "integer" } }),
      MessageEntry: { allOf: [ref("Message"), withA] },
      CallEntry: { allOf: [ref("Call"), { ...withA, required: ["kind"] }] },
      NoteEntry: { allOf: [ref("Note"), withA] },
    },
    accepts: [
      '{ kind: "message", text: "hi", a: "x" }',
      '{ kind: "call" }',
      '{ kind: "NoteEntry", a: "x", lines: 1 }',
    ],
    refuses: [
      '{ kind: "MessageEntry", text: "hi", a: "x" }',
      '{ kind: "call", lines: 1 }',
      "{}",
    ],
  },
  {
    name: "allOf around a union with a discriminator",
    schema: {
      type: "object",
      properties: { alias: ref("Alias"), more: ref("More") },
    },
    others: {
      Union: {
        oneOf: [ref("C"), ref("D")],
        discriminator: {
          propertyName: "kind",
          mapping: { c: "#/components/schemas/C", d: "#/components/schemas/D" },
        },
      },
      C: { type: "object", properties: { kind: { type: "string" } } },
      D: named({ d: { type: "string" } }),
      Alias: { description: "Another name", allOf: [ref("Union")] },
      More: { allOf: [ref("Union"), withA] },
    },
    accepts: [
      '{ alias: { kind: "c" }, more: { kind: "d", d: "x", a: "x" } }',
      '{ more: { kind: "c", a: "x" } }',
    ],
    refuses: ['{ alias: { kind: "Alias" } }', '{ more: { kind: "c" } }'],
  },
  {
    name: "allOf around a union, as an alternative of another one",
    schema: {
      oneOf: [ref("More"), ref("E")],
      discriminator: { propertyName: "kind" },
    },
    others: {
      Union: {
        anyOf: [ref("C"), ref("D")],
        discriminator: {
          propertyName: "kind",
          mapping: { c: "C", d: "#/components/schemas/D" },
        },
      },
      C: named({ c: { type: "string" } }),
      D: named({ d: { type: "string" } }),
      E: named({}),
      More: { allOf: [ref("Union"), withA] },
    },
    accepts: ['{ kind: "c", c: "x", a: "x" }', '{ kind: "E" }'],
    refuses: ['{ kind: "More", a: "x" }', '{ kind: "E", a: "x" }'],
  },
  {
    name: "a schema that only wraps one with heirs, which is none of them",
    schema: { type: "object", properties: { pet: ref("Wrapped") } },
    others: {
      Pet: {
        ...named({}),
        discriminator: { propertyName: "kind", mapping: { cat: "Cat" } },
      },
      Wrapped: { description: "A pet", allOf: [ref("Pet")] },
      Cat: { allOf: [ref("Pet"), withA] },
    },
    accepts: ['{ pet: { kind: "cat" } }', '{ pet: { kind: "dog" } }'],
    refuses: ["{ pet: { kind: 1 } }"],
  },
  {
    name: "a parent that lists its heirs",
    schema: ref("Pet"),
    others: {
      Pet: {
        ...named({ name: { type: "string" } }),
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: {
          propertyName: "kind",
          mapping: {
            cat: "#/components/schemas/Cat",
            dog: "#/components/schemas/Dog",
          },
        },
      },
      Furry: {
        allOf: [ref("Pet"), { properties: { fur: { type: "string" } } }],
      },
      Cat: { allOf: [ref("Furry"), withA] },
      Dog: {
        allOf: [{ allOf: [ref("Pet")] }],
        properties: { barks: { type: "boolean" } },
      },
    },
    accepts: [
      '{ kind: "cat", name: "x", fur: "x", a: "x" }',
      '{ kind: "dog", barks: true }',
    ],
    refuses: [
      '{ kind: "cat" }',
      '{ kind: "dog", a: "x", fur: "x" }',
      '{ kind: "x" }',
    ],
  },
  {
    name: "discriminated alternatives without properties",
    schema: {
      oneOf: [
        ref("Ping"),
        ref("Bag"),
        ref("Strict"),
        ref("Other"),
        ref("Alias"),
      ],
      discriminator: {
        propertyName: "kind",
        mapping: {
          ping: "Ping",
          bag: "Bag",
          strict: "Strict",
          x: "Other",
          y: "Other",
          alias: "Alias",
        },
      },
    },
    others: {
      Ping: { type: "object" },
      Bag: { type: "object", additionalProperties: { type: "string" } },
      Strict: { required: ["b"] },
      Other: {
        oneOf: [ref("X"), ref("Y")],
        discriminator: { propertyName: "kind", mapping: { x: "X", y: "Y" } },
      },
      X: { type: "object" },
      Y: named({ y: { type: "integer" } }),
      Alias: { allOf: [ref("Core")] },
      Core: withA,
    },
    accepts: [
      '{ kind: "ping" }',
      '{ kind: "bag", some: "text" }',
      '{ kind: "strict", b: 1 }',
      '{ kind: "y", y: 1 }',
      '{ kind: "x" }',
      '{ kind: "alias", a: "x" }',
    ],
    refuses: [
      '{ kind: "z" }',
      '{ kind: "strict" }',
      '{ kind: "alias" }',
      '{ kind: "bag", some: 1 }',
    ],
  },
  {
    name: "what is read-only in one part and required by another, in an answer",
    schema: {
      allOf: [
        { properties: { a: { type: "string", readOnly: true } } },
        { required: ["a"] },
      ],
    },
    accepts: ['{ a: "x" }'],
    refuses: ["{}"],
  },
  {
    name: "bytes in JSON, which are a text",
    schema: {
      type: "object",
      properties: {
        file: ref("File"),
        list: { type: "array", items: ref("File") },
      },
    },
    others: { File: { type: "string", format: "binary" } },
    accepts: ['{ file: "x", list: ["x"] }'],
    refuses: ['{ file: new Blob(["x"]) }'],
  },
];
