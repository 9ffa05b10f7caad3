const json = (schema: object): object => ({
  description: "",
  content: { "application/json": { schema } },
});

const text = { type: "string" };

/** A RESTful document with what the API that this package is made for does not have. */
export const operationsDocument: object = {
  openapi: "3.1.0",
  info: { title: "Operations", version: "1" },
  servers: [
    {
      url: "https://{region}.example.com/{base}",
      variables: {
        region: { default: "eu", enum: ["eu", "us"] },
        base: { default: "v2" },
      },
    },
    { url: "https://second.example.com" },
  ],
  paths: {
    "/items/{id}": {
      parameters: [
        { name: "id", in: "path", required: true, schema: text },
        { name: "X-Tag", in: "header", schema: text },
        { name: "X-Parts", in: "header", schema: { type: "object" } },
        { name: "page", in: "query", schema: text },
      ],
      get: {
        parameters: [
          { $ref: "#/components/parameters/Page" },
          {
            name: "ids",
            in: "query",
            schema: { type: "array", items: text },
          },
          {
            name: "flat",
            in: "query",
            explode: false,
            schema: { type: "array", items: text },
          },
          {
            name: "piped",
            in: "query",
            style: "pipeDelimited",
            explode: false,
            schema: { type: "array", items: text },
          },
          {
            name: "filter",
            in: "query",
            style: "deepObject",
            explode: true,
            schema: { type: "object", properties: { a: text } },
          },
          {
            name: "json",
            in: "query",
            content: { "application/json": { schema: { type: "object" } } },
          },
          {
            name: "plain",
            in: "query",
            content: { "text/plain": { schema: text } },
          },
          { name: "sid", in: "cookie", schema: text },
        ],
        responses: {
          200: { $ref: "#/components/responses/Item" },
          204: { description: "nothing" },
          "4XX": json({ type: "object" }),
          default: json({ type: "object" }),
        },
      },
      put: {
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["a"],
                properties: { a: text, list: { type: "array", items: text } },
              },
            },
          },
        },
        responses: {
          200: {
            description: "",
            content: {
              "application/json": { schema: { type: "number" } },
              "text/plain": { schema: text },
            },
          },
          201: json({ type: "boolean" }),
        },
      },
      delete: { responses: { 204: { description: "gone" } } },
      patch: {
        requestBody: { $ref: "#/components/requestBodies/Patch" },
        responses: { "2XX": json({ type: "boolean" }) },
      },
      head: { responses: { 200: json(text) } },
      options: { responses: { 200: { description: "" } } },
      trace: { responses: { 200: { description: "" } } },
    },
    "/upload": {
      post: {
        operationId: "files.upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["file"],
                properties: {
                  file: { type: "string", format: "binary" },
                  note: text,
                  meta: { type: "object" },
                  sizes: { type: "array", items: { type: "integer" } },
                  image: { type: "string", format: "binary" },
                  sheet: {
                    type: "string",
                    contentMediaType: "application/octet-stream",
                  },
                },
              },
              encoding: {
                file: { style: "form" },
                note: { contentType: "text/markdown" },
                sheet: { contentType: "text/csv" },
                image: { contentType: "image/png, image/jpeg" },
              },
            },
          },
        },
        responses: {
          default: json({ type: "object", properties: { id: text } }),
        },
        callbacks: {
          done: {
            "{$request.body#/url}": {
              post: { responses: { 200: { description: "" } } },
            },
          },
        },
      },
      get: {
        operationId: "files.download",
        requestBody: json({ type: "object" }),
        responses: {
          200: {
            description: "",
            content: { "application/pdf": {} },
          },
        },
      },
    },
    "/bytes": {
      servers: [{ url: "https://bytes.example.com" }],
      post: {
        operationId: "files.put",
        requestBody: {
          required: true,
          content: { "application/octet-stream": {}, "text/plain": {} },
        },
        responses: {
          200: {
            description: "",
            content: { "text/plain": { schema: text } },
            links: { next: { operationId: "files.upload" } },
          },
        },
        security: [{ key: [] }],
      },
    },
    "/forms": {
      post: {
        operationId: "forms.encoded",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                properties: {
                  card: { type: "object" },
                  tags: { type: "array", items: text },
                  plain: { type: "object" },
                  constructor: { type: "object" },
                },
              },
              encoding: {
                card: { style: "deepObject", explode: true },
                tags: { style: "pipeDelimited", explode: false },
                plain: { contentType: "application/xml" },
              },
            },
          },
        },
        responses: { 204: { description: "" } },
      },
      put: {
        operationId: "forms.mixed",
        requestBody: {
          required: true,
          content: {
            "multipart/mixed": {
              schema: { type: "object", properties: { 'a"b': text } },
            },
          },
        },
        responses: { 204: { description: "" } },
      },
    },
    "/ranges": {
      post: {
        operationId: "ranges.any",
        requestBody: {
          required: true,
          content: { "*/*": { schema: { $ref: "#/components/schemas/Note" } } },
        },
        responses: {
          200: {
            description: "",
            content: {
              "*/*": { schema: { $ref: "#/components/schemas/Note" } },
            },
          },
        },
      },
      put: {
        operationId: "ranges.image",
        requestBody: { required: true, content: { "image/*": {} } },
        responses: { 200: { description: "", content: { "*/*": {} } } },
      },
    },
    "/pictures": {
      put: {
        operationId: "pictures.put",
        requestBody: {
          required: true,
          content: { "image/png": {}, "image/jpeg": {}, "text/plain": {} },
        },
        responses: { 204: { description: "" } },
      },
    },
    "/fixed?action=list#first": {
      get: {
        operationId: "fixed.list",
        parameters: [{ name: "page", in: "query", schema: text }],
        responses: { 204: { description: "" } },
      },
    },
    "/lines": {
      post: {
        operationId: "lines.send",
        requestBody: {
          required: true,
          content: { "application/x-ndjson": { schema: text } },
        },
        responses: {
          200: {
            description: "",
            content: { "application/x-ndjson": { schema: text } },
          },
          202: {
            description: "",
            content: { "application/vnd.lines+json; charset=utf-8": {} },
          },
        },
      },
    },
    "/shared": { $ref: "#/components/pathItems/Shared" },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "k" } },
    parameters: {
      Page: { name: "page", in: "query", schema: { type: "integer" } },
    },
    headers: { Total: { schema: { type: "integer" } } },
    responses: {
      Item: {
        ...json({ $ref: "#/components/schemas/Item" }),
        headers: { "X-Total": { $ref: "#/components/headers/Total" } },
      },
    },
    requestBodies: {
      Patch: {
        required: true,
        content: {
          "application/merge-patch+json": {
            schema: { $ref: "#/components/schemas/Item" },
          },
        },
      },
    },
    pathItems: {
      Shared: {
        post: {
          operationId: "shared.echo",
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Item" },
              },
            },
          },
          responses: { 200: { $ref: "#/components/responses/Item" } },
        },
      },
    },
    schemas: {
      Item: {
        type: "object",
        required: ["id", "secret", "name", "inner", "revision"],
        properties: {
          id: { type: "string", readOnly: true },
          secret: { type: "string", writeOnly: true },
          name: text,
          inner: { $ref: "#/components/schemas/Inner" },
          revision: { $ref: "#/components/schemas/Revision" },
        },
      },
      Revision: { type: "integer", readOnly: true },
      Inner: {
        type: "object",
        required: ["at"],
        properties: { at: { type: "string", readOnly: true } },
      },
      Note: {
        type: "object",
        required: ["text"],
        properties: { text },
      },
      Unused: text,
    },
  },
};
