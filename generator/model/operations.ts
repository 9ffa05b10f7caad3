import type { Problems } from "../diagnostics/problems.js";
import {
  at,
  entriesOf,
  follow,
  isObject,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type {
  OperationIdentifiers,
  OperationModel,
  OutputModel,
} from "./api-model.js";
import { documentationOf } from "./documentation.js";
import type { ErrorCollector, OperationErrors } from "./error-collector.js";
import { extensionErrors } from "./error-extension.js";
import type { ErrorTables } from "./listed-error.js";
import { typeName, valueName } from "./identifier.js";
import { operationBase } from "./name-ledger.js";
import type { NameClaim, NameLedger } from "./name-ledger.js";
import { httpMethods, isSafe } from "./http-method.js";
import { operationInput } from "./operation-input.js";
import { operationOutput } from "./operation-output.js";
import {
  placeOperations,
  unnamedOperation,
  wantedPaths,
} from "./operation-path.js";
import { originOf } from "./origin.js";
import type { SchemaCollector } from "./schema-collector.js";

/** An operation before anything has a name. */
export interface OperationDraft {
  readonly model: Omit<
    OperationModel,
    "path" | "identifiers" | "errors" | "errorGroups" | "unreadCodes"
  >;
  readonly tag: string | undefined;
  readonly errors: OperationErrors;
}

/** Every operation of a description, sorted by name; those with errors only add to the problems. */
export function draftOperations(
  document: SpecDocument,
  schemas: SchemaCollector,
  errors: ErrorCollector,
  errorTables: ErrorTables,
  problems: Problems,
): readonly OperationDraft[] {
  const nodes = operationNodes(document).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const draft = (found: OperationNode): OperationDraft => {
    const { name, tag, node, item, method, urlPath } = found;
    const output = operationOutput(document, schemas, node, method);
    return {
      model: {
        name,
        documentation: documentationOf(node),
        origin: originOf(document, node),
        method: method.toUpperCase(),
        urlPath,
        effect: effectOf(node, method),
        input: operationInput(document, schemas, {
          node,
          item,
          method,
          urlPath,
        }),
        output: output.model,
      },
      tag,
      errors: errors.collect(name, at(node, "responses"), output.itemErrors, [
        ...(problems.attempt(() => extensionErrors(node)) ?? []),
        ...(errorTables.byOperation.get(name) ?? []),
      ]),
    };
  };
  return nodes.flatMap((found) => problems.attempt(() => draft(found)) ?? []);
}

/** An operation of a description. */
export interface OperationNode {
  readonly name: string;
  readonly tag: string | undefined;
  readonly node: SpecNode;
  /** The path item that it is part of. */
  readonly item: SpecNode;
  readonly method: string;
  readonly urlPath: string;
}

/** Every operation of a description, in its order; one that several documents have, once. */
export function operationNodes(document: SpecDocument): OperationNode[] {
  const found = document.roots
    .flatMap((root) => entriesOf(at(root, "paths")))
    .flatMap(([urlPath, reference]) => {
      const item = follow(document, reference);
      return httpMethods
        .map((method) => ({ method, node: at(item, method) }))
        .filter(({ node }) => isObject(node.value))
        .map(({ method, node }) => ({
          name:
            textAt(node, "operationId") ?? unnamedOperation(method, urlPath),
          tag: textAt(at(node, "tags"), "0"),
          node,
          item,
          method,
          urlPath,
        }));
    });
  const first = new Map<string, OperationNode>();
  for (const each of found) {
    const key = `${each.method} ${each.urlPath}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

/** What the description says, otherwise what HTTP says of the method. */
function effectOf(node: SpecNode, method: string): "read" | "write" {
  const stated = textAt(node, "x-kompliant-effect");
  if (stated === "read" || stated === "write") return stated;
  return isSafe(method) ? "read" : "write";
}

/**
 * What the namespaces at the top and the operations of a description want to be called.
 *
 * A namespace that is called like a type begins with a lower-case letter.
 *
 * @param previous - the ledger of the last run
 * @param types - what the schemas of the description want to be called
 */
export function operationClaims(
  drafts: readonly OperationDraft[],
  previous: NameLedger,
  types: ReadonlySet<string>,
): readonly NameClaim[] {
  const paths = wantedPaths(
    drafts.map(({ model: { name }, tag }) => ({ name, tag })),
    [...placesByFunction(previous).values()],
  );
  const tops = new Set(paths.map(([top = ""]) => top));
  return [
    ...[...tops].sort().map((name) => ({
      key: namespaceKey(name),
      kind: "plain" as const,
      wanted: types.has(name) ? valueName(name) : name,
    })),
    ...drafts.flatMap((draft) => {
      const key = operationKey(draft);
      const base = typeName(draft.model.name);
      return [
        { key, kind: "operation" as const, wanted: valueName(base) },
        ...(hasItems(draft.model.output.place)
          ? [
              {
                key: itemKey(key),
                kind: "item" as const,
                wanted: `${base}Item`,
              },
            ]
          : []),
      ];
    }),
  ];
}

/** Whether an item of the output has a type of its own. */
function hasItems(place: OutputModel["place"]): boolean {
  return !["data", "body", "bytes"].includes(place);
}

/** Where an operation stands in a description, whatever file that is in. */
function operationKey({ model: { urlPath, method } }: OperationDraft): string {
  return `#/paths/${urlPath.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll(" ", "%20")}/${method.toLowerCase()}`;
}

function namespaceKey(name: string): string {
  return `namespace ${name}`;
}

function itemKey(operation: string): string {
  return `${operation}/responses`;
}

function placeKey(operation: string): string {
  return `${operation}/operationId`;
}

/** An operation with its names and its place in the namespaces. */
interface FinishedOperation {
  readonly draft: OperationDraft;
  readonly path: readonly string[];
  readonly identifiers: OperationIdentifiers;
}

/** The operations of a description with their names, and what the ledger keeps of these. */
interface FinishedOperations {
  readonly operations: readonly FinishedOperation[];
  /** Places in the namespaces, by key. */
  readonly places: NameLedger;
}

/**
 * The exported identifiers of operations and their places in the namespaces.
 *
 * @param names - identifiers by the keys of the claims
 * @param previous - the ledger of the last run
 */
export function nameOperations(
  drafts: readonly OperationDraft[],
  names: ReadonlyMap<string, string>,
  previous: NameLedger,
): FinishedOperations {
  const nameOf = (key: string): string => names.get(key) ?? "";
  const functions = drafts.map((draft) => nameOf(operationKey(draft)));
  const formerPlaces = placesByFunction(previous);
  const placed = placeOperations(
    drafts.map(({ model, tag }, index) => ({
      name: model.name,
      tag,
      former: formerPlaces.get(functions[index] ?? ""),
    })),
    [...formerPlaces.values()],
  );
  return {
    operations: drafts.map((draft, index) => {
      const [top = "", ...rest] = placed[index] ?? [];
      const item = names.get(itemKey(operationKey(draft)));
      return {
        draft,
        path: [nameOf(namespaceKey(top)), ...rest],
        identifiers: identifiersOf(
          functions[index] ?? "",
          item,
          draft.model.output.place,
        ),
      };
    }),
    places: Object.fromEntries(
      drafts.map((draft, index) => [
        placeKey(operationKey(draft)),
        (placed[index] ?? []).join("."),
      ]),
    ),
  };
}

/** Where the operations of a ledger stand in the namespaces, by their functions: no other operation gets the same function. */
function placesByFunction(ledger: NameLedger): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(ledger).flatMap(([key, name]) => {
      const place = ledger[placeKey(key)];
      return place === undefined ? [] : [[name, place] as const];
    }),
  );
}

function identifiersOf(
  functionName: string,
  item: string | undefined,
  place: OutputModel["place"],
): OperationIdentifiers {
  const base = operationBase(functionName);
  return {
    function: functionName,
    input: `${base}Input`,
    data: `${base}Data`,
    error: `${base}Error`,
    errorCode: `${base}ErrorCode`,
    item,
    itemError: item && place === "results" ? `${item}Error` : undefined,
  };
}
