import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { decodeBody } from "../../templates/runtime/decode-body.js";
import { decodeData } from "../../templates/runtime/decode.js";
import { ksig1 } from "../../templates/runtime/ksig1.js";
import type { Fetch } from "../../templates/runtime/types.js";
import { documentedCredentials, secrets } from "../support/credentials.js";
import {
  callSample,
  failureOf,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const url = "http://127.0.0.1";
const json = '{"meta":{"status":"SUCCESS"},"data":{"sample_id":"s_1"}}';
const bytes = new TextEncoder().encode(json);

/** A call whose `fetch` resolves to something that need not be a `Response`. */
function callWith(received: unknown, operation = writeOperation) {
  const fetch = vi.fn(() => Promise.resolve(received));
  const client = sampleClient(url, {
    fetch: fetch as unknown as Fetch,
    signer: ksig1(documentedCredentials),
    retry: { baseDelayMs: 0 },
  });
  return { fetch, result: callSample(client, operation) };
}

/** A `Response` that was given to somebody else before, as a mock does that is called twice. */
function taken(): Response {
  const response = new Response(json);
  response.body?.getReader();
  return response;
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const streamOf = (...chunks: Uint8Array[]) =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    }),
  );

describe("a body arrives whole", () => {
  it.each<[string, () => unknown]>([
    ["an empty first chunk", () => streamOf(new Uint8Array(), bytes)],
    [
      "empty chunks anywhere",
      () =>
        streamOf(
          bytes.slice(0, 9),
          new Uint8Array(),
          bytes.slice(9),
          new Uint8Array(),
        ),
    ],
    [
      "a buffer that is used again",
      () => {
        const buffer = new Uint8Array(20);
        let at = 0;
        const read = () => {
          const part = bytes.slice(at, at + 20);
          at += 20;
          buffer.set(part);
          const value = buffer.subarray(0, part.length);
          return Promise.resolve({ done: part.length === 0, value });
        };
        const body = { getReader: () => ({ read, cancel: () => undefined }) };
        return { status: 200, headers: new Headers(), body };
      },
    ],
    [
      "no stream, as from node-fetch",
      () => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: {},
        arrayBuffer: () => Promise.resolve(bytes.buffer),
      }),
    ],
  ])("with %s", async (_what, received) => {
    expect(await callWith(received()).result).toMatchObject({
      ok: true,
      data: { sample_id: "s_1" },
    });
  });
});

describe("a body that is not made of bytes", () => {
  it.each<[string, unknown]>([
    ["text", json],
    ["nothing", undefined],
    ["numbers", 7],
  ])("is said of chunks of %s", async (_what, chunk) => {
    const chunks = [chunk];
    const read = () =>
      Promise.resolve({ done: chunks.length === 0, value: chunks.pop() });
    const body = { getReader: () => ({ read, cancel: () => undefined }) };
    const mock = { status: 200, headers: new Headers(), body };
    expect(failureOf(await callWith(mock).result)).toMatchObject({
      attempts: 1,
      outcome: "unknown",
      error: { message: "HTTP 200: the body is not made of bytes" },
    });
  });
});

describe("what is no Response", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", json],
    ["a mock with json() alone", { ok: true, status: 200, json: () => ({}) }],
    ["a status that is none", { status: "200", headers: {}, body: null }],
    ["headers that are none", { status: 200, headers: "x: y", body: null }],
    [
      "headers that no header is",
      { status: 200, headers: { "a b": "1" }, body: null },
    ],
    ["a Response whose body was taken", taken()],
    [
      "getters that throw",
      {
        get status() {
          throw new Error("hush");
        },
      },
    ],
  ])("is said of %s, and not repeated", async (_what, received) => {
    const { fetch, result } = callWith(received, readOperation);
    expect(failureOf(await result)).toMatchObject({
      attempts: 1,
      outcome: "unknown",
      error: {
        code: "client.network",
        message: "fetch did not return a Response that can be read",
      },
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe("a call never rejects", () => {
  it("for plain headers under a failure", async () => {
    const mock = { status: 500, headers: {}, body: null };
    expect(failureOf(await callWith(mock).result)).toMatchObject({
      outcome: "unknown",
      response: { status: 500 },
    });
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("cancel");
      },
    ],
    ["returns nothing", () => undefined],
    ["rejects", () => Promise.reject(new Error("cancel"))],
  ])("for a cancel that %s", async (_how, cancel) => {
    const read = () => Promise.reject(new Error("broken"));
    const body = { getReader: () => ({ read, cancel }) };
    const mock = { status: 200, headers: new Headers(), body };
    expect(failureOf(await callWith(mock).result).outcome).toBe("unknown");
  });

  it.each<[string, unknown]>([
    ...["message", "code", "cause", "name", "syscall", "errors"].map(
      (field): [string, unknown] => [
        `a getter of ${field} that throws`,
        withGetter(field),
      ],
    ),
    ["a code without a text", { code: Object.create(null) as object }],
    ["a revoked proxy", revokedProxy()],
    ["a cause that is one", { cause: revokedProxy() }],
    ["nothing", undefined],
    ["a text", "hush"],
  ])("for an error with %s", async (_what, error) => {
    const client = sampleClient(url, {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a wrapper rejects with
      fetch: () => Promise.reject(error),
      retry: false,
    });
    expect(failureOf(await callSample(client, writeOperation))).toMatchObject({
      outcome: "unknown",
      error: { code: "client.network" },
    });
  });
});

/** An error one of whose fields cannot be read. */
function withGetter(field: string): Error {
  return Object.defineProperty(new Error("failed"), field, {
    get: () => {
      throw new Error("hush");
    },
  });
}

describe("a call never rejects for a fetch that", () => {
  it.each<[string, () => unknown]>([
    [
      "throws at once",
      () => {
        throw new Error("hush");
      },
    ],
    [
      "returns a thenable that throws",
      () => ({
        then: () => {
          throw new Error("hush");
        },
      }),
    ],
    ["never heard of promises", () => 5],
  ])("%s", async (_what, fetch) => {
    const client = sampleClient(url, { fetch: fetch as Fetch, retry: false });
    expect(failureOf(await callSample(client, writeOperation))).toMatchObject({
      outcome: "unknown",
      error: { code: "client.network" },
    });
  });
});

describe("a fetch of one's own", () => {
  it("is called without this, and so is the signer", async () => {
    const seen: unknown[] = [];
    const client = sampleClient(url, {
      fetch: function (this: unknown) {
        seen.push(this);
        return Promise.resolve(new Response(json));
      },
      signer: function (this: unknown) {
        seen.push(this);
        return { "x-api-key": "1" };
      },
    });
    await callSample(client, writeOperation);
    expect(seen).toEqual([undefined, undefined]);
  });

  it("is asked not to cache, and not to send a write by a connection that may die", async () => {
    const inits: RequestInit[] = [];
    const fetch: Fetch = (_url, init) => {
      inits.push(init);
      return Promise.resolve(new Response(json));
    };
    const client = sampleClient(url, { fetch });
    await callSample(client, writeOperation);
    await callSample(client, readOperation);
    expect(inits).toMatchObject([
      { cache: "no-store", keepalive: false },
      { cache: "no-store" },
    ]);
    expect(inits[1]).not.toHaveProperty("keepalive");
  });

  it("that comes back too late has its body cancelled", async () => {
    const cancel = vi.fn();
    const client = sampleClient(url, {
      timeoutMs: 10,
      fetch: () =>
        new Promise((resolve) =>
          setTimeout(() => {
            resolve(new Response(new ReadableStream({ cancel })));
          }, 40),
        ),
    });
    await callSample(client, writeOperation);
    await vi.waitFor(() => {
      expect(cancel).toHaveBeenCalledTimes(1);
    });
  });
});

describe("no secret is shown", () => {
  const everywhere = (value: unknown) =>
    inspect(value, { depth: Infinity }) + JSON.stringify(value);
  const escapes: Readonly<Record<string, (text: string) => string>> = {
    verbatim: (text) => text,
    "of PHP": (text) => text.replaceAll("/", "\\/"),
    "of mustache": (text) =>
      text.replace(/[/=]/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
    "of Go": (text) => text.replaceAll("+", "&#43;"),
    "of URLs": encodeURIComponent,
    "of Gson": (text) =>
      text.replace(/[+=]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
    "that break off": (text) => text.slice(0, -9),
  };

  it.each(Object.entries(escapes))(
    "of a page that repeats the request with escapes %s",
    async (_how, escape) => {
      const client = sampleClient(url, {
        signer: ksig1(documentedCredentials),
        fetch: (_url, init) => {
          const { headers } = init;
          const values = Object.values(headers as Record<string, string>);
          const page = `<pre>${values.map(escape).join("\n")}`;
          return Promise.resolve(new Response(page, { status: 502 }));
        },
        retry: false,
      });
      const failure = failureOf(await callSample(client, writeOperation));
      const printed = everywhere(failure);
      for (const secret of secrets) {
        for (const run of secret.split(/[^A-Za-z\d]+/)) {
          if (run.length >= 8) expect(printed).not.toContain(run.slice(0, 8));
        }
      }
    },
  );

  it.each([
    ["an envelope", decodeData, (page: object) => ({ errors: [page] })],
    ["a plain body", decodeBody, (page: object) => page],
  ])("of JSON that is not the API's, in %s", async (_where, decode, wrap) => {
    const client = sampleClient(url, {
      signer: ksig1(documentedCredentials),
      fetch: (_url, init) => {
        const { headers } = init;
        const page = { message: JSON.stringify(headers), seen: headers };
        return Promise.resolve(Response.json(wrap(page), { status: 502 }));
      },
      retry: false,
    });
    const operation = { ...writeOperation, decode };
    const failure = failureOf(await callSample(client, operation));
    expect(failure).toMatchObject({
      outcome: "unknown",
      error: { code: "undocumented", wire: { seen: {} } },
    });
    const printed = everywhere(failure);
    for (const secret of secrets) expect(printed).not.toContain(secret);
  });

  it("of a cause that holds the request, and it is still there to be read", async () => {
    const cause = Object.assign(new Error("failed"), {
      code: "ECONNREFUSED",
      config: { headers: { authorization: secrets[0] } },
    });
    const client = sampleClient(url, {
      fetch: () => Promise.reject(cause),
      retry: false,
    });
    const failure = failureOf(await callSample(client, writeOperation));
    expect(everywhere(failure)).not.toContain(secrets[0]);
    expect(failure.error).toMatchObject({ cause, reason: "ECONNREFUSED" });
  });

  it("of response headers, all of which are kept", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    const client = sampleClient(url, {
      fetch: () => Promise.resolve(new Response(json, { headers })),
    });
    const { response } = await callSample(client, writeOperation);
    expect(response?.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("of response headers that repeat the request", async () => {
    const client = sampleClient(url, {
      signer: ksig1(documentedCredentials),
      fetch: (_url, init) => {
        const echo = new Headers(init.headers).get("authorization") ?? "";
        return Promise.resolve(new Response(json, { headers: { echo } }));
      },
    });
    const result = await callSample(client, writeOperation);
    expect(result.response?.headers.get("echo")).toContain("***");
    const printed = everywhere([result, result.response?.headers]);
    for (const secret of secrets) expect(printed).not.toContain(secret);
  });
});
