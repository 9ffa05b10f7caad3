import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { OutputModel, Schema, StreamPlace } from "./api-model.js";
import { bytes, isBytes } from "./bytes.js";
import { isEventStream, isJson, isJsonLines } from "./media-type.js";
import { originOf } from "./origin.js";
import type { SchemaCollector } from "./schema-collector.js";

/** The items of a stream, and where the description has them. */
interface StreamItems {
  readonly place: StreamPlace;
  readonly schema: Schema;
  readonly node: SpecNode;
}

/**
 * The output of an operation whose successful responses are a stream: server-sent events or
 * lines of JSON. Undefined when they are anything else, or may also be JSON, which the
 * client asks for then.
 */
export function streamOutput(
  document: SpecDocument,
  schemas: SchemaCollector,
  responses: readonly SpecNode[],
): OutputModel | undefined {
  const contents = responses.map((response) =>
    entriesOf(at(response, "content")),
  );
  const [only = [], ...others] = contents.filter(({ length }) => length > 0);
  const media = only.find(([type]) => isEventStream(type) || isJsonLines(type));
  const alsoJson = only.some(([type]) => isJson(type));
  if (!media || alsoJson || others.length > 0) return undefined;
  const [name, content] = media;
  const { place, schema, node } = isEventStream(name)
    ? eventItems(document, schemas, content)
    : lineItems(document, schemas, content);
  const mediaType = name.replace(/;.*/, "").trim().toLowerCase();
  return {
    place,
    schema,
    origin: originOf(document, node),
    mayBeEmpty: contents.length > 1,
    accept: `${mediaType}, application/json`,
    mediaTypes: [mediaType],
  };
}

/** Events with JSON or text, by the schema of their data. */
function eventItems(
  document: SpecDocument,
  schemas: SchemaCollector,
  content: SpecNode,
): StreamItems {
  const node = itemNode(document, content);
  const text = { place: "textEvents", schema: { type: "string" } } as const;
  if (isOpen(node)) return { ...text, node };
  if (isBinary(document, node)) return byteItems(node);
  const described = eventData(document, node) ?? [];
  const [first = node, ...others] = described;
  if (others.length === 0) {
    const json = jsonInText(document, first);
    if (json) {
      return { place: "events", schema: schemas.collect(json), node: first };
    }
    const place = isText(document, first) ? "textEvents" : "events";
    return { place, schema: schemas.collect(first), node: first };
  }
  const texts = described.filter(
    (each) => isText(document, each) && !jsonInText(document, each),
  );
  // What is JSON in one event and text in another can only be given as text.
  if (texts.length > 0 && texts.length < described.length) {
    return { ...text, node };
  }
  const alternatives = described.map((each) =>
    schemas.collect(jsonInText(document, each) ?? each),
  );
  const distinct = new Map(
    alternatives.map((each) => [JSON.stringify(each), each]),
  );
  return {
    place: texts.length > 0 ? "textEvents" : "events",
    schema: { anyOf: [...distinct.values()] },
    node,
  };
}

function lineItems(
  document: SpecDocument,
  schemas: SchemaCollector,
  content: SpecNode,
): StreamItems {
  const node = itemNode(document, content);
  const isWhole = at(content, "itemSchema").value === undefined;
  // A text is the whole body, not a line of it.
  if (isOpen(node) || (isWhole && isText(document, node))) {
    return byteItems(node);
  }
  return { place: "lines", schema: schemas.collect(node), node };
}

function byteItems(node: SpecNode): StreamItems {
  return { place: "bytes", schema: bytes, node };
}

/** The schema of an item. That of the body, where it is a list, has it as its items. */
function itemNode(document: SpecDocument, content: SpecNode): SpecNode {
  const own = at(content, "itemSchema");
  if (own.value !== undefined) return own;
  const body = at(content, "schema");
  const items = at(follow(document, body), "items");
  return items.value === undefined ? body : items;
}

/** Whether a schema says nothing. */
function isOpen({ value }: SpecNode): boolean {
  return !isObject(value) || Object.keys(value).length === 0;
}

function isText(document: SpecDocument, node: SpecNode): boolean {
  return at(follow(document, node), "type").value === "string";
}

function isBinary(document: SpecDocument, node: SpecNode): boolean {
  const { value } = follow(document, node);
  return isText(document, node) && isObject(value) && isBytes(value);
}

/** What a text holds that is JSON by its description; undefined when it is none. */
function jsonInText(
  document: SpecDocument,
  node: SpecNode,
): SpecNode | undefined {
  const target = follow(document, node);
  const mediaType = at(target, "contentMediaType").value;
  const content = at(target, "contentSchema");
  const isJsonText = typeof mediaType === "string" && isJson(mediaType);
  return isJsonText || (mediaType === undefined && content.value !== undefined)
    ? content
    : undefined;
}

/** The fields that events have by the standard. */
const eventFields = ["comment", "data", "event", "id", "retry"];

/**
 * The schemas of `data` where a schema describes whole events, as OpenAPI 3.2 does; undefined
 * when it has any other property, and is that of the data itself.
 */
function eventData(
  document: SpecDocument,
  node: SpecNode,
  above: readonly unknown[] = [],
): readonly SpecNode[] | undefined {
  const target = follow(document, node);
  if (above.includes(target.value)) return undefined;
  const names = entriesOf(at(target, "properties")).map(([name]) => name);
  if (!names.every((name) => eventFields.includes(name))) return undefined;
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((keyword) =>
    itemsOf(at(target, keyword)),
  );
  const below = parts.map((part) =>
    eventData(document, part, [...above, target.value]),
  );
  if (below.includes(undefined)) return undefined;
  const data = at(target, "properties", "data");
  const deeper = below.flatMap((each) => each ?? []);
  return deeper.length > 0 || data.value === undefined ? deeper : [data];
}
