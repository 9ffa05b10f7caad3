import { isRef } from "@redocly/openapi-core";
import type { Document } from "@redocly/openapi-core";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import { pointerSegments } from "./pointer.js";
import { diagnosticAt, isObject } from "./spec-document.js";

/** Most `$ref`s that may follow each other; far beyond what people write. */
const longestChain = 100;

/**
 * A `$ref` that only leads back to itself within a document points to nothing, and one
 * that leads to ever more `$ref`s takes too long to follow.
 *
 * @throws {DiagnosticError} with every such `$ref`; with the first one that is too long
 */
export function requireNoReferenceLoop({ parsed, source }: Document): void {
  const found = localReferences(parsed).map((each) => ({
    ...each,
    end: endOf(parsed, each.reference),
  }));
  const loops = found.filter(({ end }) => end === "loop");
  const [long] = found.filter(({ end }) => end === "long");
  if (loops.length === 0 && !long) return;
  throw new DiagnosticError([
    ...loops.map(({ pointer, reference }) =>
      diagnosticAt(
        { source, pointer },
        "spec-ref-loop",
        `"${reference}" leads back to itself`,
      ),
    ),
    ...(long
      ? [
          diagnosticAt(
            { source, pointer: long.pointer },
            "spec-too-big",
            `"${long.reference}" leads through more than ${longestChain} other references`,
          ),
        ]
      : []),
  ]);
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

function endOf(root: unknown, reference: string): "loop" | "long" | "found" {
  const seen = new Set<string>();
  let current: unknown = { $ref: reference };
  while (isRef(current) && current.$ref.startsWith("#/")) {
    if (seen.has(current.$ref)) return "loop";
    if (seen.size > longestChain) return "long";
    seen.add(current.$ref);
    current = valueAt(root, current.$ref);
  }
  return "found";
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
