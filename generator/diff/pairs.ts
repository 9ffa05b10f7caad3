import type {
  ApiModel,
  Documentation,
  ErrorEntry,
  OperationModel,
  Origin,
  WebhookModel,
} from "../model/api-model.js";
import type { Direction } from "./change.js";
import type { PropertyView, SchemaNode, SchemaView } from "./schema-view.js";

/** The old and the new description. */
export interface ApiPair {
  readonly before: ApiModel;
  readonly after: ApiModel;
}

/** The same thing in both descriptions; one side is missing when it was added or removed. */
export interface MaybePair<Element> {
  readonly before: Element | undefined;
  readonly after: Element | undefined;
}

export type OperationPair = MaybePair<OperationModel>;

export type WebhookPair = MaybePair<WebhookModel>;

/** What an element says to people. */
export interface Documented {
  readonly documentation: Documentation;
  readonly origin: Origin;
  /** Of an error: what single operations say about it. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Of an error: the operations that document it themselves. */
  readonly operations?: readonly string[];
}

export type DocumentedPair = MaybePair<Documented>;

/** A documented error, and who documents it. */
export interface ErrorSide {
  readonly entry: ErrorEntry;
  /** The operations that can answer with it, sorted by name. */
  readonly operations: readonly OperationModel[];
}

export interface ErrorPair extends MaybePair<ErrorSide> {
  readonly api: ApiPair;
}

/** A schema at the same place in both descriptions. */
export interface SchemaPair {
  readonly before: SchemaSide;
  readonly after: SchemaSide;
  readonly direction: Direction;
}

interface SchemaSide {
  readonly node: SchemaNode;
  readonly view: SchemaView;
}

/** A property that one or both sides have. */
export interface PropertyPair extends MaybePair<PropertyView> {
  readonly name: string;
  readonly owner: { readonly before: SchemaNode; readonly after: SchemaNode };
  readonly direction: Direction;
}

/** Alternatives of a `oneOf` or `anyOf` that only one side has, below a pair of schemas. */
export interface AlternativePair extends MaybePair<SchemaNode> {
  readonly owner: { readonly before: SchemaNode; readonly after: SchemaNode };
  readonly direction: Direction;
}

/** The two sides of things with a name of their own, matched by name. */
export function pairByName<Element extends { readonly name: string }>(
  before: readonly Element[],
  after: readonly Element[],
): readonly MaybePair<Element>[] {
  const old = new Map(before.map((each) => [each.name, each]));
  const current = new Map(after.map((each) => [each.name, each]));
  return pairMaps(old, current).map(([, pair]) => pair);
}

/** The entries of two maps by key, sorted. */
export function pairMaps<Element>(
  before: ReadonlyMap<string, Element>,
  after: ReadonlyMap<string, Element>,
): readonly (readonly [string, MaybePair<Element>])[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((key) => [key, { before: before.get(key), after: after.get(key) }]);
}
