import { at, entriesOf, follow, itemsOf } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { OutputModel, Schema } from "./api-model.js";
import { isJson, jsonContent } from "./media-type.js";
import { originOf } from "./origin.js";
import { propertyOf } from "./property.js";
import type { SchemaCollector } from "./schema-collector.js";

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
): OperationOutput {
  const responses = entriesOf(at(node, "responses"));
  const successes = responses
    .filter(([status]) => status.startsWith("2"))
    .map(([, response]) => follow(document, response));
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
  const variants = bodies.map((response) => bodySchema(schemas, response));
  const present = variants.filter((schema) => schema !== undefined);
  const [first = false, ...others] = present;
  return {
    model: {
      place: "body",
      schema: others.length === 0 ? first : { anyOf: present },
      origin: originOf(document, bodyNode(bodies) ?? at(node, "responses")),
      mayBeEmpty: present.length < variants.length || variants.length === 0,
    },
    itemErrors: undefined,
  };
}

function envelopedOutput(
  document: SpecDocument,
  schemas: SchemaCollector,
  response: SpecNode,
): OperationOutput | undefined {
  const content = jsonContent(response);
  if (!content) return undefined;
  const envelope = at(content, "schema");
  if (!propertyOf(document, envelope, "meta")) return undefined;
  const data = propertyOf(document, envelope, "data");
  if (data) {
    const schema = schemas.collect(data);
    const origin = originOf(document, data);
    const model = { place: "data", schema, origin, mayBeEmpty: false } as const;
    return { model, itemErrors: undefined };
  }
  const results = propertyOf(document, envelope, "results");
  return results && batchOutput(document, schemas, results);
}

/** An item of a batch is described as the alternatives of one with `data` and one with `errors`. */
function batchOutput(
  document: SpecDocument,
  schemas: SchemaCollector,
  results: SpecNode,
): OperationOutput | undefined {
  const item = follow(document, at(follow(document, results), "items"));
  const alternatives = itemsOf(at(item, "oneOf"));
  const find = (name: string): SpecNode | undefined =>
    alternatives
      .map((alternative) => propertyOf(document, alternative, name))
      .find((property) => property !== undefined);
  const data = find("data");
  const itemErrors = find("errors");
  if (!data || !itemErrors) return undefined;
  const schema = schemas.collect(data);
  const origin = originOf(document, data);
  const model = {
    place: "results",
    schema,
    origin,
    mayBeEmpty: false,
  } as const;
  return { model, itemErrors };
}

/** The JSON schema of the only body. */
function bodyNode(responses: readonly SpecNode[]): SpecNode | undefined {
  const contents = responses.map(jsonContent);
  const [only, ...more] = contents.filter((content) => content !== undefined);
  return only && more.length === 0 ? at(only, "schema") : undefined;
}

/** JSON by its schema, text as a string, anything else as bytes; undefined when there is no body. */
function bodySchema(
  schemas: SchemaCollector,
  response: SpecNode,
): Schema | undefined {
  const contents = entriesOf(at(response, "content"));
  if (contents.length === 0) return undefined;
  const kinds = contents.map(([mediaType, media]): Schema => {
    if (isJson(mediaType)) return schemas.collect(at(media, "schema"));
    return /^text\//i.test(mediaType)
      ? { type: "string" }
      : { type: "string", format: "binary" };
  });
  const [first = true, ...others] = kinds;
  return others.length === 0 ? first : { anyOf: kinds };
}
