import {
  at,
  follow,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { ErrorIdentity } from "./listed-error.js";
import { jsonContent } from "./media-type.js";
import { propertyOf } from "./property.js";

/** One alternative of an error response's schema. */
export interface Variant {
  readonly node: SpecNode;
  /** What the place that refers to it says about it there. */
  readonly meaning: string | undefined;
  /** The shared union that it was reached through, if it was. */
  readonly union: SpecNode | undefined;
  /** The value of the nearest `x-kompliant-stand-in` above it, if there is one. */
  readonly standIn: SpecNode | undefined;
}

/** Marks errors, or a reference to them, that stand in for rows that could not be read. */
export const standInKeyword = "x-kompliant-stand-in";

/** The alternatives below `errors` of an error response; none when its body is not described. */
export function errorVariants(
  document: SpecDocument,
  response: SpecNode,
): readonly Variant[] {
  const content = jsonContent(follow(document, response));
  if (!content) return [];
  const body = follow(document, at(content, "schema"));
  return listVariants(document, propertyOf(document, body, "errors"));
}

/** The alternatives of the items of a list of errors. */
export function listVariants(
  document: SpecDocument,
  list: SpecNode | undefined,
): readonly Variant[] {
  if (!list) return [];
  const inherited = {
    meaning: undefined,
    union: undefined,
    standIn: undefined,
  };
  return alternatives(document, at(list, "items"), inherited, new Map());
}

/** What the alternatives below a place have in common. */
type Inherited = Omit<Variant, "node">;

function alternatives(
  document: SpecDocument,
  node: SpecNode,
  inherited: Inherited,
  seen: Map<unknown, Set<unknown>>,
): readonly Variant[] {
  const target = follow(document, node);
  const isReference = target !== node;
  const said = isReference ? textAt(node, "description") : undefined;
  const meaning = said ?? inherited.meaning;
  const nested = ["oneOf", "anyOf"].flatMap((keyword) =>
    itemsOf(at(target, keyword)),
  );
  const standIn =
    [node, target]
      .map((each) => at(each, standInKeyword))
      .find(({ value }) => value !== undefined) ?? inherited.standIn;
  const itself = { node: target, meaning, union: inherited.union, standIn };
  if (nested.length === 0) return [itself];
  const union = inherited.union ?? (isReference ? target : undefined);
  // Unions that share alternatives are looked through once, and those that hold themselves end.
  const known = seen.get(union?.value) ?? new Set();
  seen.set(union?.value, known);
  if (known.has(target.value)) return [];
  known.add(target.value);
  const found = nested.flatMap((each) =>
    alternatives(document, each, { meaning, union, standIn }, seen),
  );
  const isNamed = ({ node }: Variant): boolean =>
    identitiesOf(document, node).length > 0;
  // Alternatives may also be of the fields of one error.
  return isNamed(itself) && !found.some(isNamed) ? [itself] : found;
}

/**
 * The errors that a variant stands for: several when its code, entity type or sub-code
 * is an enum, none when its code is open.
 */
export function identitiesOf(
  document: SpecDocument,
  node: SpecNode,
): readonly ErrorIdentity[] {
  const subCodes = constantsAt(document, node, "sub_code");
  const kinds = constantsAt(document, node, "entity_type").flatMap(
    (entityType) => subCodes.map((subCode) => ({ entityType, subCode })),
  );
  const plain = { entityType: undefined, subCode: undefined };
  return constantsAt(document, node, "code").flatMap((code) =>
    (kinds.length > 0 ? kinds : [plain]).map((kind) => ({ code, ...kind })),
  );
}

function constantsAt(
  document: SpecDocument,
  node: SpecNode,
  name: string,
): readonly string[] {
  const property = propertyOf(document, node, name);
  const schema = property && follow(document, property).value;
  if (!isObject(schema)) return [];
  const { const: constant, enum: list } = schema;
  const values: readonly unknown[] = Array.isArray(list) ? list : [constant];
  return values.filter((value) => typeof value === "string");
}
