import path from "node:path";
import { isAbsoluteUrl } from "@redocly/openapi-core";
import type { Document, ResolvedRefMap } from "@redocly/openapi-core";
import { exec } from "jsonpath-rfc9535";
import type { JsonValue } from "jsonpath-rfc9535";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { OverlayAction, OverlayDocument } from "./overlay-document.js";
import { traceOf } from "./overlay-trace.js";
import type { TextPlace } from "./overlay-trace.js";
import { openOverlayView } from "./overlay-view.js";
import type { OverlayView, ViewNode } from "./overlay-view.js";
import { at, diagnosticAt, isObject } from "./spec-document.js";
import type { SpecNode } from "./spec-document.js";

/** A description whose documents overlays may change. */
export interface OverlaidDescription {
  /** Its own documents, at least one. */
  readonly roots: readonly [Document, ...Document[]];
  /** Every document, by absolute path or URL; each `parsed` is replaced, never changed in place. */
  readonly files: ReadonlyMap<string, Document>;
  readonly references: ResolvedRefMap;
}

/**
 * Applies overlays to a description, in their order and the order of their actions
 * (OpenAPI Overlay specification 1.0 and 1.1).
 *
 * @throws {DiagnosticError} when an action matches nothing or does not fit what it matches
 */
export function applyOverlays(
  description: OverlaidDescription,
  overlays: readonly OverlayDocument[],
): void {
  const { roots, files, references } = description;
  const [root] = roots;
  const view = openOverlayView(roots, files, references);
  const problems = overlays.flatMap((overlay) =>
    overlay.actions.flatMap((action) => {
      try {
        applyAction(view, root, overlay, action);
        return [];
      } catch (error) {
        if (error instanceof DiagnosticError) return error.diagnostics;
        throw error;
      }
    }),
  );
  if (problems.length > 0) throw new DiagnosticError(problems);
}

function applyAction(
  view: OverlayView,
  root: Document,
  overlay: OverlayDocument,
  action: OverlayAction,
): void {
  const { change, node } = action;
  const targets = query(view, at(node, "target"), action.target);
  requireSuitable(view, targets, overlay, action);
  switch (change.kind) {
    case "remove":
      for (const target of [...targets].sort(lastFirst))
        remove(view, target, action);
      return;
    case "update": {
      const place = at(node, "update");
      for (const target of targets) {
        merge({ view, action, place, from: root }, target, change.value);
      }
      return;
    }
    case "copy": {
      const place = at(node, "copy");
      const copied = requireOne(view, place, change.from);
      for (const target of targets) {
        merge(
          { view, action, place, from: copied.document },
          target,
          copied.value,
        );
      }
    }
  }
}

type Keys = readonly string[];

/** The places that a JSONPath selects, at least one. */
function query(
  view: OverlayView,
  node: SpecNode,
  jsonPath: string,
): readonly Keys[] {
  const found: Keys[] = [];
  try {
    exec(view.value() as JsonValue, jsonPath, (_, keys) => {
      found.push(keys.map(String));
    });
  } catch (error) {
    const { message } = error as Error;
    throw problem(
      node,
      "overlay-invalid",
      `${JSON.stringify(jsonPath)} is no JSONPath: ${message}`,
    );
  }
  if (found.length === 0) {
    throw problem(
      node,
      "overlay-unmatched",
      `${JSON.stringify(jsonPath)} matches nothing`,
    );
  }
  return found;
}

function requireOne(
  view: OverlayView,
  node: SpecNode,
  jsonPath: string,
): ViewNode {
  const [first, ...more] = query(view, node, jsonPath);
  const copied = first && view.find(first);
  if (!copied || more.length > 0) {
    throw problem(
      node,
      "overlay-conflict",
      `${JSON.stringify(jsonPath)} matches ${more.length + 1} places; copy takes one`,
    );
  }
  return copied;
}

function requireSuitable(
  view: OverlayView,
  targets: readonly Keys[],
  { allowsPrimitives }: OverlayDocument,
  { node, target, change }: OverlayAction,
): void {
  const kinds = new Set(targets.map((keys) => kindOf(view.find(keys)?.value)));
  const subject = JSON.stringify(target);
  if (kinds.has("value") && !allowsPrimitives) {
    throw problem(
      at(node, "target"),
      "overlay-conflict",
      `${subject} matches a single value, which needs Overlay version 1.1.0`,
    );
  }
  if (change.kind !== "remove" && kinds.size > 1) {
    throw problem(
      at(node, "target"),
      "overlay-conflict",
      `${subject} matches both ${[...kinds].sort().join(" and ")}`,
    );
  }
}

function kindOf(value: unknown): "list" | "map" | "value" {
  if (Array.isArray(value)) return "list";
  return isObject(value) ? "map" : "value";
}

/** Deeper places and later elements of a list first, so that the places of the rest stay right. */
function lastFirst(left: Keys, right: Keys): number {
  if (left.length !== right.length) return right.length - left.length;
  for (const [index, key] of left.entries()) {
    const other = right[index] ?? "";
    if (key === other) continue;
    const order = Number(other) - Number(key);
    return Number.isNaN(order) ? (key < other ? 1 : -1) : order;
  }
  return 0;
}

function remove(view: OverlayView, keys: Keys, action: OverlayAction): void {
  const key = keys.at(-1);
  const parent = view.find(keys.slice(0, -1));
  if (key === undefined || !parent) {
    throw problem(
      at(action.node, "target"),
      "overlay-conflict",
      "the whole description cannot be removed",
    );
  }
  const own = holds(parent.value, key)
    ? { document: parent.document, keys: [...parent.keys, key] }
    : view.find(keys);
  if (!own) return;
  const list = valueAt(own.document.parsed, own.keys.slice(0, -1));
  traceOf(own.document.source).remove(
    own.keys,
    Array.isArray(list) ? list.length : undefined,
  );
  own.document.parsed = changed(own.document.parsed, own.keys, undefined);
}

function holds(value: unknown, key: string): boolean {
  return (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key);
}

/** What a merge works with. */
interface Merge {
  readonly view: OverlayView;
  readonly action: OverlayAction;
  /** Where the merged value stands in the overlay. */
  readonly place: SpecNode;
  /** The document that references in the merged value are relative to. */
  readonly from: Document;
}

/** Merges a value into a place of the view, as section "Action Object" of the specification says. */
function merge(context: Merge, keys: Keys, value: unknown): void {
  const { view } = context;
  const target = view.find(keys);
  if (!target) return;
  if (isObject(target.value) && isObject(value)) {
    for (const key of Object.keys(value)) {
      mergeMember(
        { ...context, place: placeBelow(context, key) },
        keys,
        key,
        value[key],
      );
    }
  } else if (Array.isArray(target.value)) {
    const isList = Array.isArray(value);
    const items: readonly unknown[] = isList ? value : [value];
    for (const [index, item] of items.entries()) {
      const place = isList ? placeBelow(context, String(index)) : context.place;
      append({ ...context, place }, keys, item);
    }
  } else if (kindOf(target.value) === "value" && kindOf(value) === "value") {
    write(context, target, value);
  } else {
    throw problem(
      context.place,
      "overlay-conflict",
      `a ${kindOf(value)} cannot be merged into the ${kindOf(target.value)} at ${describe(keys)}`,
    );
  }
}

function mergeMember(
  context: Merge,
  parent: Keys,
  key: string,
  value: unknown,
): void {
  const { view } = context;
  if (view.find([...parent, key])) {
    merge(context, [...parent, key], value);
    return;
  }
  const holder = view.find(parent);
  if (!holder) return;
  write(context, { ...holder, keys: [...holder.keys, key] }, value);
}

/** The place of a member of an updated value; of a copied one, only the place of the `copy` is known. */
function placeBelow({ action, place }: Merge, key: string): SpecNode {
  return action.change.kind === "copy" ? place : at(place, key);
}

function append(context: Merge, keys: Keys, item: unknown): void {
  const target = context.view.find(keys);
  if (!target || !Array.isArray(target.value)) return;
  const { document, value } = target;
  traceOf(document.source).append(
    target.keys,
    value.length,
    textPlace(context),
  );
  document.parsed = changed(document.parsed, target.keys, [
    ...(value as unknown[]),
    moveReferences(item, context.from, document),
  ]);
}

function write(
  context: Merge,
  { document, keys }: Pick<ViewNode, "document" | "keys">,
  value: unknown,
): void {
  traceOf(document.source).introduce(keys, textPlace(context));
  document.parsed = changed(
    document.parsed,
    keys,
    moveReferences(value, context.from, document),
  );
}

function textPlace({ place }: Merge): TextPlace {
  return { source: place.source, pointer: place.pointer };
}

function valueAt(value: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>(
    (current, key) =>
      holds(current, key)
        ? (current as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

/** A copy of a value in which another stands at a place; nothing when that is undefined. */
function changed(value: unknown, keys: Keys, replacement: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return replacement;
  const child = changed(valueAt(value, [key]), rest, replacement);
  if (Array.isArray(value)) {
    return child === undefined
      ? value.toSpliced(Number(key), 1)
      : value.with(Number(key), child);
  }
  const entries = Object.entries(isObject(value) ? value : {});
  const isKnown = entries.some(([name]) => name === key);
  const all = isKnown ? entries : [...entries, [key, child] as const];
  return Object.fromEntries(
    all
      .map(([name, member]) => [name, name === key ? child : member] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** A copy of a value whose references mean the same in another document. */
function moveReferences(value: unknown, from: Document, to: Document): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => moveReferences(item, from, to));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string"
        ? moveReference(member, from, to)
        : moveReferences(member, from, to),
    ]),
  );
}

function moveReference(
  reference: string,
  from: Document,
  to: Document,
): string {
  if (from === to || isAbsoluteUrl(reference)) return reference;
  const [file = "", pointer] = reference.split("#");
  const base = from.source.absoluteRef;
  const holder = to.source.absoluteRef;
  const target = file === "" ? base : path.resolve(path.dirname(base), file);
  const relative =
    target === holder
      ? ""
      : path.relative(path.dirname(holder), target).split(path.sep).join("/");
  return pointer === undefined ? relative : `${relative}#${pointer}`;
}

function describe(keys: Keys): string {
  return `$${keys.map((key) => `[${JSON.stringify(key)}]`).join("")}`;
}

function problem(
  node: Pick<SpecNode, "source" | "pointer">,
  code: DiagnosticCode,
  message: string,
): DiagnosticError {
  const found: Diagnostic = diagnosticAt(node, code, message);
  return new DiagnosticError([found]);
}
