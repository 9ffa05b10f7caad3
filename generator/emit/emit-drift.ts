import type {
  ApiModel,
  OperationModel,
  Schema,
  SchemaModel,
  SchemaObject,
} from "../model/api-model.js";
import { isStream } from "./emit-operation.js";
import { jsonLiteral, stringLiteral } from "./encoded.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";
import { loadTemplate } from "./templates.js";
import { ownMember } from "../own-member.js";

/**
 * Where a schema lists the values of a text: the values themselves; or what is
 * below it, by property, `*` for items and for any other property; or the name of
 * a schema.
 */
export type Shape = readonly string[] | ShapesByProperty | string;

export interface ShapesByProperty {
  readonly [property: string]: Shape;
}

/** What the run-time's `driftHook` works with. */
export interface KnownValues {
  readonly operations: ShapesByProperty;
  readonly shapes: ShapesByProperty;
}

/** The module of `detectDrift`. */
export function emitDrift(model: ApiModel, imports: ImportStyle): SourceFile {
  const { operations, shapes } = knownValues(model);
  const text = loadTemplate("drift")({
    module: stringLiteral(imports.specifier("./runtime/drift.js")),
    result: stringLiteral(imports.specifier("./runtime/result.js")),
    types: stringLiteral(imports.specifier("./runtime/types.js")),
    operations: jsonLiteral(operations),
    shapes: jsonLiteral(shapes),
  });
  return { path: "drift.ts", text };
}

/** Every place in what the operations bring whose values the description lists. */
export function knownValues({ operations, schemas }: ApiModel): KnownValues {
  const shapeOf = shapeReader(schemas);
  const named = new Map<string, Shape>();
  for (const { name, schema } of schemas) {
    const shape = shapeOf(schema);
    if (shape !== undefined) named.set(name, shape);
  }
  const telling = tellingNames(named);
  const used = new Set<string>();
  const ofOperations = operations.map((operation) => {
    const shape = shapeOf(operation.output.schema);
    return [operation.name, inEnvelope(operation, prune(shape, telling))];
  });
  const entries = ofOperations.filter(([, shape]) => shape !== undefined);
  const found = Object.fromEntries(entries) as ShapesByProperty;
  collectNames(found, named, telling, used);
  const shapes = [...used].sort().map((name) => {
    return [name, prune(named.get(name), telling)] as const;
  });
  return {
    operations: found,
    shapes: Object.fromEntries(shapes) as ShapesByProperty,
  };
}

/** A batch brings a list of results, each with data or with errors, which the hook looks at too. */
function inEnvelope(
  { output }: OperationModel,
  shape: Shape | undefined,
): Shape | undefined {
  // The hook sees a stream before its first item.
  if (isStream(output.place)) return undefined;
  if (output.place !== "results") return shape;
  return { "*": { ...(shape && { data: shape }), errors: { "*": {} } } };
}

/** Where a schema is looked at: for itself, in place of a reference to it, or below such a place. */
type Place = "own" | "inlined" | "below";

function shapeReader(
  schemas: readonly SchemaModel[],
): (schema: Schema, place?: Place) => Shape | undefined {
  const byName = new Map(schemas.map(({ name, schema }) => [name, schema]));
  const inlined = new Map<string, Shape | undefined>();

  const shapeOf = (schema: Schema, place: Place = "own"): Shape | undefined => {
    if (typeof schema === "boolean") return undefined;
    const values = listedTexts(schema);
    if (values) return values;
    const below = shapesBelow(schema, place);
    const reference = referenceOf(schema);
    const alternatives = [
      ...listOf(schema["oneOf"]),
      ...listOf(schema["anyOf"]),
    ].filter((member) => !isNull(member));
    // Which of several alternatives a value is meant to be cannot be told.
    const only = alternatives.length === 1 ? alternatives : [];
    const parts = [...listOf(schema["allOf"]), ...only];
    if (reference !== undefined && parts.length === 0) return reference;
    const [part] = parts;
    if (part !== undefined && parts.length === 1 && below === undefined) {
      return shapeOf(part, place);
    }
    return parts
      .map((member) => shapeOfPart(member, place))
      .reduce(merge, below);
  };

  /** A part adds to its neighbours, so what it refers to is looked at in its place, once. */
  const shapeOfPart = (schema: Schema, place: Place): Shape | undefined => {
    const name = typeof schema === "boolean" ? undefined : referenceOf(schema);
    if (name === undefined) return shapeOf(schema, place);
    // Further down, a schema that contains itself would have no end.
    if (place === "below") return undefined;
    if (!inlined.has(name)) {
      inlined.set(name, undefined);
      inlined.set(name, shapeOf(byName.get(name) ?? true, "inlined"));
    }
    return inlined.get(name);
  };

  const shapesBelow = (
    { properties, additionalProperties, items }: SchemaObject,
    place: Place,
  ): ShapesByProperty | undefined => {
    const places: (readonly [string, unknown])[] = [
      ...Object.entries(properties ?? {}),
      ["*", additionalProperties],
      ["*", items],
    ];
    const below = places.flatMap(([key, each]) => {
      if (each === undefined) return [];
      const shape = shapeOf(each as Schema, place === "own" ? "own" : "below");
      return shape === undefined ? [] : [[key, shape] as const];
    });
    return below.length > 0 ? Object.fromEntries(below) : undefined;
  };

  return shapeOf;
}

/** The values of a text that the description lists, whether or not it says that others may come. */
function listedTexts(schema: SchemaObject): readonly string[] | undefined {
  const listed = schema["x-extensible-enum"] ?? schema["enum"];
  if (!Array.isArray(listed)) return undefined;
  const texts = listed.filter((value) => typeof value === "string");
  return texts.length > 0 ? texts : undefined;
}

function referenceOf({ $ref }: SchemaObject): string | undefined {
  return typeof $ref === "string" ? $ref.split("/").at(-1) : undefined;
}

function listOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? (value as readonly Schema[]) : [];
}

function isNull(schema: Schema): boolean {
  return typeof schema !== "boolean" && schema["type"] === "null";
}

function merge(
  left: Shape | undefined,
  right: Shape | undefined,
): Shape | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  if (!isByProperty(left) || !isByProperty(right)) return left;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const merged = keys.map((key) => [
    key,
    merge(ownMember(left, key), ownMember(right, key)),
  ]);
  return Object.fromEntries(merged) as ShapesByProperty;
}

function isByProperty(shape: Shape): shape is ShapesByProperty {
  return typeof shape === "object" && !Array.isArray(shape);
}

/** Names of the schemas that lead to listed values, over any number of references. */
function tellingNames(named: ReadonlyMap<string, Shape>): ReadonlySet<string> {
  const telling = new Set<string>();
  const leads = (shape: Shape): boolean =>
    isByProperty(shape)
      ? Object.values(shape).some(leads)
      : typeof shape !== "string" || telling.has(shape);
  for (let before = -1; before < telling.size;) {
    before = telling.size;
    for (const [name, shape] of named) if (leads(shape)) telling.add(name);
  }
  return telling;
}

/** A shape without what leads to no listed values. */
function prune(
  shape: Shape | undefined,
  telling: ReadonlySet<string>,
): Shape | undefined {
  if (shape === undefined) return undefined;
  if (typeof shape === "string") return telling.has(shape) ? shape : undefined;
  if (!isByProperty(shape)) return shape;
  const kept = Object.entries(shape).flatMap(([key, each]) => {
    const pruned = prune(each, telling);
    return pruned === undefined ? [] : [[key, pruned] as const];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function collectNames(
  shape: Shape,
  named: ReadonlyMap<string, Shape>,
  telling: ReadonlySet<string>,
  used: Set<string>,
): void {
  if (isByProperty(shape)) {
    for (const each of Object.values(shape)) {
      collectNames(each, named, telling, used);
    }
  } else if (typeof shape === "string" && !used.has(shape)) {
    used.add(shape);
    const target = prune(named.get(shape), telling);
    if (target !== undefined) collectNames(target, named, telling, used);
  }
}
