import { compositionCases } from "./composition-cases.js";
import { keywordCases } from "./keyword-cases.js";
import { named, ref, withA } from "./schema-case.js";
import type { SchemaCase } from "./schema-case.js";

/** What any version of OpenAPI can say. */
const inBoth: readonly SchemaCase[] = [
  ...compositionCases,
  {
    name: "properties without a type",
    schema: { required: ["a"], properties: { a: { type: "string" } } },
    accepts: ['{ a: "x" }'],
    refuses: ["{ a: 1 }", "{}"],
  },
  {
    name: "an empty schema",
    schema: {},
    accepts: ["1", '"x"', "null", "{ a: 1 }"],
    refuses: [],
  },
  {
    name: "an enum of objects",
    schema: {
      type: "object",
      properties: { a: { type: "number" } },
      enum: [{ a: 1 }, { a: 2, b: ["x"] }],
    },
    accepts: ["{ a: 1 }", '{ a: 2, b: ["x"] }'],
    refuses: ["{ a: 3 }", '"a"'],
  },
  {
    name: "an enum of texts for an object",
    schema: { ...withA, enum: ["x", "y"] },
    accepts: ['{ a: "x" }'],
    refuses: ['"x"', "{}"],
    warnings: ["spec-enum", "spec-enum"],
  },
  {
    name: "an object without properties",
    schema: { type: "object" },
    accepts: ["{}", "{ a: 1 }"],
    refuses: ["1"],
  },
  {
    name: "an array without items",
    schema: { type: "array" },
    accepts: ["[]", '[1, "x"]'],
    refuses: ["{}"],
  },
  {
    name: "an enum without a type",
    schema: { enum: ["a", 1, true] },
    accepts: ['"a"', "1", "true"],
    refuses: ['"b"', "2", "false"],
  },
  {
    name: "an enum of numbers",
    schema: { type: "integer", enum: [1, 2] },
    accepts: ["1"],
    refuses: ["3"],
  },
  {
    name: "an enum that may grow, with and without a type",
    schema: {
      type: "object",
      properties: {
        typed: { type: "string", "x-extensible-enum": ["a", "b"] },
        untyped: { "x-extensible-enum": ["a", "b"] },
        list: { type: "array", items: { "x-extensible-enum": ["a", "b"] } },
        orNull: { "x-extensible-enum": ["a", null] },
        numbers: { type: "integer", "x-extensible-enum": [1, 2] },
      },
    },
    accepts: [
      '{ typed: "a", untyped: "b", list: ["a", "b"], orNull: null }',
      "{ numbers: 1 }",
      "{ numbers: 3 }",
    ],
    refuses: [
      '{ typed: "c" }',
      '{ untyped: "c" }',
      '{ list: ["c"] }',
      '{ orNull: "null" }',
      '{ numbers: "1" }',
      "{ untyped: null }",
    ],
  },
  {
    name: "additionalProperties: true",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      additionalProperties: true,
    },
    accepts: ["{ b: 1 }", '{ a: "x", b: {} }'],
    refuses: ["{ a: 1 }"],
  },
  {
    name: "additionalProperties: false",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      additionalProperties: false,
    },
    accepts: ["{}"],
    refuses: ["{ b: 1 }"],
  },
  {
    name: "additionalProperties with a schema",
    schema: { type: "object", additionalProperties: { type: "number" } },
    accepts: ["{ a: 1 }"],
    refuses: ['{ a: "x" }'],
  },
  {
    name: "properties beside additionalProperties with a schema",
    schema: { ...withA, additionalProperties: { type: "number" } },
    accepts: ['{ a: "x", b: 1 }'],
    refuses: ["{ a: 1 }", '{ a: "x", b: true }'],
  },
  {
    name: "optional properties beside additionalProperties with a schema",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      additionalProperties: { type: "number" },
    },
    accepts: ["{ b: 1 }"],
    refuses: ["{ b: true }"],
  },
  {
    name: "allOf beside properties",
    schema: {
      allOf: [ref("Base")],
      type: "object",
      required: ["b"],
      properties: { b: { type: "number" } },
    },
    others: { Base: withA },
    accepts: ['{ a: "x", b: 1 }'],
    refuses: ['{ a: "x" }', "{ b: 1 }"],
  },
  {
    name: "allOf that requires what another part describes",
    schema: { allOf: [ref("Loose"), { required: ["a"] }] },
    others: {
      Loose: { type: "object", properties: { a: { type: "string" } } },
    },
    accepts: ['{ a: "x" }'],
    refuses: ["{}", "{ a: 1 }"],
  },
  {
    name: "required beside allOf, of what a part describes",
    schema: { type: "object", required: ["a"], allOf: [ref("Loose")] },
    others: {
      Loose: { type: "object", properties: { a: { type: "string" } } },
    },
    accepts: ['{ a: "x" }'],
    refuses: ["{}", "{ a: 1 }"],
  },
  {
    name: "required beside allOf, of what a part of a part describes",
    schema: {
      required: ["a", "b"],
      properties: { b: { type: "number" } },
      allOf: [ref("Middle"), { properties: { c: { type: "string" } } }],
    },
    others: {
      Middle: { allOf: [ref("Loose")] },
      Loose: {
        type: "object",
        properties: {
          a: { allOf: [ref("Loose")], required: ["a"] },
          d: { type: "string" },
        },
      },
    },
    accepts: ["{ b: 1, a: undefined as never }"],
    refuses: ["{ b: 1 }", "{ a: { a: 1 }, b: 1 }", '{ a: "x", b: 1 }'],
  },
  {
    name: "a required property that is not described",
    schema: {
      type: "object",
      required: ["a", "zone"],
      properties: { a: { type: "string" } },
    },
    accepts: ['{ a: "x", zone: 1 }'],
    refuses: ['{ a: "x" }'],
    warnings: ["spec-required"],
  },
  {
    name: "oneOf beside properties",
    schema: {
      ...named({}),
      oneOf: [
        { required: ["a"], properties: { a: { type: "string" } } },
        { required: ["b"], properties: { b: { type: "number" } } },
      ],
    },
    accepts: ['{ kind: "k", a: "x" }', '{ kind: "k", b: 1 }'],
    refuses: ['{ kind: "k" }', '{ a: "x" }'],
  },
  {
    name: "oneOf that requires one of two properties",
    schema: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    accepts: ['{ a: "x" }', '{ b: "x" }'],
    refuses: ["{}"],
  },
  {
    name: "anyOf that requires one of two properties",
    schema: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    accepts: ['{ a: "x" }', '{ b: "x" }', '{ a: "x", b: "x" }'],
    refuses: ["{}", "{ a: 1 }"],
  },
  {
    name: "anyOf beside properties, allOf and oneOf",
    schema: {
      ...named({}),
      allOf: [withA],
      oneOf: [ref("Left"), ref("Right")],
      anyOf: [ref("Up"), ref("Down")],
    },
    others: {
      Left: named({ left: { type: "number" } }),
      Right: named({ right: { type: "number" } }),
      Up: { required: ["up"], properties: { up: { type: "number" } } },
      Down: { required: ["down"], properties: { down: { type: "number" } } },
    },
    accepts: [
      '{ kind: "k", a: "x", left: 1, up: 1 }',
      '{ kind: "k", a: "x", right: 1, down: 1 }',
    ],
    refuses: [
      '{ kind: "k", a: "x", left: 1 }',
      '{ kind: "k", left: 1, up: 1 }',
      "{ up: 1 }",
    ],
  },
  {
    name: "anyOf of what only validates",
    schema: {
      type: "string",
      anyOf: [{ format: "date" }, { minLength: 3 }],
    },
    accepts: ['"x"'],
    refuses: ["1"],
  },
  {
    name: "items without a type",
    schema: {
      type: "object",
      properties: { list: { items: { type: "string" } } },
    },
    accepts: ['{ list: ["x"] }'],
    refuses: ["{ list: [1] }", '{ list: "x" }'],
  },
  {
    name: "a discriminator with a mapping",
    schema: {
      oneOf: [ref("Cat"), ref("Dog")],
      discriminator: {
        propertyName: "kind",
        mapping: {
          c: "#/components/schemas/Cat",
          d: "#/components/schemas/Dog",
        },
      },
    },
    others: {
      Cat: named({ meow: { type: "boolean" } }),
      Dog: named({ bark: { type: "boolean" } }),
    },
    accepts: ['{ kind: "c", meow: true }', '{ kind: "d" }'],
    refuses: ['{ kind: "c", bark: true }', '{ kind: "Cat" }'],
  },
  {
    name: "a discriminator that names schemas without #/components/schemas",
    schema: {
      oneOf: [ref("Ant"), ref("Bee")],
      discriminator: {
        propertyName: "kind",
        mapping: { a: "Ant", b: "Bee" },
      },
    },
    others: { Ant: named({}), Bee: named({ wings: { type: "number" } }) },
    accepts: ['{ kind: "b", wings: 4 }'],
    refuses: ['{ kind: "Bee" }'],
  },
  {
    name: "a discriminator without a mapping",
    schema: {
      oneOf: [ref("Bird"), ref("Fish")],
      discriminator: { propertyName: "kind" },
    },
    others: { Bird: named({}), Fish: named({ fins: { type: "number" } }) },
    accepts: ['{ kind: "Fish", fins: 7 }'],
    refuses: ['{ kind: "other" }', '{ kind: "Bird", fins: 7 }'],
  },
  {
    name: "a discriminator on a schema that others build on",
    schema: { oneOf: [ref("Lion"), ref("Emu")] },
    others: {
      Animal: {
        ...named({}),
        discriminator: {
          propertyName: "kind",
          mapping: {
            lion: "#/components/schemas/Lion",
            emu: "#/components/schemas/Emu",
          },
        },
      },
      Lion: {
        allOf: [ref("Animal"), { properties: { roar: { type: "boolean" } } }],
      },
      Emu: {
        allOf: [ref("Animal"), { properties: { run: { type: "boolean" } } }],
      },
    },
    accepts: ['{ kind: "lion", roar: true }'],
    refuses: ['{ kind: "animal" }', '{ kind: "lion", run: true }'],
  },
  {
    name: "a discriminator without a mapping, of schemas with other names in TypeScript",
    schema: {
      oneOf: [ref("big_cat"), ref("small-cat")],
      discriminator: { propertyName: "kind" },
    },
    others: {
      big_cat: named({ roar: { type: "boolean" } }),
      "small-cat": named({ meow: { type: "boolean" } }),
    },
    accepts: ['{ kind: "big_cat", roar: true }', '{ kind: "small-cat" }'],
    refuses: ['{ kind: "BigCat" }', '{ kind: "small-cat", roar: true }'],
  },
  {
    name: "a discriminator whose schemas say by themselves what they are called",
    schema: {
      oneOf: [ref("Square"), ref("Circle"), ref("Dot")],
      discriminator: {
        propertyName: "kind",
        mapping: { dot: "#/components/schemas/Dot" },
      },
    },
    others: {
      Square: named({ kind: { type: "string", enum: ["square"] } }),
      Circle: {
        allOf: [ref("Shape"), named({ kind: { enum: ["circle"] } })],
      },
      Dot: named({ kind: { enum: ["dot", "point"] }, x: { type: "number" } }),
      Shape: named({}),
    },
    accepts: ['{ kind: "square" }', '{ kind: "circle" }', '{ kind: "dot" }'],
    refuses: ['{ kind: "Square" }', '{ kind: "point" }', '{ kind: "other" }'],
  },
  {
    name: "a discriminator of schemas that build on each other",
    schema: { oneOf: [ref("Puppy"), ref("Hound")] },
    others: {
      Creature: { ...named({}), discriminator: { propertyName: "kind" } },
      Hound: {
        type: "object",
        required: ["kind"],
        allOf: [ref("Creature")],
        properties: { kind: { type: "string" }, bark: { type: "boolean" } },
      },
      Puppy: {
        allOf: [ref("Hound"), { properties: { small: { type: "boolean" } } }],
      },
    },
    accepts: [
      '{ kind: "Puppy", bark: true, small: true }',
      '{ kind: "Hound" }',
    ],
    refuses: ['{ kind: "Creature" }', '{ kind: "Puppy", small: 1 }'],
  },
  {
    name: "a discriminator that is a number",
    schema: {
      oneOf: [ref("First"), ref("Second")],
      discriminator: {
        propertyName: "version",
        mapping: {
          "1": "#/components/schemas/First",
          "2": "#/components/schemas/Second",
        },
      },
    },
    others: {
      First: {
        type: "object",
        required: ["version"],
        properties: { version: { type: "integer" } },
      },
      Second: {
        allOf: [ref("First"), { properties: { more: { type: "string" } } }],
      },
    },
    accepts: ["{ version: 1 }", '{ version: 2, more: "x" }'],
    refuses: ["{ version: 3 }", '{ version: "1" }'],
  },
  {
    name: "a discriminator beside a property of that name",
    schema: {
      type: "object",
      properties: {
        discriminator: {
          type: "object",
          properties: { propertyName: { type: "string" } },
        },
      },
    },
    accepts: ['{ discriminator: { propertyName: "x" } }'],
    refuses: ["{ discriminator: 1 }"],
  },
  {
    name: "a schema that contains itself",
    schema: ref("Tree"),
    others: {
      Tree: {
        type: "object",
        required: ["children"],
        properties: {
          children: { type: "array", items: ref("Tree") },
          parent: ref("Tree"),
        },
      },
    },
    accepts: ["{ children: [{ children: [] }] }"],
    refuses: ["{ children: [1] }"],
  },
  {
    name: "names that are no identifiers",
    schema: {
      type: "object",
      required: ["a-b", "1", "constructor", "$ref"],
      properties: {
        "a-b": { type: "string" },
        "1": { type: "string" },
        constructor: { type: "string" },
        $ref: { type: "string" },
      },
    },
    accepts: ['{ "a-b": "x", 1: "x", constructor: "x", $ref: "x" }'],
    refuses: ['{ "a-b": "x" }'],
  },
  {
    name: "a reference to a property of another schema",
    schema: {
      type: "object",
      properties: { b: { $ref: "#/components/schemas/Holder/properties/a" } },
    },
    others: { Holder: withA },
    accepts: ['{ b: "x" }'],
    refuses: ["{ b: 1 }"],
  },
  {
    name: "64-bit integers, which stay what JSON makes of them",
    schema: { type: "integer", format: "int64" },
    accepts: ["1"],
    refuses: ['"1"', "1n"],
  },
  {
    name: "not",
    schema: { not: { type: "string" } },
    accepts: ["1"],
    refuses: [],
  },
  {
    name: "a deprecated property with a default",
    schema: {
      type: "object",
      properties: { a: { type: "string", deprecated: true, default: "x" } },
    },
    accepts: ["{}", '{ a: "y" }'],
    refuses: ["{ a: 1 }"],
  },
];

/** What only OpenAPI 3.1 can say, and what is written in its documents by mistake. */
export const cases31: readonly SchemaCase[] = [
  ...inBoth,
  ...keywordCases,
  { name: "true", schema: true, accepts: ["1", "{}"], refuses: [] },
  { name: "false", schema: false, accepts: [], refuses: ["1", "{}"] },
  {
    name: "a list of types",
    schema: { type: ["string", "integer", "null"] },
    accepts: ['"x"', "1", "null"],
    refuses: ["true", "{}"],
  },
  {
    name: "an object or null",
    schema: { ...withA, type: ["object", "null"] },
    accepts: ['{ a: "x" }', "null"],
    refuses: ["{}"],
  },
  {
    name: "an array or null",
    schema: { type: ["array", "null"], items: { type: "string" } },
    accepts: ['["x"]', "null"],
    refuses: ["[1]"],
  },
  {
    name: "an enum with null",
    schema: { type: ["string", "null"], enum: ["a", null] },
    accepts: ['"a"', "null"],
    refuses: ['"b"'],
  },
  {
    name: "const of every kind",
    schema: {
      type: "object",
      required: ["s", "n", "z", "b"],
      properties: {
        s: { const: "x" },
        n: { const: 3 },
        z: { const: null },
        b: { const: false },
      },
    },
    accepts: ['{ s: "x", n: 3, z: null, b: false }'],
    refuses: [
      '{ s: "y", n: 3, z: null, b: false }',
      '{ s: "x", n: 3, z: 1, b: false }',
      '{ s: "x", n: 3, z: null, b: true }',
    ],
  },
  {
    name: "prefixItems",
    schema: {
      type: "array",
      prefixItems: [{ type: "string" }, { type: "number" }],
      items: false,
      minItems: 2,
    },
    accepts: ['["x", 1]'],
    refuses: ['[1, "x"]', '["x", 1, 2]', '["x"]'],
  },
  {
    name: "prefixItems of an array that may be longer",
    schema: {
      type: ["array", "null"],
      prefixItems: [{ type: "string" }, { type: "number" }],
    },
    accepts: ['["x", 1]', '["x", 1, 2, true]', "null"],
    refuses: ['[1, "x"]', '["x"]'],
  },
  {
    name: "prefixItems of an array that may be shorter, without a type",
    schema: {
      prefixItems: [{ type: "string" }, { type: "number" }],
      items: { type: "boolean" },
      minItems: 1,
    },
    accepts: ['["x"]', '["x", 1]', '["x", 1, true]'],
    refuses: ["[]", '["x", true]', '["x", 1, 2]'],
  },
  {
    name: "prefixItems of an array that ends with them",
    schema: {
      type: "object",
      properties: {
        pair: {
          type: "array",
          prefixItems: [{ type: "string" }, { type: "number" }],
          maxItems: 2,
        },
      },
    },
    accepts: ['{ pair: ["x", 1] }'],
    refuses: ['{ pair: ["x", 1, 2] }', '{ pair: ["x"] }'],
  },
  {
    name: "patternProperties",
    schema: {
      type: "object",
      patternProperties: { "^x": { type: "number" } },
    },
    accepts: ["{ x1: 1 }"],
    refuses: ['{ x1: "x" }'],
  },
  {
    name: "a $ref with properties beside it",
    schema: {
      ...ref("Core"),
      required: ["extra"],
      properties: { extra: { type: "number" } },
    },
    others: { Core: withA },
    accepts: ['{ a: "x", extra: 1 }'],
    refuses: ['{ a: "x" }', "{ extra: 1 }"],
  },
  {
    name: "a reference to a $ref with properties beside it",
    schema: ref("Extended"),
    others: {
      Core: withA,
      Extended: {
        ...ref("Core"),
        required: ["extra"],
        properties: { extra: { type: "number" } },
      },
    },
    accepts: ['{ a: "x", extra: 1 }'],
    refuses: ['{ a: "x" }'],
  },
  {
    name: "a $ref with a description beside it",
    schema: { ...ref("Core"), description: "The core." },
    others: { Core: withA },
    accepts: ['{ a: "x" }'],
    refuses: ["{}"],
  },
  {
    name: "schemas under $defs",
    schema: {
      type: "object",
      properties: { a: ref("Defining/$defs/Inner") },
    },
    others: {
      Defining: { $defs: { Inner: withA } },
    },
    accepts: ['{ a: { a: "x" } }'],
    refuses: ["{ a: {} }"],
  },
  {
    name: "conditions, which only validate",
    schema: {
      ...withA,
      if: { required: ["b"] },
      then: { required: ["c"] },
      dependentRequired: { a: ["b"] },
      unevaluatedProperties: false,
    },
    accepts: ['{ a: "x" }'],
    refuses: ["{}"],
  },
  {
    name: "null without quotes in a list of types",
    schema: { type: ["string", null] },
    accepts: ['"x"', "null"],
    refuses: ["1"],
    warnings: ["spec-sloppy"],
  },
  {
    name: "nullable",
    schema: { type: "string", nullable: true },
    accepts: ['"x"', "null"],
    refuses: ["1"],
    warnings: ["spec-other-version"],
  },
  {
    name: "nullable beside a $ref",
    schema: { ...ref("Core"), nullable: true },
    others: { Core: withA },
    accepts: ['{ a: "x" }', "null"],
    refuses: ["{}"],
    warnings: ["spec-other-version"],
  },
  {
    name: "a keyword that nobody knows",
    schema: { type: "string", sometimes: true },
    accepts: ['"x"'],
    refuses: ["1"],
    warnings: ["spec-unknown-keyword"],
  },
];

/** What only OpenAPI 3.0 can say, and what is written in its documents by mistake. */
export const cases30: readonly SchemaCase[] = [
  ...inBoth,
  {
    name: "nullable",
    schema: { type: "string", nullable: true },
    accepts: ['"x"', "null"],
    refuses: ["1"],
  },
  {
    name: "a nullable enum, with and without null in the list",
    schema: {
      type: "object",
      required: ["a", "b"],
      properties: {
        a: { type: "string", nullable: true, enum: ["x"] },
        b: { type: "string", nullable: true, enum: ["x", null] },
      },
    },
    accepts: ['{ a: "x", b: "x" }', "{ a: null, b: null }"],
    refuses: ['{ a: "y", b: "x" }'],
  },
  {
    name: "nullable beside allOf",
    schema: { allOf: [ref("Core")], nullable: true },
    others: { Core: withA },
    accepts: ['{ a: "x" }', "null"],
    refuses: ["{}"],
  },
  {
    name: "nullable beside oneOf and anyOf",
    schema: {
      type: "object",
      required: ["a", "b"],
      properties: {
        a: { oneOf: [ref("Core"), { type: "string" }], nullable: true },
        b: { anyOf: [{ type: "number" }, { type: "string" }], nullable: true },
      },
    },
    others: { Core: withA },
    accepts: ["{ a: null, b: null }", '{ a: { a: "x" }, b: 1 }'],
    refuses: ["{ a: 1, b: 1 }"],
  },
  {
    name: "nullable objects, arrays and items",
    schema: {
      type: "object",
      nullable: true,
      properties: {
        list: {
          type: "array",
          nullable: true,
          items: { type: "string", nullable: true },
        },
      },
    },
    accepts: ["null", "{ list: null }", "{ list: [null] }"],
    refuses: ["{ list: [1] }"],
  },
  {
    name: "nullable beside a $ref, which OpenAPI 3.0 ignores and APIs send",
    schema: {
      type: "object",
      properties: { a: { ...ref("Core"), nullable: true }, b: ref("Alias") },
    },
    others: { Core: withA, Alias: { ...ref("Core"), nullable: true } },
    accepts: ['{ a: { a: "x" } }', "{ a: null, b: null }"],
    refuses: ["{ a: 1 }"],
    warnings: ["spec-other-version", "spec-other-version"],
  },
  {
    name: "other keywords beside a $ref, which OpenAPI 3.0 ignores",
    schema: {
      type: "object",
      properties: { a: { ...ref("Core"), type: "string" } },
    },
    others: { Core: withA },
    accepts: ['{ a: { a: "x" } }'],
    refuses: ['{ a: "x" }'],
    warnings: ["spec-other-version"],
  },
  {
    name: "exclusiveMinimum as a boolean",
    schema: { type: "integer", minimum: 1, exclusiveMinimum: true },
    accepts: ["2"],
    refuses: ['"x"'],
  },
  {
    name: "a list of types",
    schema: { type: ["string", "null"] },
    accepts: ['"x"', "null"],
    refuses: ["1"],
    warnings: ["spec-other-version"],
  },
  {
    name: "const",
    schema: { const: "x" },
    accepts: ['"x"'],
    refuses: ['"y"'],
    warnings: ["spec-other-version"],
  },
];
