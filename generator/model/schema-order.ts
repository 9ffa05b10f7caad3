import type { ApiModel, Schema, SchemaObject } from "./api-model.js";
import { canonical } from "./canonical.js";
import { digestTexts } from "./digest-texts.js";
import type { Snapshot } from "./previous-model.js";
import { mapKeywords, schemaKeywords } from "./schema-keywords.js";
import { ownMember } from "../own-member.js";

/**
 * A model whose schemas do not depend on the order in which they are written. Maps
 * have no order, so that properties are sorted. Lists of values and of alternatives
 * may be in an order that says something to readers: it stays, but a list that was
 * merely rearranged since the last run stays as it was then.
 */
export function inOrder(model: ApiModel, former?: Snapshot): ApiModel {
  const operations = byName(former?.operations);
  const webhooks = byName(former?.webhooks);
  const schemas = byName(former?.schemas);
  const entries = byName(former?.errors.entries);
  return {
    ...model,
    operations: model.operations.map((operation) => {
      const { name, input, output } = operation;
      const old = operations.get(name);
      return {
        ...operation,
        input: input && {
          ...input,
          schema: schemaInOrder(input.schema, old?.input?.schema),
        },
        output: {
          ...output,
          schema: schemaInOrder(output.schema, old?.output.schema),
        },
      };
    }),
    webhooks: model.webhooks.map((webhook) => {
      const { name, body, payload } = webhook;
      const old = webhooks.get(name);
      return {
        ...webhook,
        body: schemaInOrder(body, old?.body),
        payload: payload && schemaInOrder(payload, old?.payload),
      };
    }),
    schemas: model.schemas.map((named) => ({
      ...named,
      schema: schemaInOrder(named.schema, schemas.get(named.name)?.schema),
    })),
    errors: {
      ...model.errors,
      entries: model.errors.entries.map((entry) => ({
        ...entry,
        schema: schemaInOrder(entry.schema, entries.get(entry.name)?.schema),
      })),
    },
  };
}

function byName<Element extends { readonly name: string }>(
  elements: readonly Element[] = [],
): ReadonlyMap<string, Element> {
  return new Map(elements.map((each) => [each.name, each]));
}

/** Lists of values whose order may say something. */
const valueLists: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "x-extensible-enum",
]);
const schemaLists: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf"]);
const schemaMaps: ReadonlySet<string> = new Set(mapKeywords);
const singleSchemas: ReadonlySet<string> = new Set(schemaKeywords);

function schemaInOrder(schema: Schema, former: unknown): Schema {
  if (typeof schema === "boolean") return schema;
  const old = isObject(former) ? former : {};
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      memberInOrder(keyword, value, old[keyword]),
    ]),
  );
}

function memberInOrder(
  keyword: string,
  value: unknown,
  former: unknown,
): unknown {
  if (Array.isArray(value)) return listInOrder(keyword, value, former);
  if (!isObject(value)) return value;
  const old = isObject(former) ? former : {};
  if (schemaMaps.has(keyword)) {
    return sorted(value, (each, key) =>
      schemaInOrder(each as Schema, ownMember(old, key)),
    );
  }
  if (singleSchemas.has(keyword)) return schemaInOrder(value, former);
  if (keyword === "discriminator" && isObject(value["mapping"])) {
    return { ...value, mapping: sorted(value["mapping"]) };
  }
  return keyword === "x-enum-descriptions" ? sorted(value) : value;
}

function listInOrder(
  keyword: string,
  list: readonly unknown[],
  former: unknown,
): readonly unknown[] {
  const old: readonly unknown[] = Array.isArray(former) ? former : [];
  if (keyword === "required") return list.toSorted();
  if (keyword === "prefixItems") {
    return list.map((each, index) => schemaInOrder(each as Schema, old[index]));
  }
  if (schemaLists.has(keyword)) {
    const ordered = list.map((each) =>
      schemaInOrder(each as Schema, undefined),
    );
    return rearranged(ordered, old);
  }
  return valueLists.has(keyword) ? rearranged(list, old) : list;
}

/** A list in the order of an old one when it has the same elements, else as it is. */
function rearranged(
  list: readonly unknown[],
  old: readonly unknown[],
): readonly unknown[] {
  if (list.length !== old.length) return list;
  const byText = new Map(
    list.map((each) => [canonical(digestTexts(each)), each]),
  );
  const texts = old.map((each) => canonical(each));
  const isSame =
    byText.size === list.length && texts.every((text) => byText.has(text));
  return isSame && new Set(texts).size === texts.length
    ? texts.map((text) => byText.get(text))
    : list;
}

function sorted(
  map: SchemaObject,
  change: (value: unknown, key: string) => unknown = (value) => value,
): SchemaObject {
  return Object.fromEntries(
    Object.entries(map)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, value]) => [key, change(value, key)]),
  );
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
