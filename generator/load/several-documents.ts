import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isAbsoluteUrl } from "@redocly/openapi-core";
import type { Document, ResolvedRefMap } from "@redocly/openapi-core";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { pointerSegments } from "./pointer.js";
import {
  at,
  diagnosticAt,
  entriesOf,
  isObject,
  itemsOf,
  relatedPlace,
} from "./spec-document.js";
import type { SpecNode } from "./spec-document.js";

/** How several documents make one description. */
export interface FoldedDocuments {
  /** Components that an earlier document has too, by their place: the component there. */
  readonly twins: ReadonlyMap<string, SpecNode>;
  /** What two documents say differently. */
  readonly conflicts: readonly Diagnostic[];
}

/** The root of a document as a node. */
export function rootOf({ parsed, source }: Document): SpecNode {
  return { value: parsed, source, pointer: "#/" };
}

/**
 * Compares the documents of a description, of which each may hold a part of the API
 * with the components that this part needs. What is in several of them must be the
 * same in all.
 */
export function foldDocuments(documents: readonly Document[]): FoldedDocuments {
  const twins = new Map<string, SpecNode>();
  const conflicts: Diagnostic[] = [];
  const first = new Map<string, SpecNode>();
  for (const root of documents.map(rootOf)) {
    for (const { name, node, isComponent } of partsOf(root)) {
      const earlier = first.get(name);
      if (!earlier) first.set(name, node);
      // Within one document, it is the validation's affair.
      else if (earlier.source === node.source) continue;
      else if (!isSame(earlier, node))
        conflicts.push(conflict(name, earlier, node));
      else if (isComponent) twins.set(placeOf(node), earlier);
    }
  }
  return { twins, conflicts };
}

/** References as they are when components that several documents have count once. */
export function foldReferences(
  references: ResolvedRefMap,
  documents: readonly Document[],
  { twins }: FoldedDocuments,
): ResolvedRefMap {
  if (twins.size === 0) return references;
  const bySource = new Map(documents.map((each) => [each.source, each]));
  return new Map(
    [...references].map(([id, target]): readonly [string, typeof target] => {
      if (!target.resolved) return [id, target];
      const { source } = target.document;
      const [, component = "", rest = ""] =
        /^(#\/components\/[^/]+\/[^/]+)(.*)$/.exec(target.nodePointer) ?? [];
      const twin = twins.get(`${source.absoluteRef}${component}`);
      const document = twin && bySource.get(twin.source);
      if (!twin || !document) return [id, target];
      const nodePointer = `${twin.pointer}${rest}`;
      const node = at(rootOf(document), ...pointerSegments(nodePointer)).value;
      return [id, { ...target, document, nodePointer, node }];
    }),
  );
}

/** A part of a document that another one may have too. */
interface Part {
  readonly name: string;
  readonly node: SpecNode;
  readonly isComponent: boolean;
}

function partsOf(root: SpecNode): readonly Part[] {
  const [server] = itemsOf(at(root, "servers"));
  const version = at(root, "info", "version");
  const components = entriesOf(at(root, "components")).flatMap(
    ([section, group]) =>
      entriesOf(group).map(([name, node]) => ({
        name: `the component ${section}/${name}`,
        node,
        isComponent: true,
      })),
  );
  const others = [
    ...(version.value === undefined
      ? []
      : [{ name: "the version of the API", node: version }]),
    ...(server
      ? [{ name: "the address of the API", node: at(server, "url") }]
      : []),
    ...entriesOf(at(root, "paths")).flatMap(([url, item]) =>
      itemParts(url, item),
    ),
    ...entriesOf(at(root, "webhooks")).map(([name, node]) => ({
      name: `the webhook ${name}`,
      node,
    })),
  ];
  return [
    ...components,
    ...others.map((part) => ({ ...part, isComponent: false })),
  ];
}

/** Several documents may describe different methods of a path. */
function itemParts(
  url: string,
  item: SpecNode,
): readonly Omit<Part, "isComponent">[] {
  if (isObject(item.value) && "$ref" in item.value) {
    return [{ name: `the path ${url}`, node: item }];
  }
  return entriesOf(item).flatMap(([method, node]) => {
    const operationId = at(node, "operationId");
    return [
      { name: `${method} of the path ${url}`, node },
      ...(typeof operationId.value === "string"
        ? [{ name: `the operation ${operationId.value}`, node }]
        : []),
    ];
  });
}

function conflict(name: string, earlier: SpecNode, node: SpecNode): Diagnostic {
  return diagnosticAt(
    node,
    "spec-conflict",
    `${name} is another one in ${path.basename(earlier.source.absoluteRef)}`,
    { onKey: true, related: [relatedPlace(earlier, "the other one", true)] },
  );
}

function placeOf({ source, pointer }: SpecNode): string {
  return `${source.absoluteRef}${pointer}`;
}

/** Whether two places say the same; what their references lead to is compared where it stands. */
function isSame(left: SpecNode, right: SpecNode): boolean {
  return isDeepStrictEqual(
    withPlaces(left.value, left.source.absoluteRef),
    withPlaces(right.value, right.source.absoluteRef),
  );
}

/** A value in which references to other documents do not depend on where it stands. */
function withPlaces(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withPlaces(each, base));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string"
        ? absolute(member, base)
        : withPlaces(member, base),
    ]),
  );
}

function absolute(reference: string, base: string): string {
  if (reference.startsWith("#") || isAbsoluteUrl(reference)) return reference;
  return isAbsoluteUrl(base)
    ? new URL(reference, base).href
    : path.resolve(path.dirname(base), reference);
}
