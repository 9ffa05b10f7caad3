import { successMeta } from "../model/spec-builder.js";
import { furtherSlots, withFurtherPlaces } from "./further-slots.js";

const usualSlots = [
  "info.title",
  "info.version",
  "info.description",
  "server.url",
  "server.description",
  "path",
  "path placeholder",
  "tag",
  "operationId",
  "operation.summary",
  "operation.description",
  "externalDocs.url",
  "externalDocs.description",
  "parameter.name",
  "query parameter.name",
  "header parameter.name",
  "cookie parameter.name",
  "parameter.description",
  "parameter.style",
  "request media type",
  "response media type",
  "response.description",
  "response header name",
  "property name",
  "required name",
  "property.description",
  "schema.title",
  "enum value",
  "open enum value",
  "enum description",
  "const",
  "default",
  "pattern",
  "format",
  "example",
  "schema name",
  "discriminator property",
  "discriminator value",
  "error code",
  "error entity_type",
  "error sub_code",
  "error description",
  "error field name",
  "response component name",
  "union component name",
  "webhook name",
  "webhook summary",
  "security scheme name",
  "extension value",
  "effect",
] as const;

export type Slot = (typeof usualSlots)[number] | (typeof furtherSlots)[number];

/** Every kind of place in a description that holds text somebody else wrote. */
export const slots: readonly Slot[] = [...usualSlots, ...furtherSlots];

/** The same description each time, with the given texts in place of its own. */
export function specWith(
  texts: Partial<Readonly<Record<Slot, string>>>,
): object {
  const text = (slot: Slot, usual: string): string => texts[slot] ?? usual;
  const pointer = (name: string): string =>
    encodeURIComponent(
      name
        .replace(/\p{Surrogate}/gu, "\ufffd")
        .replaceAll("~", "~0")
        .replaceAll("/", "~1"),
    );
  const schemaName = text("schema name", "Thing");
  const unionName = text("union component name", "AnyViolation");
  const responseName = text("response component name", "Unauthorized");
  const propertyName = text("property name", "colour");
  const placeholder = text("path placeholder", "id");
  const thing = { $ref: `#/components/schemas/${pointer(schemaName)}` };
  const violation = {
    type: "object",
    description: text("error description", "The thing is locked."),
    required: ["code", "message"],
    properties: {
      code: { const: text("error code", "RULE_VIOLATION") },
      entity_type: { const: text("error entity_type", "Thing") },
      sub_code: { const: text("error sub_code", "IS_LOCKED") },
      message: { type: "string" },
      [text("error field name", "hint")]: { type: "string" },
    },
  };
  const errors = (variant: object): object => ({
    description: text("response.description", "Refused."),
    headers: {
      [text("response header name", "X-Trace")]: { schema: { type: "string" } },
    },
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: {
            errors: { type: "array", items: { oneOf: [variant] } },
          },
        },
      },
    },
  });
  const plain = (name: string, place: string): object => ({
    name,
    in: place,
    description: text("parameter.description", "Which thing."),
    ...(place === "path" && { required: true }),
    ...(place === "query" && { style: text("parameter.style", "form") }),
    schema: { type: "string" },
  });
  const description = {
    openapi: "3.1.0",
    info: {
      title: text("info.title", "Things"),
      version: text("info.version", "1"),
      description: text("info.description", "About things."),
    },
    servers: [
      {
        url: text("server.url", "https://example.com"),
        description: text("server.description", "Live"),
      },
    ],
    tags: [{ name: text("tag", "thing") }],
    paths: {
      "/thing.set": {
        post: {
          operationId: text("operationId", "thing.set"),
          tags: [text("tag", "thing")],
          summary: text("operation.summary", "Set a thing"),
          description: text("operation.description", "Sets it."),
          externalDocs: {
            url: text("externalDocs.url", "https://example.com/docs"),
            description: text("externalDocs.description", "More"),
          },
          "x-kompliant-effect": text("effect", "write"),
          "x-other": text("extension value", "other"),
          requestBody: {
            required: true,
            content: {
              [text("request media type", "application/json")]: {
                schema: thing,
              },
            },
          },
          responses: {
            "200": {
              description: "",
              content: {
                [text("response media type", "application/json")]: {
                  schema: {
                    type: "object",
                    properties: { meta: successMeta, data: thing },
                  },
                },
              },
            },
            "400": errors(violation),
            "401": { $ref: `#/components/responses/${pointer(responseName)}` },
            "409": errors({
              $ref: `#/components/schemas/${pointer(unionName)}`,
            }),
          },
        },
      },
      [text("path", "/things")]: {
        get: {
          operationId: "thing.list",
          responses: { "200": { description: "" } },
        },
      },
      [`/things/{${placeholder}}`]: {
        get: {
          operationId: "thing.get",
          parameters: [
            plain(placeholder, "path"),
            plain(text("parameter.name", "page"), "query"),
            plain(text("query parameter.name", "size"), "query"),
            plain(text("header parameter.name", "X-Mode"), "header"),
            plain(text("cookie parameter.name", "session"), "cookie"),
          ],
          responses: {
            "200": {
              description: "",
              content: { "application/json": { schema: thing } },
            },
          },
        },
      },
    },
    webhooks: {
      [text("webhook name", "THING_SET")]: {
        post: {
          summary: text("webhook summary", "A thing was set"),
          requestBody: { content: { "application/json": { schema: thing } } },
          responses: { "200": { description: "" } },
        },
      },
    },
    components: {
      securitySchemes: {
        [text("security scheme name", "key")]: {
          type: "http",
          scheme: "basic",
        },
      },
      responses: {
        [responseName]: errors({
          type: "object",
          properties: {
            code: { const: "AUTH_FAILED" },
            message: { type: "string" },
          },
        }),
      },
      schemas: {
        [unionName]: {
          oneOf: [
            {
              type: "object",
              properties: {
                code: { const: "OTHER_VIOLATION" },
                entity_type: { const: "Thing" },
                sub_code: { const: "IS_GONE" },
                message: { type: "string" },
              },
            },
          ],
        },
        [schemaName]: {
          type: "object",
          title: text("schema.title", "Thing"),
          required: [text("required name", propertyName)],
          properties: {
            [propertyName]: {
              type: "string",
              description: text("property.description", "Its colour."),
              enum: ["red", text("enum value", "blue")],
              default: text("default", "red"),
            },
            size: {
              type: "string",
              "x-extensible-enum": ["L", text("open enum value", "M")],
            },
            shape: {
              type: "string",
              enum: ["round"],
              "x-enum-descriptions": {
                round: text("enum description", "Like a ball."),
              },
            },
            kind: { const: text("const", "thing") },
            code: {
              type: "string",
              pattern: text("pattern", "^a"),
              format: text("format", "uuid"),
            },
            note: { type: "string", examples: [text("example", "an example")] },
            parts: {
              oneOf: [
                { $ref: "#/components/schemas/PartA" },
                { $ref: "#/components/schemas/PartB" },
              ],
              discriminator: {
                propertyName: text("discriminator property", "type"),
                mapping: {
                  [text("discriminator value", "a")]:
                    "#/components/schemas/PartA",
                  b: "#/components/schemas/PartB",
                },
              },
            },
          },
        },
        PartA: {
          type: "object",
          properties: { type: { type: "string" }, a: { type: "string" } },
        },
        PartB: {
          type: "object",
          properties: { type: { type: "string" }, b: { type: "string" } },
        },
      },
    },
  };
  return withFurtherPlaces(description, text);
}
