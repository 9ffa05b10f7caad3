import { at, follow, isObject, itemsOf } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";

/** The schema of an object schema's property, looked up through `$ref` and `allOf`; may be a `$ref` itself. */
export function propertyOf(
  document: SpecDocument,
  node: SpecNode,
  name: string,
): SpecNode | undefined {
  return propertyParts(document, node, name)[0];
}

/** Every schema that an object schema and the parts of its `allOf` have for a property. */
export function propertyParts(
  document: SpecDocument,
  node: SpecNode,
  name: string,
  seen: Set<unknown> = new Set<unknown>(),
): readonly SpecNode[] {
  const target = follow(document, node);
  if (isObject(target.value)) {
    // Parts that share parts are looked through once.
    if (seen.has(target.value)) return [];
    seen.add(target.value);
  }
  const own = at(target, "properties", name);
  return [
    ...(own.value === undefined ? [] : [own]),
    ...itemsOf(at(target, "allOf")).flatMap((part) =>
      propertyParts(document, part, name, seen),
    ),
  ];
}
