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

/** The schemas of an error response's JSON, when it has no list of errors: its whole body is then the error. */
export function otherErrorBodies(
  document: SpecDocument,
  response: SpecNode,
): readonly SpecNode[] {
  const content = jsonContent(response);
  if (!content || errorVariants(document, response).length > 0) return [];
  const schema = at(content, "schema");
  return isObject(schema.value) ? [schema] : [];
}

/** Whether a status is that of an error; `default` stands for those that are not listed. */
export function isErrorStatus(status: string): boolean {
  return !/^[23]/.test(status);
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
  const isNamed = ({ node }: Variant): boolean => namesError(document, node);
  // Alternatives may also be of the fields of one error.
  return isNamed(itself) && !found.some(isNamed) ? [itself] : found;
}

/** Whether a schema names the codes of the errors that it describes. */
export function namesError(document: SpecDocument, node: SpecNode): boolean {
  return constantsAt(document, node, "code").length > 0;
}

/** The names of the errors that one schema describes: every combination of them is an error. */
export interface ErrorNames {
  readonly codes: readonly string[];
  readonly entityTypes: readonly string[];
  readonly subCodes: readonly string[];
}

/** The names in a variant: several of a kind when a field is an enum, no codes when its code is open. */
export function errorNames(document: SpecDocument, node: SpecNode): ErrorNames {
  return {
    codes: constantsAt(document, node, "code"),
    entityTypes: constantsAt(document, node, "entity_type"),
    subCodes: constantsAt(document, node, "sub_code"),
  };
}

/** How many errors a schema describes. */
export function combinationsOf(names: ErrorNames): number {
  const { codes, entityTypes, subCodes } = names;
  return codes.length * Math.max(1, entityTypes.length * subCodes.length);
}

/** The errors that a schema describes, one for each combination of its names. */
export function identitiesOf(names: ErrorNames): readonly ErrorIdentity[] {
  const kinds = names.entityTypes.flatMap((entityType) =>
    names.subCodes.map((subCode) => ({ entityType, subCode })),
  );
  const plain = { entityType: undefined, subCode: undefined };
  return names.codes.flatMap((code) =>
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
