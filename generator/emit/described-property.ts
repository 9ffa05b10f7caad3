import type { Schema, SchemaObject } from "../model/api-model.js";
import { ownMember } from "../own-member.js";

/**
 * What schemas that are composed by `allOf` say about a property, if any does.
 *
 * @param named - what references lead to, by name
 */
export function describedIn(
  schemas: readonly Schema[],
  name: string,
  named: ReadonlyMap<string, Schema>,
): Schema | undefined {
  for (const { properties = {} } of partsOf(schemas, named)) {
    const own = ownMember(properties as Readonly<Record<string, Schema>>, name);
    if (own !== undefined) return own;
  }
  return undefined;
}

/**
 * An object schema with all that the schemas say that it is composed of by `allOf` and
 * references, as one object.
 *
 * @param named - what references lead to, by name
 */
export function asOneObject(
  schema: Schema,
  named: ReadonlyMap<string, Schema>,
): SchemaObject {
  const described = new Map<string, Schema[]>();
  const required = new Set<string>();
  for (const part of partsOf([schema], named)) {
    const { properties = {}, required: names = [] } = part;
    for (const [name, each] of Object.entries(properties as SchemaObject)) {
      described.set(name, [...(described.get(name) ?? []), each as Schema]);
    }
    for (const name of names as readonly string[]) required.add(name);
  }
  const properties = [...described].map(([name, all]) => {
    const [only, ...more] = all;
    return [name, more.length === 0 ? only : { allOf: all }] as const;
  });
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: [...required],
  };
}

/** Schemas with those that they are composed of, each once; the last schema first. */
export function* partsOf(
  schemas: readonly Schema[],
  named: ReadonlyMap<string, Schema>,
): Generator<SchemaObject> {
  const pending: (Schema | undefined)[] = [...schemas];
  const seen = new Set<Schema>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "boolean" || seen.has(next)) continue;
    seen.add(next);
    yield next;
    const { allOf = [], $ref: reference } = next;
    pending.push(...(allOf as readonly Schema[]));
    const target = referencedName(reference);
    if (target !== undefined) pending.push(named.get(target));
  }
}

/** The name of the schema that a `$ref` of the model leads to. */
export function referencedName(reference: unknown): string | undefined {
  return typeof reference === "string"
    ? reference.replace("#/components/schemas/", "")
    : undefined;
}
