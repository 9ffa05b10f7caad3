import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../../templates/runtime/call.js";
import type { Fetch } from "../../templates/runtime/types.js";
import type { HeadersInit, Signer } from "../../templates/runtime/types.js";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const { path } = writeOperation;
const body = '{"sample_id":"s_1"}';

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer();
  server.act(path, (_request, response) => {
    response.end('{"meta":{"status":"SUCCESS"},"data":{}}');
  });
});
afterEach(() => server.close());

function received() {
  const [request] = server.requests;
  if (!request || server.requests.length > 1) {
    throw new Error(`${server.requests.length} requests were received, not 1`);
  }
  return request;
}

describe("a request is sealed when the signer sees it", () => {
  it("and the signer sees what is sent", async () => {
    const signer = vi.fn<Signer>(() => ({ "x-api-key": "sb_1" }));
    await callSample(sampleClient(server.url, { signer }), writeOperation, {
      headers: { "x-request-id": "r-1" },
    });

    expect(signer).toHaveBeenCalledTimes(1);
    const request = signer.mock.calls[0]?.[0];
    expect(request).toMatchObject({
      operation: "sample.create",
      method: "POST",
      attempt: 1,
      signal: expect.any(AbortSignal) as AbortSignal,
    });
    expect(request?.url.href).toBe(server.url + path);
    expect(Object.fromEntries(request?.headers ?? [])).toStrictEqual({
      accept: "application/json",
      "content-type": "application/json",
      "x-api-version": "2025-03-24",
      "x-request-id": "r-1",
      "user-agent": "kompliant-codegen",
    });
    expect(received().body.toString()).toBe(body);
    expect(received().body.equals(request?.body ?? Buffer.of())).toBe(true);
    for (const [name, value] of request?.headers ?? []) {
      expect(received().headers.get(name)).toBe(value);
    }
    expect(received().headers.get("x-api-key")).toBe("sb_1");
  });

  it("so that a signer cannot change it", async () => {
    const signer: Signer = (request) => {
      request.body.fill(0);
      request.headers.set("x-api-version", "1999-01-01");
      request.headers.set("x-added", "1");
      request.url.pathname = "/sample.delete";
      return { "x-api-key": "sb_1" };
    };
    await callSample(sampleClient(server.url, { signer }), writeOperation);
    expect(received().path).toBe(path);
    expect(received().body.toString()).toBe(body);
    expect(received().headers.get("x-api-version")).toBe("2025-03-24");
    expect(received().headers.has("x-added")).toBe(false);
  });

  it("so that changing the input during the call changes nothing", async () => {
    const input = { sample_id: "s_1" };
    const signer: Signer = () => {
      input.sample_id = "s_2";
      return { "x-api-key": "sb_1" };
    };
    const client = sampleClient(server.url, { signer });
    const pending = call(client, writeOperation, input);
    input.sample_id = "s_3";
    await pending;
    expect(received().body.toString()).toBe(body);
  });

  it("so that changing the signer's headers afterwards changes nothing", async () => {
    const headers = { authorization: "right" };
    const client = sampleClient(server.url, {
      signer: () => headers,
      onRequest: () => {
        headers.authorization = "wrong";
      },
    });
    await callSample(client, writeOperation);
    expect(received().headers.get("authorization")).toBe("right");
  });

  it("and a fetch that changes the body cannot change the next attempt", async () => {
    const bodies: string[] = [];
    const fetch: Fetch = (_url, init) => {
      const bytes = init.body as Uint8Array;
      bodies.push(Buffer.from(bytes).toString());
      bytes.fill(0);
      return Promise.resolve(
        new Response("", { status: 503, headers: { "retry-after": "0" } }),
      );
    };
    await callSample(sampleClient(server.url, { fetch }), readOperation);
    expect(bodies).toEqual([body, body, body]);
  });

  it("and a fetch may change what it gets, without a change of the next attempt", async () => {
    const sent: unknown[] = [];
    const fetch: Fetch = (_url, init) => {
      const headers = init.headers as Record<string, string>;
      sent.push(Object.keys(headers).includes("traceparent"));
      headers["traceparent"] = "00-1";
      init.body = "changed";
      delete (init as { signal?: unknown }).signal;
      expect(new Proxy(init, {}).method).toBe("POST");
      expect((Object.create(init) as RequestInit).redirect).toBe("manual");
      return Promise.reject(new TypeError("lost"));
    };
    await callSample(sampleClient(server.url, { fetch }), readOperation, {
      retry: { baseDelayMs: 0 },
    });
    expect(sent).toEqual([false, false, false]);
  });
});

describe("the signer's headers", () => {
  it.each<[string, HeadersInit]>([
    ["an object", { "X-Api-Key": "sb_1", Accept: "text/plain" }],
    [
      "pairs",
      [
        ["X-API-KEY", "sb_1"],
        ["accept", "text/plain"],
      ],
    ],
    ["Headers", new Headers({ "x-api-key": "sb_1", accept: "text/plain" })],
    ["an object in lower case", { "x-api-key": "sb_1", accept: "text/plain" }],
    [
      "an object that needs trimming",
      { "x-api-key": " sb_1 ", accept: "text/plain\t" },
    ],
  ])("can be %s, and win", async (_form, headers) => {
    const client = sampleClient(server.url, { signer: () => headers });
    const options = { headers: { "X-API-Key": "sb_call", "x-other": "1" } };
    await callSample(client, writeOperation, options);
    expect(received().headers.get("x-api-key")).toBe("sb_1");
    expect(received().headers.get("accept")).toBe("text/plain");
    expect(received().headers.get("x-other")).toBe("1");
  });
});

describe("what fetch gets", () => {
  it("keeps its signal when it is copied, so that aborting still closes the connection", async () => {
    const controller = new AbortController();
    const fetch: Fetch = (_url, init) => {
      const { signal } = { ...init };
      controller.abort();
      expect(signal?.aborted).toBe(true);
      return Promise.reject(new TypeError("aborted"));
    };
    const client = sampleClient("http://127.0.0.1", { fetch });
    const failure = failureOf(
      await callSample(client, writeOperation, { signal: controller.signal }),
    );
    expect(failure.error).toMatchObject({ code: "client.aborted" });
  });
});

describe("client.signing", () => {
  const cause = new Error("the key store is closed");
  /** What JavaScript code can return, past the types. */
  const returning = (value: unknown) => () => value as HeadersInit;

  const failing: [string, Signer][] = [
    [
      "throws",
      () => {
        throw cause;
      },
    ],
    ["rejects", () => Promise.reject(cause)],
    ["returns a value with a line break", () => ({ authorization: "a\nb" })],
    ["returns a value that is not Latin-1", () => ({ authorization: "a€" })],
    ["returns a name that is none", () => ({ "not a name": "1" })],
    ["returns a broken pair", () => [["authorization"]] as never],
    ["returns null", returning(null)],
    ["returns a text", returning("KSig1-HMAC-SHA256 x")],
    ["returns a number", returning(5)],
    ["returns nothing", returning(undefined)],
    ["resolves to nothing", () => Promise.resolve(undefined as never)],
    ["returns no header at all", () => ({})],
    ["returns a header that is undefined", returning({ a: undefined })],
    [
      "returns a header that frames the body",
      () => ({ "Content-Length": "0" }),
    ],
  ];

  it.each(failing)(
    "for a signer that %s, and nothing is sent",
    async (_how, signer) => {
      const onRequest = vi.fn();
      const client = sampleClient(server.url, { signer, onRequest });
      const failure = failureOf(await callSample(client, writeOperation));
      expect(failure).toMatchObject({
        attempts: 1,
        error: {
          code: "client.signing",
          outcome: "not_sent",
          cause: expect.any(Error) as Error,
        },
      });
      expect(failure).not.toHaveProperty("response");
      expect(onRequest).not.toHaveBeenCalled();
      expect(server.requests).toHaveLength(0);
    },
  );

  it("carries what the signer threw", async () => {
    const client = sampleClient(server.url, {
      signer: () => Promise.reject(cause),
    });
    const { error } = failureOf(await callSample(client, writeOperation));
    expect(error).toHaveProperty("cause", cause);
  });

  it("never repeats the header that could not be sent", async () => {
    const client = sampleClient(server.url, {
      signer: () => ({ authorization: "Bearer hush-\n-hush" }),
    });
    const failure = failureOf(await callSample(client, writeOperation));
    expect(failure.error.code).toBe("client.signing");
    expect(inspect(failure, { depth: Infinity })).not.toContain("hush");
  });

  it.each<[string, Signer]>([
    ["hangs", () => new Promise(() => undefined)],
    [
      "fails because of the timeout",
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(cause);
          });
        }),
    ],
  ])(
    "for a signer that %s, within the call's deadline",
    async (_how, signer) => {
      const client = sampleClient(server.url, { signer, timeoutMs: 20 });
      const failure = failureOf(await callSample(client, writeOperation));
      expect(failure).toMatchObject({
        attempts: 1,
        error: {
          code: "client.signing",
          outcome: "not_sent",
          cause: expect.any(Error) as Error,
        },
      });
      expect(server.requests).toHaveLength(0);
    },
  );

  it("keeps the unknown outcome of the attempts before it", async () => {
    let signed = 0;
    const client = sampleClient(server.url, {
      signer: () => {
        signed += 1;
        if (signed > 1) throw cause;
        return { "x-api-key": "sb_1" };
      },
      fetch: () => Promise.reject(new TypeError("lost")),
      retry: { baseDelayMs: 0 },
    });
    const { error } = failureOf(await callSample(client, readOperation));
    expect(error).toMatchObject({ code: "client.signing", outcome: "unknown" });
  });
});

describe("an input that JSON cannot express", () => {
  it("rejects with a TypeError before anything is signed", async () => {
    const signer = vi.fn<Signer>(() => ({ "x-api-key": "sb_1" }));
    const client = sampleClient(server.url, { signer });
    const circular: { self?: unknown } = {};
    circular.self = circular;
    for (const input of [{ amount: 1n }, circular]) {
      await expect(call(client, writeOperation, input)).rejects.toThrow(
        TypeError,
      );
    }
    expect(signer).not.toHaveBeenCalled();
  });
});
