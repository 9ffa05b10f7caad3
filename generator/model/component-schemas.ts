import { BaseResolver } from "@redocly/openapi-core";
import { pointerSegments } from "../load/pointer.js";
import { at, entriesOf, textAt } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { placeOf } from "./origin.js";

/** The components that are no schemas themselves, but refer to one. */
export interface ReferringComponents {
  /** The component that gives its name to a schema, by the schema's place. */
  readonly namesakes: ReadonlyMap<string, SpecNode>;
  /** Places of the components that are one more name for a schema. */
  readonly aliases: ReadonlySet<string>;
}

/**
 * Finds the components that refer to a schema. A schema that is no component, such as
 * a file, is called after the first component by name that refers to it; every other
 * one is an alias.
 *
 * @param targetOf - the schema that a component refers to; undefined for one that is a schema itself
 */
export function referringComponents(
  document: SpecDocument,
  targetOf: (component: SpecNode) => SpecNode | undefined,
): ReferringComponents {
  const components = document.roots
    .flatMap((root) => entriesOf(at(root, "components", "schemas")))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, component]) => component);
  const places = new Set(components.map((each) => placeOf(document, each)));
  const namesakes = new Map<string, SpecNode>();
  const aliases = new Set<string>();
  for (const component of components) {
    const target = targetOf(component);
    if (target === undefined) continue;
    const place = placeOf(document, target);
    if (places.has(place) || namesakes.has(place)) {
      aliases.add(placeOf(document, component));
    } else {
      namesakes.set(place, component);
    }
  }
  return { namesakes, aliases };
}

/** The component of the description that a `$ref` names, whatever it leads to in turn; any other node as it is. */
export function firstTarget(document: SpecDocument, node: SpecNode): SpecNode {
  const reference = textAt(node, "$ref");
  if (reference === undefined) return node;
  const [file = "", pointer = ""] = reference.split("#");
  const base = node.source.absoluteRef;
  const absolute =
    file === "" ? base : new BaseResolver().resolveExternalRef(base, file);
  const root = document.roots.find(
    ({ source }) => source.absoluteRef === absolute,
  );
  return root ? at(root, ...pointerSegments(pointer)) : node;
}
