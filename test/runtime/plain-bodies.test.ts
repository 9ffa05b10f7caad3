import { describe, expect, it, vi } from "vitest";
import { call } from "../../templates/runtime/call.js";
import { decodeBody } from "../../templates/runtime/decode-body.js";
import { encodeParameters } from "../../templates/runtime/parameters.js";
import type { Operation, Signer } from "../../templates/runtime/types.js";
import type { Result } from "../../templates/runtime/result.js";
import type { SampleError } from "../support/sample-operations.js";
import {
  failureOf,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const plain: Operation = { ...writeOperation, decode: decodeBody };

/** What an operation makes of a response. */
function answered(
  status: number,
  body: string,
  type: string | undefined,
  operation = plain,
): Promise<Result<unknown, SampleError>> {
  const response = new Response(new TextEncoder().encode(body), {
    status,
    ...(type !== undefined && { headers: { "content-type": type } }),
  });
  const client = sampleClient("http://127.0.0.1", {
    fetch: () => Promise.resolve(response),
    retry: false,
  });
  return call(client, operation, {}, {});
}

describe("a body that is the data itself", () => {
  it.each([
    ["application/json", undefined],
    ["application/problem+json; charset=utf-8", undefined],
    [undefined, undefined],
    ["application/json", ["text/plain", "application/json"]],
    ["application/hal+json", ["text/plain", "application/json"]],
    ["application/json", ["*/*"]],
    ["Application/JSON ; charset=utf-8", ["application/*"]],
  ])("is data as %s for %s", async (type, mediaTypes) => {
    const operation = { ...plain, ...(mediaTypes && { mediaTypes }) };
    expect(await answered(200, '{"a":1}', type, operation)).toMatchObject({
      ok: true,
      data: { a: 1 },
    });
  });

  it.each([
    ["text/plain", ["application/json", "text/plain"]],
    ["text/html", ["*/*"]],
    ["text/csv; charset=utf-8", ["text/*"]],
  ])("is text as %s for %s", async (type, mediaTypes) => {
    const operation = { ...plain, mediaTypes };
    expect(await answered(200, '{"a":1}', type, operation)).toMatchObject({
      ok: true,
      data: '{"a":1}',
    });
  });

  it("is not JSON where only bytes are documented", async () => {
    const operation = { ...plain, mediaTypes: ["application/pdf"] };
    const pdf = await answered(200, "%PDF", "application/pdf", operation);
    expect(pdf.ok && pdf.data).toBeInstanceOf(Blob);
    const json = await answered(200, "{}", "application/json", operation);
    expect(failureOf(json).error.code).toBe("client.invalid_response");
  });

  it.each([
    [200, "<h1>login</h1>", "text/html"],
    [200, "<h1>login</h1>", undefined],
    [200, "%PDF", "application/pdf"],
    [302, "Moved", "text/html"],
    [502, "<h1>Bad Gateway</h1>", "text/html"],
    [502, "", undefined],
  ])("is not that of the API: %d %j as %s", async (status, body, type) => {
    expect(failureOf(await answered(status, body, type))).toMatchObject({
      outcome: "unknown",
      error: { code: "client.invalid_response", status, excerpt: body },
    });
  });

  it.each([
    [400, '{"detail":"no"}', "answered"],
    [404, '{"code":"ENTITY_NOT_FOUND","message":"None."}', "answered"],
    [503, '{"message":"Service Unavailable"}', "unknown"],
    [504, '{"message":"Endpoint request timed out"}', "unknown"],
    [429, '{"message":"Too Many Requests"}', "unknown"],
    [425, '{"message":"Too Early"}', "unknown"],
  ])("is an error under %d: %s", async (status, body, outcome) => {
    const failure = failureOf(await answered(status, body, "application/json"));
    expect(failure.outcome).toBe(outcome);
  });
});

describe("a parameter that cannot be sent", () => {
  const operation: Operation = {
    ...plain,
    path: "/samples/{id}",
    encode: (path, input) =>
      encodeParameters(path, input, [
        { name: "id", in: "path" },
        { name: "X-Tag", in: "header" },
      ]),
  };

  it.each([
    ["a line break in a header", { "X-Tag": "tok_SECRET\r\nx: y" }, "s_1"],
    ["a header that is not Latin-1", { "X-Tag": "tok_SECRET €" }, "s_1"],
    ["half a surrogate pair in the path", {}, "tok_SECRET\ud800"],
  ])(
    "is a TypeError before anything is signed: %s",
    async (_what, header, id) => {
      const signer = vi.fn<Signer>(() => ({ "x-api-key": "1" }));
      const client = sampleClient("http://127.0.0.1", { signer });
      const input = { path: { id }, header };
      const thrown: unknown = await call(client, operation, input).catch(
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(TypeError);
      expect(String(thrown)).not.toContain("SECRET");
      expect(signer).not.toHaveBeenCalled();
    },
  );
});
