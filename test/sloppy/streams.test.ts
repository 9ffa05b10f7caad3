import { describe, expect, it } from "vitest";
import { compileErrors } from "../hostile/compile.js";
import { modelOf } from "../model/spec-builder.js";
import { generateSloppy } from "./generate-sloppy.js";

const tick = { $ref: "#/components/schemas/Tick" };
const schemas = {
  Tick: {
    type: "object",
    required: ["title"],
    properties: { title: { type: "string" } },
  },
  Named: {
    type: "object",
    required: ["data"],
    properties: { event: { const: "tick" }, id: {}, data: tick },
  },
  Other: {
    type: "object",
    properties: {
      event: { const: "other" },
      data: {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { type: "integer" },
      },
    },
  },
  Level: { type: "string", enum: ["low", "high"] },
};

const sse = "text/event-stream";
const text = { type: "string" };

interface Case {
  readonly what: string;
  readonly type: string;
  readonly media: object;
  readonly place: string;
  readonly schema: unknown;
}

const cases: readonly Case[] = [
  ...[sse, "text/event-stream; charset=utf-8", "Text/Event-Stream"].map(
    (type) => ({
      what: "an object",
      type,
      media: { schema: tick },
      place: "events",
      schema: tick,
    }),
  ),
  ...[
    "application/x-ndjson",
    "application/ndjson;charset=utf-8",
    "application/jsonl",
    "application/jsonlines",
    "application/json-lines",
    "application/json-seq",
    "application/geo+json-seq",
    "application/x-jsonlines",
  ].map((type) => ({
    what: "an object",
    type,
    media: { schema: tick },
    place: "lines",
    schema: tick,
  })),
  {
    what: "a list of the body's items",
    type: "application/jsonl",
    media: { schema: { type: "array", items: tick } },
    place: "lines",
    schema: tick,
  },
  {
    what: "an item beside the body",
    type: "application/jsonl",
    media: { schema: { type: "array" }, itemSchema: text },
    place: "lines",
    schema: text,
  },
  {
    what: "a text for the body",
    type: "application/jsonl",
    media: { schema: text },
    place: "bytes",
    schema: { type: "string", format: "binary" },
  },
  {
    what: "nothing",
    type: "application/jsonl",
    media: {},
    place: "bytes",
    schema: { type: "string", format: "binary" },
  },
  {
    what: "nothing",
    type: sse,
    media: {},
    place: "textEvents",
    schema: text,
  },
  {
    what: "a text with listed values",
    type: sse,
    media: { schema: { $ref: "#/components/schemas/Level" } },
    place: "textEvents",
    schema: { $ref: "#/components/schemas/Level" },
  },
  {
    what: "bytes",
    type: sse,
    media: { schema: { type: "string", format: "binary" } },
    place: "bytes",
    schema: { type: "string", format: "binary" },
  },
  {
    what: "an event with its fields",
    type: sse,
    media: { itemSchema: { $ref: "#/components/schemas/Named" } },
    place: "events",
    schema: tick,
  },
  {
    what: "several events",
    type: sse,
    media: {
      schema: {
        oneOf: [
          { $ref: "#/components/schemas/Named" },
          { $ref: "#/components/schemas/Other" },
        ],
      },
    },
    place: "events",
    schema: { anyOf: [tick, { type: "integer" }] },
  },
  {
    what: "events with JSON and with text",
    type: sse,
    media: {
      itemSchema: {
        properties: { event: text },
        oneOf: [
          { $ref: "#/components/schemas/Named" },
          { properties: { data: text } },
        ],
      },
    },
    place: "textEvents",
    schema: text,
  },
  {
    what: "an object with data among other properties",
    type: sse,
    media: { schema: { properties: { data: text, count: text } } },
    place: "events",
    schema: { properties: { data: text, count: text } },
  },
];

function documentOf(contents: readonly object[]): object {
  const paths = contents.map((responses, index) => [
    `/s${String(index)}`,
    { get: { operationId: `s${String(index)}`, responses } },
  ]);
  return {
    openapi: "3.1.0",
    info: { title: "Streams", version: "1" },
    servers: [{ url: "https://streams.example.com" }],
    paths: Object.fromEntries(paths) as object,
    components: { schemas },
  };
}

const success = (content: object) => ({ "200": { description: "", content } });

async function outputOf(responses: object) {
  const { operations } = await modelOf({
    operations: {},
    more: documentOf([responses]) as Record<string, unknown>,
  });
  return operations[0]?.output;
}

describe("the items of a stream", () => {
  it.each(cases)("of $type with $what", async (given) => {
    const { type, media, place, schema } = given;
    expect(await outputOf(success({ [type]: media }))).toMatchObject({
      place,
      schema,
      mayBeEmpty: false,
      mediaTypes: [type.toLowerCase().replace(/;.*/, "")],
    });
  });

  it("may be missing", async () => {
    const responses = {
      ...success({ [sse]: { schema: tick } }),
      "204": { description: "" },
    };
    expect(await outputOf(responses)).toMatchObject({
      place: "events",
      mayBeEmpty: true,
    });
  });

  it("are not asked for where JSON is an alternative", async () => {
    const responses = success({
      [sse]: { schema: tick },
      "application/json": { schema: tick },
    });
    expect(await outputOf(responses)).toMatchObject({
      place: "body",
      schema: tick,
      accept: undefined,
    });
  });
});

it("clients with streams compile, and their items are typed", async () => {
  const { files } = await generateSloppy(
    documentOf([
      ...cases.map(({ type, media }) => success({ [type]: media })),
      {
        ...success({ [sse]: { schema: tick } }),
        "204": { description: "" },
      },
    ]),
  );
  const use = `
import { s0 } from "./index.js";
import * as api from "./index.js";
import type { ByteStream, Client, EventStream, FailedItem, LineStream, Tick } from "./index.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;

export const events: Same<api.S0Data, EventStream<api.S0Item>> = true;
export const item: Same<api.S0Item, Tick> = true;
export const lines: Same<api.S3Data, LineStream<api.S3Item>> = true;
export const bytes: Same<api.S13Data, ByteStream> = true;
export const text: Same<api.S15Item, string> = true;
export const values: Same<api.S16Item, api.Level> = true;
export const several: Same<api.S19Item, Tick | number> = true;
export const optional: Same<api.S22Data, EventStream<Tick> | undefined> = true;

export async function watch(client: Client): Promise<FailedItem | string> {
  const result = await s0(client, {}, { lastEventId: "1", timeoutMs: 1 });
  if (!result.ok) return result.error.message;
  for await (const item of result.data) {
    // @ts-expect-error: the item may have failed
    item.data;
    if (!item.ok) return item;
    const title: string = item.data.title;
    const id: string = item.id;
    const wait: number | undefined = item.retry;
    if (item.event === "end" && wait) return title + id;
  }
  return "";
}
`;
  expect(compileErrors([[...files, { path: "use.ts", text: use }]])).toEqual(
    [],
  );
});
