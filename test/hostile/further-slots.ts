/** Places beside those of the operations and schemas that most documents have. */
export const furtherSlots = [
  "contact name",
  "contact url",
  "licence name",
  "summary of the API",
  "server variable name",
  "server variable default",
  "server variable value",
  "tag description",
  "operationId of the same folder",
  "schema name next to another",
  "listed error code",
  "listed error entity_type",
  "listed error sub_code",
  "listed error description",
  "table heading",
  "table entity type",
  "table sub-code",
  "table description",
  "callback name",
  "callback url",
  "link name",
  "example name",
  "example summary",
  "header description",
  "security scheme description",
  "scope",
  "pattern of properties",
  "key of extension",
  "key of enum description",
  "number as text",
  "form field name",
  "content type of a form field",
  "$ref of a schema",
  "$ref of a response",
  "mapping target",
  "overlay description",
  "overlay target",
  "overlay update value",
  "overlay update key",
] as const;

type FurtherSlot = (typeof furtherSlots)[number];
type Json = Readonly<Record<string, unknown>>;

/** An overlay for the description, when one of its texts is to be there. */
export function overlayWith(
  texts: Partial<Readonly<Record<string, string>>>,
): object | undefined {
  if (!Object.keys(texts).some((slot) => slot.startsWith("overlay "))) {
    return undefined;
  }
  const text = (slot: FurtherSlot, usual: string): string =>
    texts[slot] ?? usual;
  return {
    overlay: "1.0.0",
    info: { title: "Ours", version: "1" },
    actions: [
      {
        target: texts["overlay target"] ?? "$.components.schemas.PartA",
        description: text("overlay description", "Says more."),
        update: {
          description: text("overlay update value", "More."),
          properties: {
            [text("overlay update key", "more")]: { type: "string" },
          },
        },
      },
    ],
  };
}

/** A description with these places added to it. */
export function withFurtherPlaces(
  description: Json,
  text: (slot: FurtherSlot, usual: string) => string,
): object {
  const { info, paths, components } = description as Record<
    "info" | "paths" | "components",
    Json
  >;
  const variable = text("server variable name", "region");
  return {
    ...description,
    info: {
      ...info,
      summary: text("summary of the API", "All things"),
      contact: {
        name: text("contact name", "Us"),
        url: text("contact url", "https://example.com"),
      },
      license: { name: text("licence name", "MIT") },
    },
    servers: [
      ...(description["servers"] as readonly object[]),
      {
        url: `https://{${variable}}.example.com`,
        variables: {
          [variable]: {
            default: text("server variable default", "eu"),
            enum: [
              text("server variable default", "eu"),
              text("server variable value", "us"),
            ],
          },
        },
      },
    ],
    tags: [
      ...(description["tags"] as readonly object[]),
      { name: "more", description: text("tag description", "More.") },
    ],
    paths: {
      ...paths,
      "/thing.put": { post: furtherOperation(text) },
    },
    components: {
      ...components,
      schemas: {
        ...(components["schemas"] as Json),
        Constructor: { type: "object" },
        [text("schema name next to another", "Other")]: { type: "object" },
      },
      securitySchemes: {
        ...(components["securitySchemes"] as Json),
        oauth: {
          type: "oauth2",
          description: text("security scheme description", "Ask."),
          flows: {
            clientCredentials: {
              tokenUrl: "https://example.com/token",
              scopes: { [text("scope", "read")]: "" },
            },
          },
        },
      },
    },
  };
}

function furtherOperation(
  text: (slot: FurtherSlot, usual: string) => string,
): object {
  return {
    operationId: text("operationId of the same folder", "thing.put"),
    [`x-${text("key of extension", "more")}`]: true,
    "x-kompliant-errors": [
      {
        code: text("listed error code", "LISTED_VIOLATION"),
        entity_type: text("listed error entity_type", "Part"),
        sub_code: text("listed error sub_code", "IS_LISTED"),
        description: text("listed error description", "It is listed."),
      },
    ],
    description: `Puts it.

## ${text("table heading", "Printed Rule Violations")}

| Entity Type | Sub-code | Description |
| --- | --- | --- |
| ${text("table entity type", "Part")} | ${text("table sub-code", "IS_PRINTED")} | ${text("table description", "It is printed.")} |
`,
    requestBody: {
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: {
              [text("form field name", "file")]: {
                type: "string",
                format: "binary",
              },
              count: { type: "string", const: text("number as text", "1") },
            },
            patternProperties: {
              [text("pattern of properties", "^x-")]: { type: "string" },
            },
          },
          encoding: {
            [text("form field name", "file")]: {
              contentType: text("content type of a form field", "image/png"),
            },
          },
        },
      },
    },
    responses: {
      "200": {
        description: "",
        headers: {
          "X-More": {
            description: text("header description", "More."),
            schema: { type: "string" },
          },
        },
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: {
                part: { $ref: text("$ref of a schema", partA) },
                any: {
                  oneOf: [{ $ref: partA }],
                  discriminator: {
                    propertyName: "type",
                    mapping: { a: text("mapping target", partA) },
                  },
                },
                named: {
                  type: "string",
                  enum: ["a"],
                  "x-enum-descriptions": {
                    [text("key of enum description", "a")]: "An a.",
                  },
                },
              },
            },
            examples: {
              [text("example name", "one")]: {
                summary: text("example summary", "One"),
                value: {},
              },
            },
          },
        },
        links: { [text("link name", "next")]: { operationId: "thing.list" } },
      },
      "401": { $ref: text("$ref of a response", unauthorized) },
    },
    callbacks: {
      [text("callback name", "done")]: {
        [text("callback url", "{$request.body#/url}")]: {
          post: { responses: { "200": { description: "" } } },
        },
      },
    },
  };
}

const partA = "#/components/schemas/PartA";
const unauthorized = "#/components/responses/Unauthorized";
