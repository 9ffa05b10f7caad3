import type { SchemaModel } from "../model/api-model.js";
import { hashOf } from "../write/lock.js";

/** Tells named schemas from what they were before. */
export interface SchemaDigests {
  /**
   * Hashes of the named schemas, by name, whose content the type of an element
   * depends on; of any other that it refers to, the type holds no more than the name.
   *
   * @param element - JSON that holds schemas
   */
  of(element: unknown): Readonly<Record<string, string>>;
}

type NamedSchema = Pick<SchemaModel, "name" | "schema">;

/**
 * Digests the named schemas of a model.
 *
 * openapi-typescript looks into those that an `allOf` refers to, for the properties
 * that are required, and lets those with a discriminator shape others.
 */
export function schemaDigests(schemas: readonly NamedSchema[]): SchemaDigests {
  const texts = new Map(
    schemas.map(({ name, schema }) => [name, JSON.stringify(schema)]),
  );
  const shaping = [...texts]
    .filter(([, text]) => text.includes('"discriminator"'))
    .map(([name]) => name);
  return {
    of: (element) => {
      const json = JSON.stringify(element);
      const parts = json.includes('"allOf"') ? referencesIn(json) : [];
      return Object.fromEntries(
        [...new Set([...shaping, ...parts])]
          .sort()
          .map((name) => [name, hashOf(texts.get(name) ?? "")]),
      );
    },
  };
}

/** Names of the schemas that a JSON text refers to; they need no escapes. */
function referencesIn(json: string): readonly string[] {
  const found = json.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
  return [...found].map(([, name = ""]) => name);
}
