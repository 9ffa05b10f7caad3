import type { Schema } from "../model/api-model.js";
import { hashOf } from "../hash.js";

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

/**
 * Digests named schemas. A type depends on what is in others only where they are
 * combined: in an `allOf`, and where something stands beside a `$ref`.
 */
export function schemaDigests(
  schemas: ReadonlyMap<string, Schema>,
): SchemaDigests {
  const texts = new Map(
    [...schemas].map(([name, schema]) => [name, JSON.stringify(schema)]),
  );
  return {
    of: (element) => {
      const json = JSON.stringify(element);
      const found = new Set<string>();
      const pending = isCombined(json) ? [...referencesIn(json)] : [];
      for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
        if (found.has(name)) continue;
        found.add(name);
        pending.push(...referencesIn(texts.get(name) ?? ""));
      }
      return Object.fromEntries(
        [...found].sort().map((name) => [name, hashOf(texts.get(name) ?? "")]),
      );
    },
  };
}

function isCombined(json: string): boolean {
  const others = json.replaceAll(/\{"\$ref":"[^"]*"\}/g, "");
  return /"(?:allOf|\$ref)":/.test(others);
}

/** Names of the schemas that a JSON text refers to; they need no escapes. */
function referencesIn(json: string): readonly string[] {
  const found = json.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
  return [...found].map(([, name = ""]) => name);
}
