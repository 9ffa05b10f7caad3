import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Problems } from "../diagnostics/problems.js";
import { diagnosticAt, entriesOf, follow } from "../load/spec-document.js";
import { pointerSegments } from "../load/pointer.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type {
  Documentation,
  ErrorProvenance,
  Origin,
  Schema,
} from "./api-model.js";
import { documentationOf } from "./documentation.js";
import {
  combinationsOf,
  errorNames,
  errorVariants,
  identitiesOf,
  isErrorStatus,
  listVariants,
  otherErrorBodies,
  standInKeyword,
} from "./error-variants.js";
import type { Variant } from "./error-variants.js";
import { listedErrorSchema } from "./listed-error.js";
import type { ErrorIdentity, ListedError } from "./listed-error.js";
import { originOf } from "./origin.js";
import type { SchemaCollector } from "./schema-collector.js";

/** Gathers the documented errors of all operations into one catalogue. */
export interface ErrorCollector {
  /**
   * Takes in the errors of an operation.
   *
   * @param responses - its responses, by status
   * @param itemErrors - for a batch, the schema of the list of an item's errors
   * @param listed - errors that it documents outside its schemas
   */
  collect(
    operation: string,
    responses: SpecNode,
    itemErrors: SpecNode | undefined,
    listed: readonly ListedError[],
  ): OperationErrors;
  /** Everything that was found; call it once, after the last `collect`. */
  finish(): ErrorDrafts;
}

/** What an operation documents: keys of entries, and places of shared responses and unions. */
export interface OperationErrors {
  readonly entries: readonly string[];
  readonly groups: readonly string[];
  /** As in the model's operation. */
  readonly unreadCodes: readonly string[];
}

/** The errors of a description before anything has a name. */
export interface ErrorDrafts {
  /** Sorted by key. */
  readonly entries: readonly EntryDraft[];
  /** Sorted by place. */
  readonly groups: readonly GroupDraft[];
}

export interface EntryDraft {
  readonly key: string;
  readonly code: string;
  readonly entityType: string | undefined;
  readonly subCode: string | undefined;
  readonly documentation: Documentation;
  readonly origin: Origin;
  readonly node: SpecNode;
  readonly schema: Schema;
  readonly statuses: Set<string>;
  readonly operations: Set<string>;
  readonly meanings: Map<string, string>;
  readonly provenance: ErrorProvenance;
}

/** A listed error, and where it belongs. */
interface ListedDraft {
  readonly operation: string;
  readonly error: ListedError;
  /** What the operation's schemas say of every error, if they do. */
  readonly common: Schema | undefined;
}

/** A place that several operations refer to for their errors. */
interface GroupPlace {
  readonly node: SpecNode;
  readonly name: string;
}

export interface GroupDraft extends GroupPlace {
  /** What operations refer to it by. */
  readonly place: string;
  readonly entries: Set<string>;
}

/** Most errors that a description may document; each becomes a type. */
const maxErrors = 25_000;

/** Most of them that enums combine to or that tables and extensions list: those take little text each. */
const maxShortErrors = 10_000;

/** Most errors that its operations may document together, one that several of them share counted for each. */
const maxErrorsOfOperations = 200_000;

/**
 * @param document - the description that the collected nodes are part of
 * @param schemas - takes the schemas of the errors' own fields
 * @param problems - takes what contradicts itself
 */
export function openErrorCollector(
  document: SpecDocument,
  schemas: SchemaCollector,
  problems: Problems,
): ErrorCollector {
  const entries = new Map<string, EntryDraft>();
  const groups = new Map<string, GroupDraft>();
  const listedDrafts: ListedDraft[] = [];
  const contradicting = new Set<unknown>();
  const wronglyMarked = new Set<string>();
  const shortErrors = new Set<string>();
  let errorsOfOperations = 0;
  let isFull = false;

  /** Whether there is room for more errors; the first ones that have none are reported. */
  const hasRoomFor = (count: number, node: SpecNode): boolean => {
    if (isFull) return false;
    errorsOfOperations += count;
    isFull =
      count > maxShortErrors ||
      shortErrors.size > maxShortErrors ||
      entries.size > maxErrors ||
      errorsOfOperations > maxErrorsOfOperations;
    if (isFull) problems.add(tooManyErrors(node, count));
    return !isFull;
  };

  const addEntries = (
    variant: Variant,
    status: string | undefined,
  ): readonly string[] => {
    const names = errorNames(document, variant.node);
    const combinations = combinationsOf(names);
    if (!hasRoomFor(combinations, variant.node)) return [];
    return identitiesOf(names).map((identity) => {
      const key = entryKey(identity);
      if (combinations > 1) shortErrors.add(key);
      const known = entries.get(key);
      if (known) compareErrors(known, variant.node);
      const draft = known ?? draftEntry(variant.node, key, identity);
      entries.set(key, draft);
      if (status !== undefined) draft.statuses.add(status);
      return key;
    });
  };

  const addToGroup = (
    { node, name }: GroupPlace,
    keys: readonly string[],
  ): string => {
    const place = `${node.source.absoluteRef}${node.pointer}`;
    const known = groups.get(place);
    const group = known ?? { node, name, place, entries: new Set() };
    groups.set(place, group);
    for (const key of keys) group.entries.add(key);
    return place;
  };

  const addToOperation = (
    operation: string,
    keys: readonly string[],
    meaning: string | undefined,
  ): void => {
    for (const key of keys) {
      const draft = entries.get(key);
      draft?.operations.add(operation);
      if (meaning !== undefined) draft?.meanings.set(operation, meaning);
    }
  };

  const draftEntry = (
    node: SpecNode,
    key: string,
    identity: ErrorIdentity,
  ): EntryDraft => ({
    key,
    ...identity,
    documentation: documentationOf(node),
    origin: originOf(document, node),
    node,
    schema: schemas.collect(node),
    statuses: new Set(),
    operations: new Set(),
    meanings: new Map(),
    provenance: "schema",
  });

  /** Takes in an error without a schema of its own, unless a schema describes it. */
  const addListed = ({ operation, error, common }: ListedDraft): void => {
    if (!hasRoomFor(1, error.node)) return;
    const key = entryKey(error);
    shortErrors.add(key);
    const draft = entries.get(key) ?? {
      key,
      code: error.code,
      entityType: error.entityType,
      subCode: error.subCode,
      documentation: {
        summary: undefined,
        description: error.meaning,
        url: error.url,
        deprecated: false,
      },
      origin: originOf(document, error.node),
      node: error.node,
      schema: listedErrorSchema(error, common),
      statuses: new Set(),
      operations: new Set(),
      meanings: new Map(),
      provenance: error.provenance,
    };
    entries.set(key, draft);
    if (error.status !== undefined) draft.statuses.add(error.status);
    const { meaning } = error;
    const isSpecial = meaning !== draft.documentation.description;
    addToOperation(operation, [key], isSpecial ? meaning : undefined);
  };

  /** Two descriptions of one error have to say the same. */
  const compareErrors = (known: EntryDraft, node: SpecNode): void => {
    if (known.node.value === node.value || contradicting.has(node.value))
      return;
    if (isDeepStrictEqual(known.node.value, node.value)) return;
    contradicting.add(node.value);
    problems.add(
      diagnosticAt(
        node,
        "spec-errors",
        `${known.key} is described differently in ${known.origin.file}${known.origin.pointer}; refer to one description of it with $ref`,
      ),
    );
  };

  const isStandIn = ({ standIn }: Variant): boolean => {
    if (standIn === undefined) return false;
    const place = `${standIn.source.absoluteRef}${standIn.pointer}`;
    if (typeof standIn.value !== "boolean" && !wronglyMarked.has(place)) {
      wronglyMarked.add(place);
      problems.add(
        diagnosticAt(
          standIn,
          "spec-errors",
          `${standInKeyword} must be true or false`,
        ),
      );
    }
    return standIn.value === true;
  };

  return {
    collect: (operation, responses, itemErrors, listed) => {
      const own = new Set<string>();
      const fromSchemas = new Set<string>();
      let common: SpecNode | undefined;
      const shared = new Set<string>();
      const unreadCodes = new Set<string>();
      const add = (
        variant: Variant,
        status: string | undefined,
        group: GroupPlace | undefined,
      ): void => {
        const keys = addEntries(variant, status);
        if (keys.length === 0) common ??= variant.node;
        if (keys.length === 0) return;
        const standsIn = isStandIn(variant);
        if (standsIn) {
          for (const code of errorNames(document, variant.node).codes)
            unreadCodes.add(code);
        } else {
          for (const key of keys) fromSchemas.add(key);
        }
        if (group) {
          shared.add(addToGroup(group, keys));
          return;
        }
        for (const key of keys) own.add(key);
        if (!standsIn) addToOperation(operation, keys, variant.meaning);
      };
      for (const [status, reference] of entriesOf(responses)) {
        if (!isErrorStatus(status)) continue;
        const response = follow(document, reference);
        // Named schemas in it get their types, for callers who look into `wire`.
        otherErrorBodies(document, response).forEach((body) =>
          schemas.collect(body),
        );
        const sharedResponse =
          response === reference ? undefined : responseGroup(response);
        for (const variant of errorVariants(document, response)) {
          add(variant, status, sharedResponse ?? unionGroup(variant));
        }
      }
      for (const variant of listVariants(document, itemErrors)) {
        add(variant, undefined, unionGroup(variant));
      }
      for (const error of listed) {
        if (fromSchemas.has(entryKey(error))) continue;
        own.add(entryKey(error));
        listedDrafts.push({
          operation,
          error,
          common: common && schemas.collect(common),
        });
      }
      return {
        entries: [...own].sort(),
        groups: [...shared].sort(),
        unreadCodes: [...unreadCodes].sort(),
      };
    },
    finish: () => {
      for (const draft of [...listedDrafts].sort(byPrecedence))
        addListed(draft);
      return {
        entries: [...entries.values()].sort((left, right) =>
          left.key < right.key ? -1 : 1,
        ),
        groups: [...groups.values()].sort((left, right) =>
          left.place < right.place ? -1 : 1,
        ),
      };
    },
  };
}

function tooManyErrors(node: SpecNode, count: number): Diagnostic {
  const message =
    count > maxShortErrors
      ? `the enums of this schema combine to ${count} errors; the limit is ${maxShortErrors}`
      : `too many errors: the limits are ${maxErrors} in a description, ${maxShortErrors} of which from enums and tables, and ${maxErrorsOfOperations} counted for each operation`;
  return diagnosticAt(node, "spec-too-big", message, {
    help: "Describe each documented combination as an alternative of its own, or leave the enums out.",
  });
}

/** An extension prevails over a table, and otherwise the order of the operations' names counts. */
function byPrecedence(left: ListedDraft, right: ListedDraft): number {
  const rank = ({ error }: ListedDraft): number =>
    error.provenance === "extension" ? 0 : 1;
  return (
    rank(left) - rank(right) || (left.operation < right.operation ? -1 : 1)
  );
}

/** In the form of the run-time's `errorKey`. */
function entryKey({ code, entityType, subCode }: ErrorIdentity): string {
  return [code, entityType, subCode]
    .flatMap((name) => name?.replace(/[%/]/g, encodeURIComponent) ?? [])
    .join("/");
}

function responseGroup(response: SpecNode): GroupPlace {
  const name = `${keyOf(response).replace(/Errors?$/, "")}Errors`;
  return { node: response, name };
}

function unionGroup({ union }: Variant): GroupPlace | undefined {
  return union && { node: union, name: keyOf(union) };
}

/** The name under which a shared element stands in the description. */
function keyOf(node: SpecNode): string {
  return pointerSegments(node.pointer).at(-1) ?? "Shared";
}
