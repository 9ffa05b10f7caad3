import type { NameLedger } from "./name-ledger.js";

/**
 * What the generator knows of an API: plain JSON, the same for the same
 * description whatever the order or the files in which it is written. Everything
 * after the model stage works on this alone.
 */
export interface ApiModel {
  readonly title: string;
  readonly version: string;
  /** Base URL of the first server; undefined when the description names none. */
  readonly serverUrl: string | undefined;
  /** Sorted by name. */
  readonly operations: readonly OperationModel[];
  /** Events that the API delivers, sorted by name. */
  readonly webhooks: readonly WebhookModel[];
  /** Named schemas, sorted by name. */
  readonly schemas: readonly SchemaModel[];
  readonly errors: ErrorCatalogue;
  /** Which exported identifier belongs to which element of the description. */
  readonly names: NameLedger;
}

/** Where an element of the model stands in the description. */
export interface Origin {
  /** Path relative to the root document's folder, with forward slashes. */
  readonly file: string;
  /** JSON pointer as a URI fragment. */
  readonly pointer: string;
}

/** Text for people that belongs to an element. */
export interface Documentation {
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** The element's page in the API's documentation. */
  readonly url: string | undefined;
  readonly deprecated: boolean;
}

/** A JSON Schema whose references are `#/components/schemas/<name of a SchemaModel>`. */
export type Schema = boolean | SchemaObject;

export type SchemaObject = Readonly<Record<string, unknown>>;

/** A schema with a name of its own. */
export interface SchemaModel {
  /** Exported identifier. */
  readonly name: string;
  readonly schema: Schema;
  readonly origin: Origin;
}

export interface OperationModel {
  /** The API's own name, such as `propay.execute`. */
  readonly name: string;
  /** Namespaces and the method within, such as `["propay", "execute"]`. */
  readonly path: readonly string[];
  readonly identifiers: OperationIdentifiers;
  readonly documentation: Documentation;
  readonly origin: Origin;
  /** HTTP method in upper case. */
  readonly method: string;
  /** URL path below the server's. */
  readonly urlPath: string;
  /** `read` when the description says that repeating the operation is safe. */
  readonly effect: "read" | "write";
  readonly input: InputModel | undefined;
  readonly output: OutputModel;
  /** Errors listed by the operation itself: keys of the catalogue's entries, sorted. */
  readonly errors: readonly string[];
  /** Shared errors that it refers to: names of error groups, sorted. */
  readonly errorGroups: readonly string[];
  /**
   * Codes that it documents with rows that could not be read, sorted. The errors that
   * it lists under such a code stand in for these rows.
   */
  readonly unreadCodes: readonly string[];
}

/** What an operation takes; undefined when it takes nothing. */
export interface InputModel {
  /** The body alone, or an object with the places that have parameters, and `body`. */
  readonly schema: Schema;
  /** Where the body stands, or the operation when there are parameters beside it. */
  readonly origin: Origin;
  /** Where parts of the input stand, by path within it, such as `query.limit` and `body`. */
  readonly partOrigins: Readonly<Record<string, Origin>>;
  readonly isRequired: boolean;
  /** Parameters outside the body, by place and name; then the input is an object of places. */
  readonly parameters: readonly ParameterModel[];
  /** Media type of the body; undefined when there is none or it is plain JSON. */
  readonly mediaType: string | undefined;
  /** How fields of a form are written, by name, where the description says it. */
  readonly fields: Readonly<Record<string, FieldModel>>;
}

/** How a field of a form is written. */
export interface FieldModel {
  /** Media type of its part, in multipart forms. */
  readonly mediaType: string | undefined;
  /** How its value becomes pairs, in URL-encoded forms. */
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
}

/** A parameter outside the body. */
export interface ParameterModel {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
  /** Whether its value is sent as JSON. */
  readonly json: boolean;
}

/** What an operation answers with when it succeeds. */
export interface OutputModel {
  /**
   * Where it stands: `data` or, for each item of a batch, `results` of the API's
   * envelope, or the `body` itself. A body can also be a stream: of server-sent `events`
   * with JSON, of `textEvents`, of `lines` of JSON, or of `bytes` whose items have no type.
   */
  readonly place: "data" | "results" | "body" | StreamPlace;
  /** What stands there; of a batch and of a stream, what an item brings. */
  readonly schema: Schema;
  /** Where it stands, or the operation when there are several. */
  readonly origin: Origin;
  /** Whether a successful answer may have no body. */
  readonly mayBeEmpty: boolean;
  /** Media types to ask for, as in a header; undefined when plain JSON is all there is. */
  readonly accept: string | undefined;
  /** Every documented media type of a successful answer, in lower case; empty when there is none. */
  readonly mediaTypes: readonly string[];
}

/** The kinds of streams. */
export type StreamPlace = "events" | "textEvents" | "lines" | "bytes";

/** An event that the API delivers to an endpoint of the caller. */
export interface WebhookModel {
  /** Its key in the description, such as `WORKFLOW_CREATED`. */
  readonly name: string;
  readonly documentation: Documentation;
  readonly origin: Origin;
  /** The JSON body of the delivery. */
  readonly body: Schema;
  readonly bodyOrigin: Origin;
  /** What the body's `data` holds once it is decoded; undefined when it is not encoded. */
  readonly payload: Schema | undefined;
  readonly payloadOrigin: Origin | undefined;
}

/** Exported identifiers that belong to an operation. */
export interface OperationIdentifiers {
  readonly function: string;
  readonly input: string;
  readonly data: string;
  readonly error: string;
  readonly errorCode: string;
  /** Of a batch or a stream with typed items: what one item brings. */
  readonly item: string | undefined;
  /** Of a batch: what one item can fail with. */
  readonly itemError: string | undefined;
}

/**
 * Every documented error of the API, once: code × entity type × sub-code. Unions,
 * names, the run-time's tables and the documentation are views of it.
 */
export interface ErrorCatalogue {
  /** Sorted by key. */
  readonly entries: readonly ErrorEntry[];
  /** Errors that operations share by referring to the same response or `oneOf`, sorted by name. */
  readonly groups: readonly ErrorGroup[];
  /** Unions over the entries that have something in common, sorted by name. */
  readonly views: readonly ErrorView[];
}

/** One documented error. */
export interface ErrorEntry {
  /** `CODE` or `CODE/EntityType/SUB_CODE`. */
  readonly key: string;
  /** Exported identifier of its interface. */
  readonly name: string;
  readonly code: string;
  readonly entityType: string | undefined;
  readonly subCode: string | undefined;
  /** HTTP statuses under which it is documented, sorted; `default` when the status is not known. */
  readonly statuses: readonly string[];
  readonly documentation: Documentation;
  /** Names of the operations that document it themselves, sorted. */
  readonly operations: readonly string[];
  /** Names of the groups that it is part of, sorted. */
  readonly groups: readonly string[];
  /** What an operation says about it beyond the shared meaning, by operation. */
  readonly meanings: Readonly<Record<string, string>>;
  /** Its fields besides code, entity_type and sub_code. */
  readonly schema: Schema;
  readonly origin: Origin;
  /** What the description says it with: a schema, `x-kompliant-errors`, or a table in Markdown. */
  readonly provenance: ErrorProvenance;
}

/** Where an error was read, in the order in which one prevails over another. */
export type ErrorProvenance = "schema" | "extension" | "table";

/** The errors of a response or of a `oneOf` that operations share. */
export interface ErrorGroup {
  /** Exported identifier of its union. */
  readonly name: string;
  /** Exported identifier of its table for the run-time. */
  readonly table: string;
  readonly description: string | undefined;
  /** Keys of entries, sorted. */
  readonly entries: readonly string[];
  readonly origin: Origin;
}

/** A union that collects all entries with the same code, entity type or sub-code. */
export interface ErrorView {
  /** Exported identifier of its union. */
  readonly name: string;
  readonly by: "code" | "entity_type" | "sub_code";
  readonly value: string;
  /** Keys of entries, sorted. */
  readonly entries: readonly string[];
}
