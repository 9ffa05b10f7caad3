import type { Schema } from "./api-model.js";
import { canonical } from "./canonical.js";

/** Keywords that say too little by themselves to recognise a schema by. */
const unspecific: ReadonlySet<string> = new Set(["type", "nullable", "format"]);

/**
 * A schema as text that is the same wherever the schema stands and in whatever order
 * it is written; undefined when many schemas are like it.
 *
 * @param schema - with its texts digested
 * @param nameOf - what the description calls the target of a reference of the model
 */
export function schemaContent(
  schema: Schema,
  nameOf: (name: string) => string,
): string | undefined {
  if (typeof schema === "boolean") return undefined;
  const isUnspecific = Object.keys(schema).every((keyword) =>
    unspecific.has(keyword),
  );
  return isUnspecific
    ? undefined
    : canonical(schema).replace(
        /"#\/components\/schemas\/([^"]*)"/g,
        (_, name: string) => JSON.stringify(`#${nameOf(name)}`),
      );
}
