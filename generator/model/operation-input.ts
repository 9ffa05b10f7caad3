import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type {
  InputModel,
  Origin,
  ParameterModel,
  Schema,
  SchemaObject,
} from "./api-model.js";
import { bytes, isBytes } from "./bytes.js";
import { formFields } from "./form-fields.js";
import { hasSendableBody } from "./http-method.js";
import { includesJson, isJson, isPlainJson } from "./media-type.js";
import { originOf } from "./origin.js";
import type { SchemaCollector } from "./schema-collector.js";

const places = ["path", "query", "header", "cookie"] as const;

/** Headers that OpenAPI tells tools to ignore as parameters. */
const ignoredHeaders = /^(?:accept|content-type|authorization)$/i;

interface Parameter extends ParameterModel {
  readonly schema: Schema;
  readonly origin: Origin;
  readonly isRequired: boolean;
}

interface Body {
  readonly origin: Origin;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly mediaType: string;
  readonly fields: InputModel["fields"];
}

/** What an operation takes: its body alone, or its parameters by place with the body beside them. */
export function operationInput(
  document: SpecDocument,
  schemas: SchemaCollector,
  operation: {
    readonly node: SpecNode;
    readonly item: SpecNode;
    readonly method: string;
    readonly urlPath: string;
  },
): InputModel | undefined {
  const parameters = collectParameters(document, schemas, operation);
  const body = hasSendableBody(operation.method)
    ? collectBody(document, schemas, operation.node)
    : undefined;
  if (parameters.length === 0) {
    if (!body) return undefined;
    if (body.mediaType === "application/json") {
      const { schema, origin, isRequired } = body;
      return {
        schema,
        origin,
        partOrigins: {},
        isRequired,
        parameters: [],
        mediaType: undefined,
        fields: {},
      };
    }
  }
  const groups = places.flatMap((place) => {
    const members = parameters.filter((parameter) => parameter.in === place);
    return members.length === 0 ? [] : [[place, groupSchema(members)] as const];
  });
  const required = [
    ...groups
      .filter(([, group]) => (group["required"] as string[]).length > 0)
      .map(([place]) => place),
    ...(body?.isRequired ? ["body"] : []),
  ];
  return {
    schema: {
      type: "object",
      required,
      properties: {
        ...Object.fromEntries(groups),
        ...(body && { body: body.schema }),
      },
    },
    origin: originOf(document, operation.node),
    partOrigins: {
      ...Object.fromEntries(
        parameters.map(({ name, in: place, origin }) => [
          `${place}.${name}`,
          origin,
        ]),
      ),
      ...(body && { body: body.origin }),
    },
    isRequired: required.length > 0,
    parameters: parameters.map(({ name, in: place, style, explode, json }) => ({
      name,
      in: place,
      style,
      explode,
      json,
    })),
    mediaType: body?.mediaType,
    fields: body?.fields ?? {},
  };
}

function groupSchema(members: readonly Parameter[]): SchemaObject {
  return {
    type: "object",
    required: members
      .filter(({ isRequired }) => isRequired)
      .map(({ name }) => name),
    properties: Object.fromEntries(
      members.map(({ name, schema }) => [name, schema]),
    ),
  };
}

/** Parameters of the operation win over those of its path item with the same name and place. */
function collectParameters(
  document: SpecDocument,
  schemas: SchemaCollector,
  { node, item, urlPath }: Parameters<typeof operationInput>[2],
): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  const placeholders = [...urlPath.matchAll(/\{([^}]+)\}/g)].map(
    ([, name = ""]) => name,
  );
  for (const holder of [item, node]) {
    for (const reference of itemsOf(at(holder, "parameters"))) {
      const target = follow(document, reference);
      const parameter = readParameter(document, schemas, target);
      if (!parameter) continue;
      // There is no place to send it; the validation has warned.
      if (parameter.in === "path" && !placeholders.includes(parameter.name)) {
        continue;
      }
      found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  for (const name of placeholders) {
    if (found.has(`path ${name}`)) continue;
    found.set(`path ${name}`, undeclared(name, originOf(document, node)));
  }
  return [...found]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, parameter]) => parameter);
}

/** A placeholder of the path that no parameter describes is a string. */
function undeclared(name: string, origin: Origin): Parameter {
  return {
    name,
    in: "path",
    style: undefined,
    explode: undefined,
    json: false,
    schema: { type: "string" },
    origin,
    isRequired: true,
  };
}

function readParameter(
  document: SpecDocument,
  schemas: SchemaCollector,
  node: SpecNode,
): Parameter | undefined {
  const name = textAt(node, "name");
  const place = places.find((each) => each === textAt(node, "in"));
  if (name === undefined || place === undefined) return undefined;
  if (place === "header" && ignoredHeaders.test(name)) return undefined;
  const [content] = entriesOf(at(node, "content"));
  const schema = content ? at(content[1], "schema") : at(node, "schema");
  const explode = at(node, "explode").value;
  const description = textAt(node, "description");
  const collected = schemas.collect(schema, "request");
  return {
    name,
    in: place,
    style: textAt(node, "style"),
    explode: typeof explode === "boolean" ? explode : undefined,
    json: content !== undefined && isJson(content[0]),
    schema: described(collected, description),
    origin: originOf(document, node),
    isRequired: place === "path" || at(node, "required").value === true,
  };
}

/** A schema with the parameter's own text. A reference stays an object of its own: it gets its name later. */
function described(schema: Schema, description: string | undefined): Schema {
  if (description === undefined || typeof schema === "boolean") return schema;
  return schema["$ref"] === undefined
    ? { ...schema, description }
    : { allOf: [schema], description };
}

/** The body in the media type that a client writes best: JSON, then forms, then whatever there is. */
function collectBody(
  document: SpecDocument,
  schemas: SchemaCollector,
  node: SpecNode,
): Body | undefined {
  const body = follow(document, at(node, "requestBody"));
  const contents = sentContents(body);
  const [content] = contents;
  if (!content) return undefined;
  const [, media] = content;
  const range = contents.map(([type]) => type).join(", ");
  const schema = at(media, "schema");
  const mediaType =
    includesJson(range) && !isBinary(document, schema)
      ? "application/json"
      : range;
  const isStructured =
    isJson(mediaType) || isMultipart(mediaType) || isUrlEncoded(mediaType);
  return {
    schema: isStructured
      ? schemas.collect(
          schema,
          "request",
          isMultipart(mediaType) ? "form" : "json",
        )
      : unstructured(mediaType, isBinary(document, schema)),
    origin: originOf(document, schema),
    isRequired: at(body, "required").value === true,
    mediaType,
    fields: formFields(mediaType, media),
  };
}

/**
 * What a client sends of the media types that a body can have: one of them, or any of
 * those for bytes, of which the caller's bytes say which they are.
 */
export function sentContents(
  body: SpecNode,
): readonly (readonly [mediaType: string, media: SpecNode])[] {
  const contents = [...entriesOf(at(body, "content"))].sort(
    ([left], [right]) => (left < right ? -1 : 1),
  );
  for (const isWanted of [isPlainJson, isJson, isMultipart, isUrlEncoded]) {
    const wanted = contents.find(([type]) => isWanted(type));
    if (wanted) return [wanted];
  }
  const [first] = contents;
  if (!first || isText(first[0]) || includesJson(first[0])) {
    return first ? [first] : [];
  }
  return contents.filter(([type]) => !isText(type) && !includesJson(type));
}

/** Whether a body has no schema, or that of bytes. */
function isBinary(document: SpecDocument, schema: SpecNode): boolean {
  const { value } = follow(document, schema);
  return !isObject(value) || isBytes(value);
}

/** A body that the caller writes: text, bytes, or either of them where its schema is another, as in XML. */
function unstructured(mediaType: string, hasBytes: boolean): Schema {
  const text = { type: "string" };
  if (isText(mediaType)) return text;
  return hasBytes ? bytes : { anyOf: [text, bytes] };
}

function isMultipart(mediaType: string): boolean {
  return /^multipart\//i.test(mediaType);
}

function isUrlEncoded(mediaType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(mediaType);
}

function isText(mediaType: string): boolean {
  return /^text\//i.test(mediaType);
}
