import type { ApiModel, OperationModel, Origin } from "../model/api-model.js";
import { quote, quoteAll } from "./quote.js";
import { referenceOf, viewOf } from "./schema-view.js";
import type { SchemaNode } from "./schema-view.js";
import { describeTypes } from "./type-set.js";

/** A place in a type, as in `queued_operations[]` of `PropayExecuteData`. */
export function placeOf({ owner, path }: SchemaNode): string {
  return path === "" ? quote(owner) : `${quote(path)} of ${quote(owner)}`;
}

/** A place within the type that a message is about, to begin the message with. */
export function prefixOf({ path }: SchemaNode): string {
  return path === "" ? "" : `${quote(path)}: `;
}

/** At most this many names stand in a sentence. */
const listed = 4;

/** The error types of operations, by name. */
export function errorTypesOf(operations: readonly OperationModel[]): string {
  const names = operations.map(({ identifiers }) => identifiers.error);
  const more = names.length - listed;
  return more > 0
    ? `${quoteAll(names.slice(0, listed))} and ${more} more`
    : quoteAll(names);
}

/** A schema by its name or, failing that, by its types. */
export function describeNode(node: SchemaNode): string {
  const name = referenceOf(node);
  if (name !== undefined) return quote(name);
  return describeTypes(viewOf(new Map(), node).types);
}

/** Where the first of some operations stands in a description. */
export function originIn(
  model: ApiModel,
  operations: readonly OperationModel[],
): Origin | undefined {
  const [first] = operations;
  return model.operations.find(({ name }) => name === first?.name)?.origin;
}
