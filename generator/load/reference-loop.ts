import { isRef } from "@redocly/openapi-core";
import type { Document } from "@redocly/openapi-core";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import { pointerSegments } from "./pointer.js";
import { diagnosticAt, isObject } from "./spec-document.js";

/**
 * A `$ref` that only leads back to itself within a document points to nothing.
 *
 * @throws {DiagnosticError} with every such `$ref`
 */
export function requireNoReferenceLoop({ parsed, source }: Document): void {
  const loops = localReferences(parsed).filter(({ reference }) =>
    isLoop(parsed, reference),
  );
  if (loops.length === 0) return;
  throw new DiagnosticError(
    loops.map(({ pointer, reference }) =>
      diagnosticAt(
        { source, pointer },
        "spec-ref-loop",
        `"${reference}" leads back to itself`,
      ),
    ),
  );
}

interface LocalReference {
  readonly pointer: string;
  readonly reference: string;
}

function localReferences(root: unknown): readonly LocalReference[] {
  const found: LocalReference[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (isRef(value) && value.$ref.startsWith("#/")) {
      found.push({ pointer, reference: value.$ref });
    }
    for (const [key, member] of Object.entries(value)) {
      const segment = key.replaceAll("~", "~0").replaceAll("/", "~1");
      visit(
        member,
        pointer === "#/" ? pointer + segment : `${pointer}/${segment}`,
      );
    }
  };
  visit(root, "#/");
  return found;
}

function isLoop(root: unknown, reference: string): boolean {
  const seen = new Set<string>();
  let current: unknown = { $ref: reference };
  while (isRef(current) && current.$ref.startsWith("#/")) {
    if (seen.has(current.$ref)) return true;
    seen.add(current.$ref);
    current = valueAt(root, current.$ref);
  }
  return false;
}

function valueAt(root: unknown, reference: string): unknown {
  let value = root;
  for (const segment of pointerSegments(reference)) {
    value =
      (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, segment)
        ? (value as Readonly<Record<string, unknown>>)[segment]
        : undefined;
  }
  return value;
}
