import { DiagnosticError } from "../diagnostics/diagnostic.js";
import { diagnosticAt } from "../load/spec-document.js";
import type { SpecNode } from "../load/spec-document.js";
import type { Schema } from "./api-model.js";
import { namesIn } from "./parents.js";

interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
  readonly node: SpecNode;
}

/**
 * A schema that is composed of itself with no property or list in between describes
 * nothing: no value and no type can be like that.
 *
 * @throws {DiagnosticError} with every such schema
 */
export function requireNoCompositionLoop(
  schemas: readonly NamedSchema[],
): void {
  const looping = composedOfThemselves(schemas);
  if (looping.length === 0) return;
  throw new DiagnosticError(
    looping.map(({ name, node }) =>
      diagnosticAt(
        node,
        "spec-ref-loop",
        `the schema ${name} is composed of itself`,
        { onKey: true },
      ),
    ),
  );
}

function composedOfThemselves(
  schemas: readonly NamedSchema[],
): readonly NamedSchema[] {
  const parts = new Map(
    schemas.map(({ name, schema }) => [name, namesIn(schema)]),
  );
  const reaches = (from: string, target: string): boolean => {
    const seen = new Set<string>();
    const pending = [...(parts.get(from) ?? [])];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === target) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...(parts.get(next) ?? []));
    }
    return false;
  };
  return schemas.filter(({ name }) => reaches(name, name));
}
