import type { Schema, SchemaObject } from "./api-model.js";

interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
}

/**
 * Schemas whose heirs build on what a parent says about itself. A parent may list its
 * heirs as alternatives, which are no part of any heir: an heir that included them would
 * be composed of itself.
 */
export function withoutAlternativesOfParents<Named extends NamedSchema>(
  schemas: readonly Named[],
): readonly Named[] {
  const named = new Map(schemas.map(({ name, schema }) => [name, schema]));
  const alternatives = new Map(
    schemas
      .filter(({ schema }) => listsAlternatives(schema))
      .map(({ name, schema }) => [name, composing(schema, named)] as const),
  );
  if (alternatives.size === 0) return schemas;
  const forHeir = (
    schema: Schema,
    heir: string,
    parents: readonly string[],
  ): Schema => {
    if (typeof schema === "boolean") return schema;
    const parts = schema["allOf"] as readonly Schema[] | undefined;
    if (parts === undefined) return schema;
    const asPart = (part: Schema): Schema => {
      const parent = parentIn(part);
      const lists = alternatives.get(parent)?.has(heir) === true;
      return lists && !parents.includes(parent)
        ? forHeir(itself(named.get(parent)), heir, [...parents, parent])
        : forHeir(part, heir, parents);
    };
    return { ...schema, allOf: parts.map(asPart) };
  };
  return schemas.map((each) => ({
    ...each,
    schema: forHeir(each.schema, each.name, [each.name]),
  }));
}

function parentIn(part: Schema): string {
  return typeof part === "boolean" ? "" : nameIn(part["$ref"]);
}

/** What a schema says besides its alternatives. */
function itself(schema: Schema = true): Schema {
  if (typeof schema === "boolean") return schema;
  return Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword]) => !["oneOf", "anyOf", "discriminator"].includes(keyword),
    ),
  );
}

function listsAlternatives(schema: Schema): schema is SchemaObject {
  return (
    typeof schema === "object" &&
    (schema["oneOf"] !== undefined || schema["anyOf"] !== undefined)
  );
}

/** Names of the schemas that a schema is composed of or may be, at any depth. */
function composing(
  schema: Schema,
  named: ReadonlyMap<string, Schema>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...namesIn(schema)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...namesIn(named.get(next) ?? true));
  }
  return found;
}

/** Names of the schemas that a schema is, or is put together from. */
export function namesIn(schema: Schema): readonly string[] {
  if (typeof schema === "boolean") return [];
  const { $ref: reference } = schema;
  const nested = ["allOf", "anyOf", "oneOf"].flatMap(
    (keyword) => (schema[keyword] ?? []) as readonly Schema[],
  );
  return [
    ...(typeof reference === "string" ? [nameIn(reference)] : []),
    ...nested.flatMap(namesIn),
  ];
}

function nameIn(reference: unknown): string {
  return typeof reference === "string"
    ? (reference.split("/").at(-1) ?? "")
    : "";
}
