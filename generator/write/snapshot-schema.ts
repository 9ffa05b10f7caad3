import { Ajv } from "ajv";
import type { Snapshot } from "../model/previous-model.js";

/** A snapshot as it is written: lists of the error catalogue are members of their own. */
export interface StoredSnapshot extends Omit<Snapshot, "errors"> {
  readonly snapshotVersion: number;
  readonly "errors.entries": Snapshot["errors"]["entries"];
  readonly "errors.groups": Snapshot["errors"]["groups"];
  readonly "errors.views": Snapshot["errors"]["views"];
}

type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const flag = { type: "boolean" };
const texts = listOf(text);
const schema = { $ref: "#/definitions/schema" };
const origin = object({ file: text, pointer: text });
const documentation = object(
  { deprecated: flag },
  { summary: text, description: text, url: text },
);

const operation = object(
  {
    name: text,
    path: texts,
    identifiers: object(
      { function: text, input: text, data: text, error: text, errorCode: text },
      { item: text, itemError: text },
    ),
    documentation,
    origin,
    method: text,
    urlPath: text,
    effect: { enum: ["read", "write"] },
    output: object(
      {
        place: {
          enum: [
            "data",
            "results",
            "body",
            "events",
            "textEvents",
            "lines",
            "bytes",
          ],
        },
        schema,
        origin,
        mayBeEmpty: flag,
        mediaTypes: texts,
      },
      { accept: text },
    ),
    errors: texts,
    errorGroups: texts,
    unreadCodes: texts,
  },
  {
    input: object(
      {
        schema,
        origin,
        partOrigins: mapOf(origin),
        isRequired: flag,
        parameters: listOf(
          object(
            {
              name: text,
              in: { enum: ["path", "query", "header", "cookie"] },
              json: flag,
            },
            { style: text, explode: flag },
          ),
        ),
        fields: mapOf(
          object({}, { mediaType: text, style: text, explode: flag }),
        ),
      },
      { mediaType: text },
    ),
  },
);

const webhook = object(
  { name: text, documentation, origin, body: schema, bodyOrigin: origin },
  { payload: schema, payloadOrigin: origin },
);

const errorEntry = object(
  {
    key: text,
    name: text,
    code: text,
    statuses: texts,
    documentation,
    operations: texts,
    groups: texts,
    meanings: mapOf(text),
    schema,
    origin,
    provenance: { enum: ["schema", "extension", "table"] },
  },
  { entityType: text, subCode: text },
);

/** What the readers of a model rely on. */
const snapshot = {
  definitions: {
    schema: {
      type: ["boolean", "object"],
      properties: {
        $ref: text,
        properties: mapOf(schema),
        patternProperties: mapOf(schema),
        additionalProperties: schema,
        items: schema,
        not: schema,
        allOf: listOf(schema),
        anyOf: listOf(schema),
        oneOf: listOf(schema),
        prefixItems: listOf(schema),
        enum: { type: "array" },
        required: texts,
      },
    },
  },
  ...object(
    {
      snapshotVersion: { type: "integer" },
      title: text,
      version: text,
      operations: listOf(operation),
      webhooks: listOf(webhook),
      schemas: listOf(object({ name: text, schema, origin })),
      "errors.entries": listOf(errorEntry),
      "errors.groups": listOf(
        object(
          { name: text, table: text, entries: texts, origin },
          { description: text },
        ),
      ),
      "errors.views": listOf(
        object({
          name: text,
          by: { enum: ["code", "entity_type", "sub_code"] },
          value: text,
          entries: texts,
        }),
      ),
    },
    { serverUrl: text },
  ),
};

function object(
  required: JsonSchema,
  optional: JsonSchema = {},
): JsonSchema & { readonly type: "object" } {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

function mapOf(additionalProperties: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties };
}

/** Whether a value has the form of a snapshot. */
export function isStoredSnapshot(value: unknown): value is StoredSnapshot {
  // A property can be called like a member that every object inherits.
  const ajv = new Ajv({ ownProperties: true, allowUnionTypes: true });
  return ajv.compile<StoredSnapshot>(snapshot)(value);
}
