import type {
  Origin,
  Schema,
  SchemaModel,
  SchemaObject,
} from "../model/api-model.js";
import { jointSchema } from "./joint-schema.js";
import { jointTypes } from "./type-set.js";

/** A schema, and where it stands. */
export interface SchemaNode {
  readonly schema: Schema;
  readonly origin: Origin;
  /** Exported identifier of the type that it is part of. */
  readonly owner: string;
  /** Path within that type, such as `propay.queued_operations[]`; empty for the type itself. */
  readonly path: string;
  /** Where parts of the type stand that are not below its own place, by path. */
  readonly partOrigins?: Readonly<Record<string, Origin>>;
}

/** A schema as a caller sees it: the parts of an `allOf` merged, one form for what can be said in several. */
export interface SchemaView {
  /** Undefined when any type will do. */
  readonly types: ReadonlySet<string> | undefined;
  readonly format: unknown;
  readonly values: ValueList | undefined;
  /** Keywords that restrict a value beyond its type, such as `maxLength`. */
  readonly limits: Readonly<Record<string, unknown>>;
  readonly properties: ReadonlyMap<string, PropertyView>;
  /** What properties without a schema of their own may hold; undefined when it is not said. */
  readonly additional: SchemaNode | undefined;
  readonly items: SchemaNode | undefined;
  /** Members of its `oneOf` and `anyOf`. */
  readonly alternatives: readonly SchemaNode[];
  readonly default: unknown;
  readonly isDeprecated: boolean;
  readonly texts: Readonly<Record<string, unknown>>;
  /** Keywords that have no rule of their own. */
  readonly others: Readonly<Record<string, unknown>>;
}

export interface PropertyView {
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

/** The values of an enumeration; an open one may get further values at any time. */
export interface ValueList {
  readonly isOpen: boolean;
  /** As JSON, sorted. */
  readonly values: readonly string[];
}

/** Restrictions that a rule compares by their size or as a whole. */
export const limitKeywords = [
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "pattern",
] as const;

const textKeywords = ["description", "x-enum-descriptions"] as const;

/** Keywords that a view shows in a form of its own. */
const viewedKeywords: ReadonlySet<string> = new Set([
  ...limitKeywords,
  ...textKeywords,
  "type",
  "nullable",
  "format",
  "enum",
  "const",
  "x-extensible-enum",
  "required",
  "properties",
  "additionalProperties",
  "items",
  "oneOf",
  "anyOf",
  "allOf",
  "default",
  "deprecated",
  "$ref",
]);

/** The schema below a node, at a place within it. */
function childNode(
  node: SchemaNode,
  keys: readonly string[],
  schema: Schema,
  step: string,
): SchemaNode {
  const pointer = keys
    .map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1"))
    .join("/");
  const base = node.origin.pointer.replace(/\/$/, "");
  const path = step.startsWith("[")
    ? node.path + step
    : dotted(node.path, step);
  const { file } = node.origin;
  return {
    ...node,
    schema,
    path,
    origin: node.partOrigins?.[path] ?? { file, pointer: `${base}/${pointer}` },
  };
}

function dotted(path: string, step: string): string {
  return path === "" || step === "" ? path + step : `${path}.${step}`;
}

/** The name of the schema that a node refers to, if it does nothing else; text beside the reference does not count. */
export function referenceOf({ schema }: SchemaNode): string | undefined {
  if (typeof schema === "boolean") return undefined;
  const { $ref: reference, allOf, ...rest } = schema;
  const isPlain = Object.keys(rest).every((keyword) =>
    ["description", "deprecated", "default"].includes(keyword),
  );
  if (!isPlain) return undefined;
  if (typeof reference === "string") {
    return allOf === undefined ? schemaName(reference) : undefined;
  }
  const parts = listOf(allOf);
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? referenceOf({ schema: only, origin: noOrigin, owner: "", path: "" })
    : undefined;
}

/** The names of the schemas that a node includes by `allOf`. */
export function includedNames(node: SchemaNode): readonly string[] {
  return listOf(asObject(node.schema)["allOf"]).flatMap(
    (part) => referenceOf({ ...node, schema: part }) ?? [],
  );
}

const noOrigin: Origin = { file: "", pointer: "" };

/** A node without its reference: what is said beside it. */
export function besideReference(node: SchemaNode): SchemaNode {
  const schema: Record<string, unknown> = { ...asObject(node.schema) };
  delete schema["$ref"];
  delete schema["allOf"];
  return { ...node, schema };
}

/** A model's named schemas. */
export type NamedSchemas = ReadonlyMap<string, SchemaModel>;

/** A named schema as a node. */
export function namedNode(schemas: NamedSchemas, name: string): SchemaNode {
  const named = schemas.get(name);
  return {
    schema: named?.schema ?? true,
    origin: named?.origin ?? noOrigin,
    owner: name,
    path: "",
  };
}

/** The view of a node; references and the parts of `allOf` are followed. */
export function viewOf(schemas: NamedSchemas, node: SchemaNode): SchemaView {
  return mergeParts(partsOf(schemas, node, new Set()).map(viewOfPart));
}

/** The node itself and everything that it includes by reference or `allOf`. */
function partsOf(
  schemas: NamedSchemas,
  node: SchemaNode,
  seen: ReadonlySet<Schema>,
): readonly SchemaNode[] {
  const { schema } = node;
  if (typeof schema === "boolean" || seen.has(schema)) return [node];
  const within = new Set([...seen, schema]);
  const { $ref: reference } = schema;
  return [
    node,
    ...(typeof reference === "string"
      ? partsOf(schemas, namedNode(schemas, schemaName(reference)), within)
      : []),
    ...listOf(schema["allOf"]).flatMap((part, index) =>
      partsOf(
        schemas,
        childNode(node, ["allOf", String(index)], part, ""),
        within,
      ),
    ),
  ];
}

function schemaName(reference: string): string {
  return reference.replace("#/components/schemas/", "");
}

/** What one of the merged schemas says by itself. */
interface PartView extends Omit<SchemaView, "properties"> {
  readonly node: SchemaNode;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly required: readonly string[];
}

function viewOfPart(node: SchemaNode): PartView {
  const schema = asObject(node.schema);
  const pick = (
    keywords: Iterable<string>,
  ): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      [...keywords]
        .filter((keyword) => schema[keyword] !== undefined)
        .map((keyword) => [keyword, schema[keyword]]),
    );
  const { items, additionalProperties: additional } = schema;
  return {
    node,
    types: typesOf(schema),
    format: schema["format"],
    values: valuesOf(schema),
    limits: pick(limitKeywords),
    properties: propertiesOf(node, schema),
    required: Array.isArray(schema["required"])
      ? schema["required"].filter((name) => typeof name === "string")
      : [],
    additional: isSchema(additional)
      ? childNode(node, ["additionalProperties"], additional, "[key]")
      : undefined,
    items: isSchema(items)
      ? childNode(node, ["items"], items, "[]")
      : undefined,
    alternatives: ["oneOf", "anyOf"].flatMap((keyword) =>
      listOf(schema[keyword]).map((each, index) =>
        childNode(node, [keyword, String(index)], each, ""),
      ),
    ),
    default: schema["default"],
    isDeprecated: schema["deprecated"] === true,
    texts: pick(textKeywords),
    others: pick(
      Object.keys(schema).filter((keyword) => !viewedKeywords.has(keyword)),
    ),
  };
}

function typesOf(schema: SchemaObject): ReadonlySet<string> | undefined {
  const { type } = schema;
  const stated = (Array.isArray(type) ? type : [type]).filter(
    (each) => typeof each === "string",
  );
  const types = stated.length > 0 ? stated : impliedTypes(schema);
  if (types.length === 0) return undefined;
  return new Set(schema["nullable"] === true ? [...types, "null"] : types);
}

function impliedTypes(schema: SchemaObject): readonly string[] {
  if (schema["properties"] !== undefined) return ["object"];
  if (schema["items"] !== undefined) return ["array"];
  return [...new Set(valueListOf(schema).map(jsonType))];
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function valueListOf(schema: SchemaObject): readonly unknown[] {
  const { enum: closed, "x-extensible-enum": open, const: constant } = schema;
  if (constant !== undefined) return [constant];
  if (Array.isArray(closed)) return closed;
  return Array.isArray(open) ? open : [];
}

function valuesOf(schema: SchemaObject): ValueList | undefined {
  const values = valueListOf(schema);
  if (values.length === 0) return undefined;
  const isOpen = schema["const"] === undefined && schema["enum"] === undefined;
  return {
    isOpen,
    values: values.map((value) => JSON.stringify(value)).sort(),
  };
}

function propertiesOf(
  node: SchemaNode,
  schema: SchemaObject,
): ReadonlyMap<string, SchemaNode> {
  return new Map(
    Object.entries(asObject(schema["properties"]))
      .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
      .map(([name, property]) => [
        name,
        childNode(node, ["properties", name], property, name),
      ]),
  );
}

/** What all parts say together; where two contradict each other, the first has the word. */
function mergeParts(parts: readonly PartView[]): SchemaView {
  const first = <Value>(
    pick: (part: PartView) => Value | undefined,
  ): Value | undefined => parts.map(pick).find((value) => value !== undefined);
  const merge = (
    pick: (part: PartView) => Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      [...parts].reverse().flatMap((part) => Object.entries(pick(part))),
    );
  return {
    types: jointTypes(parts.map(({ types }) => types)),
    format: first((part) => part.format),
    values: narrowest(parts.flatMap(({ values }) => values ?? [])),
    limits: merge((part) => part.limits),
    properties: mergeProperties(parts),
    additional: first((part) => part.additional),
    items: first((part) => part.items),
    alternatives: parts.flatMap((part) => part.alternatives),
    default: first((part) => part.default),
    isDeprecated: parts.some((part) => part.isDeprecated),
    texts: merge((part) => part.texts),
    others: merge((part) => part.others),
  };
}

/** The list that leaves the fewest values; a closed one rather than an open one. */
function narrowest(lists: readonly ValueList[]): ValueList | undefined {
  const rank = ({ isOpen, values }: ValueList): number =>
    isOpen ? Infinity : values.length;
  return lists.reduce<ValueList | undefined>(
    (best, list) => (best && rank(best) <= rank(list) ? best : list),
    undefined,
  );
}

/** A property that is required and nowhere described may hold anything. */
function mergeProperties(
  parts: readonly PartView[],
): ReadonlyMap<string, PropertyView> {
  const required = new Set(parts.flatMap((part) => part.required));
  const nodes = new Map<string, SchemaNode>();
  for (const { node, properties, required: names } of parts) {
    for (const name of names) {
      if (nodes.has(name) || properties.has(name)) continue;
      nodes.set(name, childNode(node, ["required"], true, name));
    }
    for (const [name, property] of properties) {
      const known = nodes.get(name);
      nodes.set(
        name,
        known === undefined || known.schema === true
          ? property
          : bothOf(known, property),
      );
    }
  }
  return new Map(
    [...nodes].map(([name, node]) => [
      name,
      { node, isRequired: required.has(name) },
    ]),
  );
}

/** A property that two of the merged schemas describe is what both say. */
function bothOf(left: SchemaNode, right: SchemaNode): SchemaNode {
  if (typeof left.schema === "boolean") return right;
  if (typeof right.schema === "boolean") return left;
  const schema = jointSchema(right.schema, left.schema);
  if (schema === left.schema) return left;
  return { ...right, schema, partOrigins: { [right.path]: right.origin } };
}

function listOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isSchema(value: unknown): value is Schema {
  return (
    typeof value === "boolean" ||
    (typeof value === "object" && value !== null && !Array.isArray(value))
  );
}

/** A schema as an object; `false` allows nothing. */
function asObject(value: unknown): SchemaObject {
  if (value === false) return { not: true };
  return typeof value === "object" && value !== null
    ? (value as SchemaObject)
    : {};
}
