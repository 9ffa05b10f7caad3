import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { OutputModel, Schema } from "./api-model.js";
import { bytes } from "./bytes.js";
import {
  includesJson,
  isJson,
  isPlainJson,
  jsonContent,
} from "./media-type.js";
import { originOf } from "./origin.js";
import { propertyOf, propertyParts } from "./property.js";
import type { SchemaCollector } from "./schema-collector.js";
import { streamOutput } from "./stream-output.js";

/** What an operation answers with. */
interface OperationOutput {
  readonly model: OutputModel;
  /** In a batch, the schema of the list of an item's errors. */
  readonly itemErrors: SpecNode | undefined;
}

/** Finds what a successful answer brings: below the API's envelope, or the body itself. */
export function operationOutput(
  document: SpecDocument,
  schemas: SchemaCollector,
  node: SpecNode,
  method: string,
): OperationOutput {
  const responses = entriesOf(at(node, "responses"));
  const successes = successesOf(document, node);
  const [only, ...more] = successes;
  const enveloped =
    only && more.length === 0
      ? envelopedOutput(document, schemas, only)
      : undefined;
  if (enveloped) return enveloped;
  const fallback = responses.find(([status]) => status === "default");
  const bodies =
    successes.length > 0 || !fallback
      ? successes
      : [follow(document, fallback[1])];
  const stream =
    method === "head" ? undefined : streamOutput(document, schemas, bodies);
  if (stream) return { model: stream, itemErrors: undefined };
  // What a HEAD response describes is that of a GET: it has no body itself.
  const contents = method === "head" ? [] : bodies.map(preferredContents);
  const documented = method === "head" ? [] : bodies.flatMap(mediaTypesOf);
  const present = contents
    .filter((each) => each.length > 0)
    .map((each) => bodySchema(schemas, each));
  const [first = false, ...others] = present;
  return {
    model: {
      place: "body",
      schema: others.length === 0 ? first : { anyOf: present },
      origin: originOf(document, bodyNode(bodies) ?? at(node, "responses")),
      mayBeEmpty: present.length < contents.length || contents.length === 0,
      accept: acceptOf(contents.flat()),
      mediaTypes: [...new Set(documented)],
    },
    itemErrors: undefined,
  };
}

/** The schema of the list of an item's errors, of an operation that is a batch. */
export function batchItemErrors(
  document: SpecDocument,
  node: SpecNode,
): SpecNode | undefined {
  const [only, ...more] = successesOf(document, node);
  return only && more.length === 0
    ? envelopeOf(document, only)?.itemErrors
    : undefined;
}

/** The responses of an operation that are successes. */
export function successesOf(
  document: SpecDocument,
  node: SpecNode,
): readonly SpecNode[] {
  return entriesOf(at(node, "responses"))
    .filter(([status]) => status.startsWith("2"))
    .map(([, response]) => follow(document, response));
}

function envelopedOutput(
  document: SpecDocument,
  schemas: SchemaCollector,
  response: SpecNode,
): OperationOutput | undefined {
  const envelope = envelopeOf(document, response);
  if (!envelope) return undefined;
  const { place, data, itemErrors } = envelope;
  const schema = schemas.collect(data);
  const origin = originOf(document, data);
  const accept = acceptOf(preferredContents(response));
  return {
    model: {
      place,
      schema,
      origin,
      mayBeEmpty: false,
      accept,
      mediaTypes: mediaTypesOf(response),
    },
    itemErrors,
  };
}

/** Where the API's envelope has what an operation brings. */
interface Envelope {
  readonly place: "data" | "results";
  /** What stands there; of a batch, what an item brings. */
  readonly data: SpecNode;
  /** In a batch, the schema of the list of an item's errors. */
  readonly itemErrors: SpecNode | undefined;
}

/** The API's envelope of a successful response; undefined when its body is something else. */
function envelopeOf(
  document: SpecDocument,
  response: SpecNode,
): Envelope | undefined {
  const content = jsonContent(response);
  if (!content) return undefined;
  const envelope = at(content, "schema");
  if (!isEnvelope(document, content)) return undefined;
  const data = propertyOf(document, envelope, "data");
  if (data) return { place: "data", data, itemErrors: undefined };
  const results = propertyOf(document, envelope, "results");
  return results && batchEnvelope(document, results);
}

/** What the API's envelope says of a success. */
const successStatus = "SUCCESS";

/** Says of a schema that it is the API's envelope, or that it is not. */
const envelopeKeyword = "x-kompliant-envelope";

/**
 * Whether a body is the API's envelope. Others call a part of theirs `meta` as well: it is
 * the API's when its `status` can be the API's, or when the description says so.
 *
 * @param content - a media type object of OpenAPI
 */
function isEnvelope(document: SpecDocument, content: SpecNode): boolean {
  const schema = at(content, "schema");
  const said = at(follow(document, schema), envelopeKeyword).value;
  if (typeof said === "boolean") return said;
  const statuses = propertyParts(document, schema, "meta").flatMap((meta) =>
    propertyParts(document, meta, "status"),
  );
  return (
    statuses.some((status) => saysSuccess(follow(document, status))) ||
    exampleMetas(document, content).some(
      ({ value }) => isObject(value) && value["status"] === successStatus,
    )
  );
}

function saysSuccess(status: SpecNode): boolean {
  const values = ["enum", "x-extensible-enum", "examples"].flatMap((keyword) =>
    itemsOf(at(status, keyword)),
  );
  const single = ["const", "example", "default"].map((key) => at(status, key));
  return [...values, ...single].some(({ value }) => value === successStatus);
}

/** What the examples of a body have as `meta`. */
function exampleMetas(
  document: SpecDocument,
  content: SpecNode,
): readonly SpecNode[] {
  const examples = entriesOf(at(content, "examples")).map(([, example]) =>
    at(follow(document, example), "value"),
  );
  return [at(content, "example"), ...examples].map((each) => at(each, "meta"));
}

/** An item of a batch is described as the alternatives of one with `data` and one with `errors`. */
function batchEnvelope(
  document: SpecDocument,
  results: SpecNode,
): Envelope | undefined {
  const item = follow(document, at(follow(document, results), "items"));
  const alternatives = itemsOf(at(item, "oneOf"));
  const find = (name: string): SpecNode | undefined =>
    alternatives
      .map((alternative) => propertyOf(document, alternative, name))
      .find((property) => property !== undefined);
  const data = find("data");
  const itemErrors = find("errors");
  if (!data || !itemErrors) return undefined;
  return { place: "results", data, itemErrors };
}

/** The JSON schema of the only body. */
function bodyNode(responses: readonly SpecNode[]): SpecNode | undefined {
  const contents = responses.map(jsonContent);
  const [only, ...more] = contents.filter((content) => content !== undefined);
  return only && more.length === 0 ? at(only, "schema") : undefined;
}

/** A media type and what a response has for it. */
type Content = readonly [mediaType: string, media: SpecNode];

/** What the client asks for of a response: JSON where it can, otherwise whatever there is. */
export function preferredContents(response: SpecNode): readonly Content[] {
  const contents = entriesOf(at(response, "content"));
  const json =
    contents.find(([mediaType]) => isPlainJson(mediaType)) ??
    contents.find(([mediaType]) => isJson(mediaType)) ??
    contents.find(([mediaType]) => includesJson(mediaType));
  return json ? [json] : contents;
}

/** The media types of a response, without parameters and in lower case; what is none stands for any. */
function mediaTypesOf(response: SpecNode): readonly string[] {
  return entriesOf(at(response, "content")).map(
    ([mediaType]) =>
      /^\s*([^/\s;]+\/[^/\s;]+)/.exec(mediaType)?.[1]?.toLowerCase() ?? "*/*",
  );
}

/** JSON by its schema, text as a string, anything else as bytes. */
function bodySchema(
  schemas: SchemaCollector,
  contents: readonly Content[],
): Schema {
  const kinds = contents.map(([mediaType, media]): Schema => {
    if (isJson(mediaType) || includesJson(mediaType)) {
      return schemas.collect(at(media, "schema"));
    }
    return /^text\//i.test(mediaType) ? { type: "string" } : bytes;
  });
  const [first = true, ...others] = kinds;
  return others.length === 0 ? first : { anyOf: kinds };
}

/**
 * The media types of successful answers, and plain JSON for errors; undefined when
 * plain JSON is all there is.
 */
function acceptOf(contents: readonly Content[]): string | undefined {
  const types = contents
    .map(([mediaType]) => mediaType.replace(/\s*;\s*charset=[^;]*/i, ""))
    // Nothing else can stand in a header.
    .filter((mediaType) => /^[\x21-\x7e][\x20-\x7e]*$/.test(mediaType));
  const distinct = [...new Set([...types, "application/json"])];
  return distinct.length > 1 ? distinct.join(", ") : undefined;
}
