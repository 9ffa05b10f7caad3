import type {
  ApiModel,
  Schema,
  SchemaModel,
  SchemaObject,
} from "../model/api-model.js";
import { lastSegment } from "../model/name-ledger.js";
import { describedIn, referencedName } from "./described-property.js";

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
  return new Map(
    model.schemas.map(({ name, schema }) => {
      const own = tags.get(name);
      if (own === undefined || typeof schema === "boolean")
        return [name, schema];
      const family = [name, ...heirs.ofAll(name)];
      return [
        name,
        [...own.keys()].reduce<SchemaObject>(
          (tagged, property) =>
            withTag(
              tagged,
              property,
              family.flatMap((each) => [
                ...(tags.get(each)?.get(property) ?? []),
              ]),
              named,
            ),
          schema,
        ),
      ];
    }),
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
  for (const { schema, name, property, mapping } of holders) {
    const mappedValues = valuesByName(mapping);
    const alternatives = new Set([
      ...["oneOf", "anyOf"].flatMap((keyword) => referencesIn(schema[keyword])),
      ...(name === undefined ? [] : heirs.ofAll(name)),
    ]);
    for (const alternative of alternatives) {
      const original = originalNames.get(alternative);
      if (original === undefined || alternative === name) continue;
      const ofSchema: Tags =
        tags.get(alternative) ?? new Map<string, Set<string>>();
      tags.set(alternative, ofSchema);
      const values = ofSchema.get(property) ?? new Set<string>();
      ofSchema.set(property, values);
      for (const value of mappedValues.get(alternative) ?? [original]) {
        values.add(value);
      }
    }
  }
  return tags;
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
  return { ofAll };
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

/** A schema of objects in which a property has only certain values; any other schema stays. */
function withTag(
  schema: SchemaObject,
  property: string,
  values: readonly string[],
  named: ReadonlyMap<string, Schema>,
): SchemaObject {
  const { properties = {}, allOf, required = [], type = "object" } = schema;
  const isObject = "properties" in schema || allOf !== undefined;
  if (type !== "object" || !isObject) return schema;
  const described = describedIn([schema], property, named);
  const own = describedIn([schema], property, new Map());
  return {
    ...schema,
    required: [...new Set([...(required as readonly string[]), property])],
    properties: {
      ...(properties as Readonly<Record<string, Schema>>),
      [property]: {
        ...(typeof own === "object" && { description: own["description"] }),
        enum: tagValues(
          own,
          values.map((value) => asDescribed(value, described)),
        ),
      },
    },
  };
}

/** What a schema lists for its own property and the tags have in common, or else what it lists. */
function tagValues(
  own: Schema | undefined,
  values: readonly unknown[],
): readonly unknown[] {
  const distinct = [...new Set(values)];
  if (typeof own !== "object") return distinct;
  const listed = "const" in own ? [own["const"]] : own["enum"];
  if (!Array.isArray(listed) || listed.length === 0) return distinct;
  const common = listed.filter((value) => distinct.includes(value));
  return common.length > 0 ? common : (listed as readonly unknown[]);
}

/** A mapping has texts for numbers and truth values too. */
function asDescribed(value: string, described: Schema | undefined): unknown {
  const type = typeof described === "object" ? described["type"] : undefined;
  if (type === "integer" || type === "number") {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return type === "boolean" ? value === "true" : value;
}
