import { expect, it } from "vitest";
import { compileErrors } from "../hostile/compile.js";
import { generateSloppy } from "./generate-sloppy.js";

const named = (properties: object): object => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string" }, ...properties },
});

const either = (left: string, right: string): object => ({
  oneOf: [left, right].map((name) => ({
    $ref: `#/components/schemas/${name}`,
  })),
  discriminator: { propertyName: "kind" },
});

const delivery = (schema: object): object => ({
  post: {
    requestBody: { content: { "application/json": { schema } } },
    responses: { 200: { description: "" } },
  },
});

it("discriminators in the bodies and payloads of webhooks tell their alternatives apart", async () => {
  const { files } = await generateSloppy({
    openapi: "3.1.0",
    info: { title: "Webhooks", version: "1" },
    paths: {},
    webhooks: {
      BODY: delivery(either("Cat", "Dog")),
      PAYLOAD: delivery({
        type: "object",
        properties: {
          data: {
            type: "string",
            contentMediaType: "application/json",
            contentSchema: either("Ant", "Bee"),
          },
        },
      }),
    },
    components: {
      schemas: {
        Cat: named({ meow: { type: "boolean" } }),
        Dog: named({ bark: { type: "boolean" } }),
        Ant: named({}),
        Bee: named({ wings: { type: "integer" } }),
      },
    },
  });
  const usage = `
    import type { WebhookBodies, WebhookPayloads } from "./index.js";
    export const a: WebhookBodies["BODY"] = { kind: "Cat", meow: true };
    export const b: WebhookPayloads["PAYLOAD"] = { kind: "Bee", wings: 4 };
    // @ts-expect-error a dog does not meow
    export const c: WebhookBodies["BODY"] = { kind: "Dog", meow: true };
    // @ts-expect-error an ant has no wings
    export const d: WebhookPayloads["PAYLOAD"] = { kind: "Ant", wings: 4 };
  `;
  const client = [...files, { path: "usage.ts", text: usage }];
  expect(compileErrors([client])).toEqual([]);
});
