import path from "node:path";
import { isAbsoluteUrl, isRef } from "@redocly/openapi-core";
import type { Document, ResolvedRefMap } from "@redocly/openapi-core";
import { pointerSegments } from "./pointer.js";
import { isObject } from "./spec-document.js";

/**
 * A description as overlays see it: one document, in which path items, webhooks and
 * components that stand in other files appear where they belong.
 */
export interface OverlayView {
  /** The whole as one value, to query. */
  value(): unknown;
  /** What stands at a place of the view, and where it is written; undefined when there is nothing. */
  find(keys: readonly string[]): ViewNode | undefined;
}

/** A value of the view, and the document that it is part of. */
export interface ViewNode {
  readonly value: unknown;
  readonly document: Document;
  /** Its place in that document. */
  readonly keys: readonly string[];
}

/**
 * @param roots - the description's own documents; what the first one lacks is looked for in the others
 * @param files - every document of the description, by absolute path or URL
 * @param references - the references between them
 */
export function openOverlayView(
  roots: readonly [Document, ...Document[]],
  files: ReadonlyMap<string, Document>,
  references: ResolvedRefMap,
): OverlayView {
  const [root, ...others] = roots;
  const components = foreignComponents(root, references);

  const follow = (node: ViewNode): ViewNode => {
    let current = node;
    for (const seen = new Set<string>(); ;) {
      const reference = foreignReference(current);
      const target = reference && resolve(current.document, reference);
      if (!reference || !target || seen.has(reference)) return current;
      seen.add(reference);
      current = target;
    }
  };

  const resolve = (
    document: Document,
    reference: string,
  ): ViewNode | undefined => {
    const [file = "", pointer = ""] = reference.split("#");
    const base = document.source.absoluteRef;
    const absolute = isAbsoluteUrl(base)
      ? new URL(file, base).href
      : path.resolve(path.dirname(base), file);
    const target = files.get(absolute);
    return target && nodeAt(target, pointerSegments(pointer));
  };

  const find = (keys: readonly string[]): ViewNode | undefined => {
    let node: ViewNode = { value: root.parsed, document: root, keys: [] };
    for (const [index, key] of keys.entries()) {
      const path = keys.slice(0, index + 1);
      const next = childOf(node, key) ?? inOthers(path) ?? componentAt(path);
      if (!next) return undefined;
      node = isEntry(path) ? follow(next) : next;
    }
    return node;
  };

  /** An entry that the first document lacks, or the empty map that would hold it. */
  const inOthers = (keys: readonly string[]): ViewNode | undefined => {
    if (!["paths", "webhooks", "components"].includes(keys[0] ?? "")) return;
    const found = others
      .map((document) => nodeAt(document, keys))
      .find((node) => node !== undefined);
    if (!found || isEntry(keys)) return found;
    return keys.length < (keys[0] === "components" ? 3 : 2)
      ? { value: {}, document: root, keys }
      : undefined;
  };

  const keysInOthers = (keys: readonly string[]): readonly string[] =>
    others.flatMap((document) => {
      const value = nodeAt(document, keys)?.value;
      return isObject(value) ? Object.keys(value) : [];
    });

  const componentAt = (keys: readonly string[]): ViewNode | undefined => {
    const [top, section, name, ...rest] = keys;
    if (top !== "components" || section === undefined) return undefined;
    const known = components.get(section);
    if (!known) return undefined;
    if (name === undefined) {
      return { value: {}, document: root, keys: ["components", section] };
    }
    const place = known.get(name);
    return place && rest.length === 0
      ? nodeAt(place.document, place.keys)
      : undefined;
  };

  const entriesAt = (keys: readonly string[]): Record<string, unknown> => {
    const own = find(keys)?.value;
    const [top, section = ""] = keys;
    const names = new Set([
      ...(isObject(own) ? Object.keys(own) : []),
      ...keysInOthers(keys),
      ...(top === "components" ? (components.get(section)?.keys() ?? []) : []),
    ]);
    return Object.fromEntries(
      [...names].map((name) => [name, find([...keys, name])?.value]),
    );
  };

  return {
    find,
    value: () => {
      if (!isObject(root.parsed)) return root.parsed;
      const own = root.parsed["components"];
      const sections = new Set([
        ...(isObject(own) ? Object.keys(own) : []),
        ...keysInOthers(["components"]),
        ...components.keys(),
      ]);
      return {
        ...root.parsed,
        ...Object.fromEntries(
          ["paths", "webhooks"]
            .filter((key) => find([key]))
            .map((key) => [key, entriesAt([key])]),
        ),
        ...(sections.size > 0 && {
          components: Object.fromEntries(
            [...sections].map((section) => [
              section,
              entriesAt(["components", section]),
            ]),
          ),
        }),
      };
    },
  };
}

/** Whether a place holds a path item, a webhook or a component. */
function isEntry(keys: readonly string[]): boolean {
  const [top] = keys;
  return top === "components"
    ? keys.length === 3
    : keys.length === 2 && (top === "paths" || top === "webhooks");
}

/** The reference to another file that a node consists of. */
function foreignReference({ value }: ViewNode): string | undefined {
  if (!isRef(value) || value.$ref.startsWith("#")) return undefined;
  return Object.keys(value).length === 1 ? value.$ref : undefined;
}

function childOf(node: ViewNode, key: string): ViewNode | undefined {
  const { value, document, keys } = node;
  if (!(isObject(value) || Array.isArray(value))) return undefined;
  if (!Object.hasOwn(value, key)) return undefined;
  const child = (value as Readonly<Record<string, unknown>>)[key];
  return { value: child, document, keys: [...keys, key] };
}

function nodeAt(
  document: Document,
  keys: readonly string[],
): ViewNode | undefined {
  const start: ViewNode = { value: document.parsed, document, keys: [] };
  return keys.reduce<ViewNode | undefined>(
    (node, key) => node && childOf(node, key),
    start,
  );
}

interface ComponentPlace {
  readonly document: Document;
  readonly keys: readonly string[];
}

/** Schemas and responses of other files, by the section of `components` in which a single document would have them, and by name. */
function foreignComponents(
  root: Document,
  references: ResolvedRefMap,
): ReadonlyMap<string, ReadonlyMap<string, ComponentPlace>> {
  const sections = new Map<string, Map<string, ComponentPlace>>();
  for (const target of references.values()) {
    if (!target.resolved || target.document === root) continue;
    const keys = pointerSegments(target.nodePointer);
    const name = keys.at(-1);
    if (name === undefined) continue;
    const section =
      isObject(target.node) && "content" in target.node
        ? "responses"
        : "schemas";
    const known = sections.get(section) ?? new Map<string, ComponentPlace>();
    sections.set(section, known);
    known.set(name, { document: target.document, keys });
  }
  return sections;
}
