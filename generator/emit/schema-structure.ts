import type { Schema, SchemaObject } from "../model/api-model.js";
import { conditionalProperties } from "./conditional-properties.js";
import { describedIn } from "./described-property.js";
import type { DocComment } from "./encoded.js";
import { knownTexts } from "./open-enum-type.js";
import { listedValues } from "./listed-values.js";

/** A schema with nothing but what shapes its type, and its text beside that. */
export type SchemaStructure = Schema;

/** Text that travels through openapi-typescript beside a schema and becomes a doc comment. */
const docKey = "x-doc";

interface SchemaDoc {
  readonly text: string | undefined;
  readonly deprecated: boolean;
}

/** Keywords that shape a type; what only documents or validates would end up in comments. */
const structuralKeywords = [
  "$ref",
  "type",
  "nullable",
  "enum",
  "const",
  "required",
  "prefixItems",
  "x-extensible-enum",
  "readOnly",
  "writeOnly",
] as const;

const nestedKeywords = {
  one: ["items", "additionalProperties"],
  list: ["anyOf", "oneOf", "prefixItems"],
  map: ["properties", "patternProperties"],
} as const;

/** Keywords that an enum of objects makes superfluous. */
const objectKeywords = [
  "type",
  "required",
  "properties",
  "patternProperties",
  "additionalProperties",
];

/**
 * Reduces schemas to their structures.
 *
 * @param named - what references lead to, by name
 */
export function schemaStructures(
  named: ReadonlyMap<string, Schema>,
): (schema: Schema) => SchemaStructure {
  /**
   * @param around - schemas that the same value has to match as well
   * @param isCopy - whether the schema stands in place of another, whose own copies may lead back to it
   */
  const reduce = (
    schema: Schema,
    around: readonly SchemaObject[],
    isCopy: boolean,
  ): SchemaStructure => {
    if (typeof schema === "boolean") return schema;
    const inside = (each: Schema): SchemaStructure => reduce(each, [], isCopy);
    const structure: Record<string, unknown> = {};
    for (const keyword of structuralKeywords) {
      if (schema[keyword] !== undefined) structure[keyword] = schema[keyword];
    }
    if (schema["format"] === "binary") structure["format"] = "binary";
    // Without a type, openapi-typescript does not look at what an array holds or an enum lists.
    if (schema["type"] === undefined && knownTexts(schema) !== undefined) {
      structure["type"] = "string";
    }
    if (schema["type"] === undefined && schema["items"] !== undefined) {
      structure["type"] = "array";
    }
    if (schema["const"] === null) {
      delete structure["const"];
      structure["type"] = "null";
    }
    if (schema["prefixItems"] !== undefined) addTupleShape(structure, schema);
    const { one, list, map } = nestedKeywords;
    for (const keyword of one) {
      if (schema[keyword] === undefined) continue;
      structure[keyword] = inside(schema[keyword] as Schema);
    }
    for (const keyword of list) {
      if (schema[keyword] === undefined) continue;
      structure[keyword] = (schema[keyword] as Schema[]).map(inside);
    }
    for (const keyword of map) {
      if (schema[keyword] === undefined) continue;
      const members = Object.entries(schema[keyword] as Record<string, Schema>);
      structure[keyword] = Object.fromEntries(
        members.map(([key, each]) => [key, inside(each)]),
      );
    }
    const whole = [...around, schema];
    if (schema["allOf"] !== undefined) {
      structure["allOf"] = (schema["allOf"] as Schema[]).map((part) =>
        reduce(part, whole, isCopy),
      );
    }
    if (structure["anyOf"] !== undefined) joinAlternatives(structure);
    // Parts of a schema leave this to the whole, which knows what all of them describe.
    if (around.length === 0) {
      addProperties(structure, conditionalProperties(schema, named), inside);
    }
    if (schema["propertyNames"] !== undefined) {
      const keys = listedValues(schema["propertyNames"] as Schema, named);
      if (keys) nameKeys(structure, keys);
    }
    requireUndescribed(structure, (name) => {
      const elsewhere = isCopy ? undefined : describedIn(whole, name, named);
      return elsewhere === undefined ? {} : reduce(elsewhere, [], true);
    });
    if (Array.isArray(structure["enum"])) settleEnum(structure);
    structure[docKey] = schemaDoc(schema);
    return structure;
  };

  return (schema) => reduce(schema, [], false);
}

function addProperties(
  structure: Record<string, unknown>,
  properties: ReadonlyMap<string, Schema>,
  reduced: (schema: Schema) => SchemaStructure,
): void {
  if (properties.size === 0) return;
  structure["properties"] = {
    ...(structure["properties"] as object | undefined),
    ...Object.fromEntries(
      [...properties].map(([name, each]) => [name, reduced(each)]),
    ),
  };
}

/** The only keys that an object can have, in place of any. */
function nameKeys(
  structure: Record<string, unknown>,
  keys: readonly unknown[],
): void {
  const { additionalProperties = true, properties = {} } = structure;
  if (additionalProperties === false) return;
  const further = keys
    .filter((key) => typeof key === "string")
    .map((key) => [key, additionalProperties]);
  structure["properties"] = {
    ...(Object.fromEntries(further) as object),
    ...(properties as object),
  };
  delete structure["additionalProperties"];
}

/** How many of its first items a list has at least and at most. */
function addTupleShape(
  structure: Record<string, unknown>,
  { type, minItems, maxItems }: SchemaObject,
): void {
  structure["type"] = type ?? "array";
  if (minItems !== undefined) structure["minItems"] = minItems;
  if (maxItems !== undefined) structure["maxItems"] = maxItems;
}

/**
 * A value has to be one of its alternatives as well as the rest of its schema; of `anyOf`
 * openapi-typescript takes it for either. A type does not tell `anyOf` from `oneOf`.
 */
function joinAlternatives(structure: Record<string, unknown>): void {
  const { anyOf, oneOf, allOf = [] } = structure;
  delete structure["anyOf"];
  if (oneOf === undefined) structure["oneOf"] = anyOf;
  else structure["allOf"] = [...(allOf as unknown[]), { oneOf: anyOf }];
}

/** What an enum lists says more about objects than their properties; anything else that it lists is none. */
function settleEnum(structure: Record<string, unknown>): void {
  const { type, enum: values } = structure;
  const isForObjects = type === "object" || "properties" in structure;
  if (!isForObjects) return;
  const listsObjects = (values as readonly unknown[]).some(
    (value) => typeof value === "object" && value !== null,
  );
  for (const keyword of listsObjects ? objectKeywords : ["enum"]) {
    Reflect.deleteProperty(structure, keyword);
  }
}

/**
 * A required property that the schema itself does not describe is there: as another
 * part of an `allOf` describes it, or whatever it is.
 */
function requireUndescribed(
  structure: Record<string, unknown>,
  describe: (name: string) => SchemaStructure,
): void {
  const { required, properties = {}, type } = structure;
  const isObject = type === undefined || [type].flat().includes("object");
  if (!Array.isArray(required) || !isObject) return;
  const undescribed = required.filter(
    (name: string) => !Object.hasOwn(properties as object, name),
  );
  if (undescribed.length === 0) return;
  structure["properties"] = {
    ...(properties as object),
    ...Object.fromEntries(
      undescribed.map((name: string) => [name, describe(name)]),
    ),
  };
}

/** What a schema says for people. */
export function schemaDoc(schema: Schema): SchemaDoc {
  if (typeof schema === "boolean") {
    return { text: undefined, deprecated: false };
  }
  const { description, deprecated } = schema;
  return {
    text: typeof description === "string" ? description : undefined,
    deprecated: deprecated === true,
  };
}

/** The doc comment that belongs to a structure. */
export function docOf(structure: SchemaStructure | object): DocComment {
  const doc = (structure as Readonly<Record<string, unknown>>)[docKey];
  const { text, deprecated } = (doc ?? schemaDoc(true)) as SchemaDoc;
  return { text: [text], deprecated };
}
