import { describe, expect, it, vi } from "vitest";
import { call } from "../../templates/runtime/call.js";
import { encodeParameters } from "../../templates/runtime/parameters.js";
import type { Parameter } from "../../templates/runtime/parameters.js";
import type {
  Fetch,
  Operation,
  Signer,
} from "../../templates/runtime/types.js";
import { sampleClient, writeOperation } from "../support/sample-operations.js";

const parameters: readonly Parameter[] = [
  { name: "id", in: "path" },
  { name: "q", in: "query" },
  { name: "deep", in: "query", style: "deepObject", explode: true },
  { name: "list", in: "query", explode: false },
  { name: "X-Tag", in: "header" },
  { name: "sid", in: "cookie" },
];

/** The `TypeError` that a call with an input rejects with; nothing of it may be signed. */
async function refusalOf(
  input: object,
  mediaType?: string,
): Promise<TypeError> {
  const signer = vi.fn<Signer>(() => ({ "x-api-key": "1" }));
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response("{}")));
  const operation: Operation = {
    ...writeOperation,
    path: "/items/{id}",
    encode: (path, given) =>
      encodeParameters(path, given, parameters, mediaType),
  };
  const client = sampleClient("http://127.0.0.1", { signer, fetch });
  const placed = { path: { id: "1" }, ...input };
  const thrown: unknown = await call(client, operation, placed).catch(
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(TypeError);
  expect(signer).not.toHaveBeenCalled();
  expect(fetch).not.toHaveBeenCalled();
  return thrown as TypeError;
}

const refusal =
  /^\w+ given where a text or a plain object belongs$|^JSON cannot express this \w+$|takes a text or bytes as body$/;

const lost: readonly (readonly [what: string, value: unknown])[] = [
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["bytes", Uint8Array.of(1, 2)],
  ["a number that is none", NaN],
  ["an infinite number", Infinity],
  ["a function", () => 1],
  ["a symbol", Symbol("a")],
];

describe("an input whose meaning would be lost is refused before anything is signed", () => {
  it.each(lost)("%s in a parameter", async (_what, value) => {
    for (const input of [
      { path: { id: value } },
      { query: { q: value } },
      { query: { q: [value] } },
      { query: { q: { a: value } } },
      { query: { deep: { a: value } } },
      { query: { list: [value] } },
      { header: { "X-Tag": value } },
      { cookie: { sid: value } },
    ]) {
      expect((await refusalOf(input)).message).toMatch(refusal);
    }
  });

  it.each(lost)("%s in a form", async (_what, value) => {
    const form = "application/x-www-form-urlencoded";
    for (const body of [{ a: value }, { a: [value] }]) {
      for (const mediaType of [form, "multipart/form-data"]) {
        const { message } = await refusalOf({ body }, mediaType);
        expect(message).toMatch(refusal);
      }
    }
  });

  it.each([
    ["multipart/form-data", new FormData()],
    ["multipart/form-data", new Map()],
    ["application/x-www-form-urlencoded", new URLSearchParams("a=1")],
    ["text/xml", { a: 1 }],
    ["text/xml", [1]],
  ])("as %s: %o", async (mediaType, body) => {
    const { message } = await refusalOf({ body }, mediaType);
    expect(message).toMatch(refusal);
  });

  it.each(["\ud800", "a\udc00b"])("half a surrogate pair %j", async (half) => {
    for (const input of [{ path: { id: half } }, { query: { q: half } }]) {
      expect(await refusalOf(input)).toBeInstanceOf(TypeError);
    }
  });

  it.each([
    "tok_SECRET\r\nx: y",
    "tok_SECRET\n",
    "tok_SECRET\0",
    "tok_SECRET €",
  ])("a header parameter %j, without repeating it", async (value) => {
    const error = await refusalOf({ header: { "X-Tag": value } });
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("x-tag");
    expect(String(error)).not.toContain("SECRET");
  });
});
