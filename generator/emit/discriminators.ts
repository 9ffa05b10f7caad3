import type {
  ApiModel,
  Schema,
  SchemaModel,
  SchemaObject,
} from "../model/api-model.js";
import { lastSegment } from "../model/name-ledger.js";
import { describedIn, partsOf, referencedName } from "./described-property.js";
import { listedValuesOfProperty } from "./listed-values.js";

/** A discriminator, with the schema that it stands in. */
interface Holder {
  readonly schema: SchemaObject;
  /** Name of the schema, when it has one. */
  readonly name: string | undefined;
  readonly property: string;
  /** Names of schemas by the values that lead to them. */
  readonly mapping: Readonly<Record<string, unknown>>;
}

/** Values that tell a schema from its alternatives, by the property that has them. */
type Tags = Map<string, Set<string>>;

/**
 * The named schemas, with their tags in place of discriminators: what a discriminator
 * says about its alternatives stands in each of them, as the values that its property
 * can have there.
 *
 * The alternatives are those of the `oneOf` or `anyOf` beside the discriminator, and
 * the schemas that build on its own by `allOf`. The value for a schema is that of the
 * mapping, or else what the description calls it; a schema that says by itself which
 * value it has is believed.
 */
export function tagAlternatives(model: ApiModel): ReadonlyMap<string, Schema> {
  const named = new Map(
    model.schemas.map(({ name, schema }) => [name, schema]),
  );
  const heirs = heirsOf(model.schemas);
  const tags = collectTags(model, heirs);
  const tagsOf = (name: string, property: string): readonly string[] => [
    ...(tags.get(name)?.get(property) ?? []),
  ];
  const tagged = (name: string, schema: Schema): Schema => {
    const own = tags.get(name);
    if (own === undefined || typeof schema === "boolean") return schema;
    const family = [name, ...heirs.ofAll(name)];
    return [...own.keys()].reduce<SchemaObject>((taggedSoFar, property) => {
      const values = family.flatMap((each) => tagsOf(each, property));
      const ofAlternative = (each: string): readonly string[] | undefined => {
        const known = tagsOf(each, property);
        return known.length > 0 ? known : undefined;
      };
      return withTag(taggedSoFar, property, values, named, ofAlternative);
    }, schema);
  };
  return new Map(
    model.schemas.map(({ name, schema }) => [name, tagged(name, schema)]),
  );
}

/** The tags of every schema, by name. */
function collectTags(
  { schemas, operations, webhooks }: ApiModel,
  heirs: Heirs,
): ReadonlyMap<string, Tags> {
  const originalNames = new Map(
    schemas.map(({ name, origin }) => [name, lastSegment(origin.pointer)]),
  );
  const tags = new Map<string, Tags>();
  const holders = [
    ...schemas.flatMap(({ name, schema }) => holdersIn(schema, name)),
    ...operations.flatMap(({ input, output }) => holdersIn([input, output])),
    ...webhooks.flatMap(({ body, payload }) => holdersIn([body, payload])),
  ];
  for (const holder of holders) {
    const mappedValues = valuesByName(holder.mapping);
    for (const alternative of alternativesOf(holder, mappedValues, heirs)) {
      const original = originalNames.get(alternative);
      if (original === undefined || alternative === holder.name) continue;
      const ofSchema: Tags =
        tags.get(alternative) ?? new Map<string, Set<string>>();
      tags.set(alternative, ofSchema);
      const values = ofSchema.get(holder.property) ?? new Set<string>();
      ofSchema.set(holder.property, values);
      for (const value of mappedValues.get(alternative) ?? [original]) {
        values.add(value);
      }
    }
  }
  return tags;
}

/** Those that a schema lists; where it lists none, those that build on it. */
function alternativesOf(
  { schema, name }: Holder,
  mappedValues: ReadonlyMap<string, readonly string[]>,
  heirs: Heirs,
): ReadonlySet<string> {
  const unions = ["oneOf", "anyOf"].filter((keyword) => keyword in schema);
  if (unions.length > 0) {
    return new Set(unions.flatMap((keyword) => referencesIn(schema[keyword])));
  }
  const builtOn = name === undefined ? [] : heirs.ofAll(name);
  return new Set(
    builtOn.filter(
      (each) => !heirs.areWrappers.has(each) || mappedValues.has(each),
    ),
  );
}

/** The values of a mapping that lead to each schema, by its name. */
function valuesByName(
  mapping: Holder["mapping"],
): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const [value, reference] of Object.entries(mapping)) {
    const name = referencedName(reference);
    if (name === undefined) continue;
    const values = byName.get(name) ?? [];
    values.push(value);
    byName.set(name, values);
  }
  return byName;
}

/** Every discriminator at any depth. */
function holdersIn(root: unknown, name?: string): readonly Holder[] {
  const holders: Holder[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    const schema = value as SchemaObject;
    const { propertyName, mapping = {} } = (schema["discriminator"] ??
      {}) as SchemaObject;
    if (typeof propertyName === "string") {
      holders.push({
        schema,
        name: value === root ? name : undefined,
        property: propertyName,
        mapping: mapping as Holder["mapping"],
      });
    }
    pending.push(...(Object.values(value) as unknown[]));
  }
  return holders;
}

/** The schemas that build on a schema by `allOf`. */
interface Heirs {
  /** All of them, however many schemas are in between. */
  ofAll(name: string): readonly string[];
  /** Names of the schemas that are another one and say nothing else about it. */
  readonly areWrappers: ReadonlySet<string>;
}

function heirsOf(schemas: readonly SchemaModel[]): Heirs {
  const direct = new Map<string, string[]>();
  for (const { name, schema } of schemas) {
    for (const base of new Set(basesOf(schema))) {
      const names = direct.get(base) ?? [];
      names.push(name);
      direct.set(base, names);
    }
  }
  const ofAll = (name: string): readonly string[] => {
    const found = new Set<string>();
    const pending = [...(direct.get(name) ?? [])];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(...(direct.get(next) ?? []));
    }
    return [...found];
  };
  const wrappers = schemas.filter(({ schema }) => isWrapper(schema));
  return { ofAll, areWrappers: new Set(wrappers.map(({ name }) => name)) };
}

function isWrapper(schema: Schema): boolean {
  if (typeof schema === "boolean") return false;
  const { allOf, ...rest } = schema;
  const saysMore = Object.keys(rest).some(
    (keyword) => !["description", "deprecated"].includes(keyword),
  );
  return Array.isArray(allOf) && allOf.length === 1 && !saysMore;
}

function basesOf(schema: Schema): readonly string[] {
  if (typeof schema === "boolean") return [];
  const parts = (schema["allOf"] ?? []) as readonly Schema[];
  return [...referencesIn(parts), ...parts.flatMap(basesOf)];
}

function referencesIn(schemas: unknown): readonly string[] {
  return ((schemas ?? []) as readonly Schema[]).flatMap((schema) =>
    typeof schema === "boolean" ? [] : (referencedName(schema["$ref"]) ?? []),
  );
}

/**
 * A schema of objects in which a property has only certain values; any other schema
 * stays.
 *
 * @param ofAlternative - the values of a named schema, when it is an alternative
 */
function withTag(
  schema: SchemaObject,
  property: string,
  values: readonly string[],
  named: ReadonlyMap<string, Schema>,
  ofAlternative: (name: string) => readonly string[] | undefined,
): SchemaObject {
  if (!isOfObjects(schema, named)) return schema;
  const type = typeOf(describedIn([schema], property, named), named);
  const said = listedValuesOfProperty(schema, property, named, ofAlternative);
  const own = describedIn([schema], property, new Map());
  return withProperty(schema, property, {
    ...(typeof own === "object" && { description: own["description"] }),
    enum: tagValues(
      said?.map((value) => asType(value, type)),
      values.map((value) => asType(value, type)),
    ),
  });
}

function withProperty(
  schema: SchemaObject,
  name: string,
  property: Schema,
): SchemaObject {
  if (schema["$ref"] !== undefined) {
    return {
      allOf: [schema, withProperty({ type: "object" }, name, property)],
    };
  }
  const { properties = {}, required = [] } = schema;
  return {
    ...schema,
    required: [...new Set([...(required as readonly string[]), name])],
    properties: {
      ...(properties as Readonly<Record<string, Schema>>),
      [name]: property,
    },
  };
}

/** What a schema says and the tags have in common, or else what it says. */
function tagValues(
  said: readonly unknown[] | undefined,
  values: readonly unknown[],
): readonly unknown[] {
  const common = said?.filter((value) => values.includes(value)) ?? [];
  return [...new Set(common.length > 0 ? common : (said ?? values))];
}

/** A mapping has texts for numbers and truth values too. */
function asType(value: unknown, type: unknown): unknown {
  if (typeof value !== "string") return value;
  if (type === "integer" || type === "number") {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return type === "boolean" ? value === "true" : value;
}

/** The type of a schema, or of the first that it refers to or is composed of; undefined when none says it. */
function typeOf(
  schema: Schema | undefined,
  named: ReadonlyMap<string, Schema>,
): unknown {
  if (schema === undefined) return undefined;
  return [...partsOf([schema], named)].find(({ type }) => type !== undefined)?.[
    "type"
  ];
}

/** Whether values are objects, or may be. */
function isOfObjects(
  schema: SchemaObject,
  named: ReadonlyMap<string, Schema>,
): boolean {
  return [...partsOf([schema], named)].every(
    (part) =>
      (part["type"] ?? "object") === "object" &&
      !["enum", "const", "x-extensible-enum", "items"].some(
        (keyword) => keyword in part && part["type"] === undefined,
      ),
  );
}
