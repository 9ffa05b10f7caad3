import { isRef } from "@redocly/openapi-core";
import type { ResolvedRefMap } from "@redocly/openapi-core";
import { at, isObject, standsAt } from "./spec-document.js";
import type { SpecNode, SpecObject } from "./spec-document.js";

/** What there is to follow in an element of a description. */
interface Shape {
  /** Whoever reads the element expects a `$ref` in its place, and follows it. */
  readonly isReferable?: true;
  /** Fields that hold further elements, all others being values of their own. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** What a list or a map of any keys holds. */
  readonly members?: Shape;
}

const value: Shape = {};
const values: Shape = { members: value };
const listed = (members: Shape): Shape => ({ members });

/**
 * Schemas are followed by those who read them, components are reached through what
 * refers to them, and examples are nobody's.
 */
const leftAlone: ReadonlySet<string> = new Set([
  "components",
  "schema",
  "itemSchema",
  "schemas",
  "example",
  "examples",
]);

const content: Shape = listed({
  fields: {
    encoding: listed({ fields: { headers: listed({ isReferable: true }) } }),
  },
});
const parameters: Shape = listed({ isReferable: true, fields: { content } });
const response: Shape = {
  isReferable: true,
  fields: {
    content,
    headers: listed({ isReferable: true, fields: { content } }),
    links: listed({ isReferable: true }),
  },
};
const servers: Shape = listed({ fields: { variables: values } });
const operation: Shape = {
  fields: {
    callbacks: listed({ isReferable: true }),
    parameters,
    requestBody: { isReferable: true, fields: { content } },
    responses: listed(response),
    servers,
    tags: values,
  },
};
const pathItem: Shape = {
  isReferable: true,
  fields: {
    parameters,
    servers,
    ...Object.fromEntries(
      ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map(
        (method) => [method, operation],
      ),
    ),
  },
};
const description: Shape = {
  fields: {
    info: values,
    paths: listed(pathItem),
    servers,
    tags: listed(value),
    webhooks: listed(pathItem),
  },
};

/**
 * Puts what `$ref`s lead to in their place, wherever the OpenAPI specification has none
 * but bundlers follow them: in place of an operation, of all responses, of a list of
 * parameters, of a text. What stands beside such a `$ref`, or beside that of a path item,
 * wins over the same field of the target.
 */
export function graftReferences(
  root: SpecNode,
  references: ResolvedRefMap,
): void {
  const seen = new Set<unknown>();
  const graft = (node: SpecNode, shape: Shape): void => {
    if (!isObject(node.value) && !Array.isArray(node.value)) return;
    if (seen.has(node.value)) return;
    seen.add(node.value);
    for (const key of Object.keys(node.value)) {
      if (leftAlone.has(key) && !shape.members) continue;
      if (key.startsWith("x-") && !shape.members) continue;
      const below = shape.members ?? shape.fields?.[key] ?? value;
      graft(settled(node, key, below), below);
    }
  };
  /** The member of a node, its `$ref` replaced or followed. */
  const settled = (holder: SpecNode, key: string, shape: Shape): SpecNode => {
    const node = at(holder, key);
    const layers = layersOf(node, references);
    const [target] = layers;
    if (!target) return node;
    const isComposed = layers.length > 1;
    if (shape.isReferable && !(isComposed && shape === pathItem)) return target;
    const members = holder.value as Record<string, unknown>;
    members[key] = isComposed ? merged(layers) : target.value;
    if (!isComposed) standsAt(target);
    return at(holder, key);
  };
  graft(root, description);
}

/** What a `$ref` leads to, followed by the fields beside each `$ref` on the way there; nothing when it leads nowhere. */
function layersOf(
  node: SpecNode,
  references: ResolvedRefMap,
): readonly SpecNode[] {
  if (!isRef(node.value)) return [];
  const id = `${node.source.absoluteRef}::${node.value.$ref}`;
  const found = references.get(id);
  if (!found?.resolved || found.node === undefined) return [];
  const target = {
    value: found.node as unknown,
    source: found.document.source,
    pointer: found.nodePointer,
  };
  const hops = (found.chain ?? []).map(({ node: hop, location }) => ({
    value: hop,
    source: location.source,
    pointer: location.pointer,
  }));
  const beside = [node, ...hops].filter(
    (each) => isObject(each.value) && Object.keys(each.value).length > 1,
  );
  return isObject(target.value) ? [target, ...beside.reverse()] : [target];
}

/** The fields of all layers, of which the later ones win; lists of parameters complete each other. */
function merged(layers: readonly SpecNode[]): SpecObject {
  const fields: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const key of Object.keys(layer.value as SpecObject)) {
      if (key === "$ref") continue;
      const field = at(layer, key);
      const earlier = fields[key];
      if (Array.isArray(earlier) && Array.isArray(field.value)) {
        field.value.forEach((_, index) => {
          standsAt(at(field, String(index)));
        });
        fields[key] = [
          ...(earlier as unknown[]),
          ...(field.value as unknown[]),
        ];
      } else {
        standsAt(field);
        fields[key] = field.value;
      }
    }
  }
  return fields;
}
