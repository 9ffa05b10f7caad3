import type { Schema, SchemaObject } from "../model/api-model.js";
import { describedIn, partsOf } from "./described-property.js";

/**
 * What a schema says about properties on a condition, with `then`, `else` and
 * `dependentSchemas`, and says nothing about otherwise. A type does not know the
 * condition: such a property may be there, with what any of the conditions says.
 *
 * @param named - what references lead to, by name
 */
export function conditionalProperties(
  schema: SchemaObject,
  named: ReadonlyMap<string, Schema>,
): ReadonlyMap<string, Schema> {
  const said = new Map<string, Schema[]>();
  for (const part of conditionalParts(schema, named)) {
    const { properties = {} } = part;
    for (const [name, each] of Object.entries(properties as SchemaObject)) {
      said.set(name, [...(said.get(name) ?? []), each as Schema]);
    }
  }
  const properties = [...said]
    .filter(([name]) => describedIn([schema], name, named) === undefined)
    .map(([name, all]) => {
      const [only = true, ...more] = all;
      return [name, more.length === 0 ? only : { anyOf: all }] as const;
    });
  return new Map(properties);
}

/** The schemas behind the conditions of a schema and of its parts, and behind their own. */
function conditionalParts(
  schema: SchemaObject,
  named: ReadonlyMap<string, Schema>,
): ReadonlySet<SchemaObject> {
  const found = new Set<SchemaObject>();
  // What a schema refers to has a type of its own, which has these properties already.
  const pending = [...partsOf([schema], new Map())];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const part of partsOf(behindConditions(next), named)) {
      if (found.has(part)) continue;
      found.add(part);
      pending.push(part);
    }
  }
  return found;
}

function behindConditions({
  then,
  else: otherwise,
  dependentSchemas = {},
}: SchemaObject): readonly Schema[] {
  const schemas = [
    then,
    otherwise,
    ...Object.values(dependentSchemas as SchemaObject),
  ] as readonly (Schema | undefined)[];
  return schemas.filter((each) => each !== undefined);
}
