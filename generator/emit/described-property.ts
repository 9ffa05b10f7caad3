import type { Schema } from "../model/api-model.js";

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
  const pending: (Schema | undefined)[] = [...schemas];
  const seen = new Set<Schema>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "boolean" || seen.has(next)) continue;
    seen.add(next);
    const { properties = {}, allOf = [], $ref: reference } = next;
    if (Object.hasOwn(properties as object, name)) {
      return (properties as Readonly<Record<string, Schema>>)[name];
    }
    pending.push(...(allOf as readonly Schema[]));
    const target = referencedName(reference);
    if (target !== undefined) pending.push(named.get(target));
  }
  return undefined;
}

/** The name of the schema that a `$ref` of the model leads to. */
export function referencedName(reference: unknown): string | undefined {
  return typeof reference === "string"
    ? reference.replace("#/components/schemas/", "")
    : undefined;
}
