import { describe, expect, it, vi } from "vitest";
import type {
  ClientOptions,
  Fetch,
  Signer,
} from "../../templates/runtime/types.js";
import {
  callSample,
  failureOf,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const url = "http://127.0.0.1";
const ok = () =>
  Promise.resolve(
    Response.json({ meta: { status: "SUCCESS" }, data: { sample_id: "s_1" } }),
  );
const lose = () => Promise.reject(new TypeError("lost"));

/** Options as JavaScript code can give them, past the types, and the name that the message has to have. */
const wrong: readonly (readonly [name: string, options: object])[] = [
  ...[NaN, 0, -1, 0.5, "5000", null].map(
    (value) => ["timeoutMs", { timeoutMs: value }] as const,
  ),
  ...[NaN, 0, -1].map(
    (value) => ["attemptTimeoutMs", { attemptTimeoutMs: value }] as const,
  ),
  ...[NaN, 0, -1].map(
    (value) => ["maxBodyBytes", { maxBodyBytes: value }] as const,
  ),
  ...[NaN, 0, 2.5, "3"].map(
    (value) => ["attempts", { retry: { attempts: value } }] as const,
  ),
  ...[NaN, -1].map(
    (value) => ["baseDelayMs", { retry: { baseDelayMs: value } }] as const,
  ),
  ["maxDelayMs", { retry: { maxDelayMs: NaN } }],
  ...["1e3", 5n, [5], new Date(5), true].flatMap((value) => [
    ["timeoutMs", { timeoutMs: value }] as const,
    ["attemptTimeoutMs", { attemptTimeoutMs: value }] as const,
    ["maxBodyBytes", { maxBodyBytes: value }] as const,
    ["attempts", { retry: { attempts: value } }] as const,
    ["baseDelayMs", { retry: { baseDelayMs: value } }] as const,
    ["maxDelayMs", { retry: { maxDelayMs: value } }] as const,
  ]),
  ...[true, 5, "no", null].map((value) => ["retry", { retry: value }] as const),
  ...["onRequest", "onResponse", "onRetry", "onResult"].map(
    (name) => [name, { [name]: "log" }] as const,
  ),
];

describe("a setting that cannot be obeyed", () => {
  it.each([
    ...wrong,
    ["signer", { signer: {} }] as const,
    ["fetch", { fetch: "fetch" }] as const,
    ["apiVersion", { apiVersion: 5 }] as const,
    ["allowInsecure", { allowInsecure: "yes" }] as const,
  ])("is refused for a client: %s in %o", (name, options) => {
    expect(() => sampleClient(url, options)).toThrow(TypeError);
    expect(() => sampleClient(url, options)).toThrow(name);
  });

  it.each([
    ...wrong,
    ...[{}, null, "abort", new AbortController(), new EventTarget()].map(
      (value) => ["signal", { signal: value }] as const,
    ),
    ["headers", { headers: { "x-a": undefined } }] as const,
    ["headers", { headers: 5 }] as const,
    ["content-length", { headers: { "Content-Length": "1" } }] as const,
    ["options", 5 as unknown as object] as const,
    ["options", null as unknown as object] as const,
  ])("is refused for a call: %s in %o", async (name, options) => {
    vi.useFakeTimers();
    try {
      const signer = vi.fn<Signer>(() => ({ "x-api-key": "1" }));
      const call = callSample(
        sampleClient(url, { signer }),
        writeOperation,
        options,
      );
      const thrown: unknown = await call.catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(TypeError);
      expect((thrown as TypeError).message).toContain(name);
      expect(signer).not.toHaveBeenCalled();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([NaN, 0, -1, "5", Infinity, 1e12].map((value) => ({ value })))(
    "of any number is either refused or obeyed: $value",
    async ({ value }) => {
      const names = ["timeoutMs", "attemptTimeoutMs", "maxBodyBytes"];
      const retries = ["attempts", "baseDelayMs", "maxDelayMs"];
      const all = [
        ...names.map((name): object => ({ [name]: value })),
        ...retries.map((name): object => ({ retry: { [name]: value } })),
      ] as Partial<ClientOptions>[];
      for (const options of all) {
        let client;
        try {
          client = sampleClient(url, { fetch: ok, ...options });
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          continue;
        }
        expect(await callSample(client, readOperation)).toMatchObject({
          ok: true,
          attempts: 1,
        });
      }
    },
  );

  it("may be infinite when that is said", async () => {
    const client = sampleClient(url, {
      fetch: ok,
      timeoutMs: Infinity,
      maxBodyBytes: Infinity,
    });
    expect(await callSample(client, readOperation)).toHaveProperty("ok", true);
  });
});

describe("plain http", () => {
  it("needs allowInsecure where it is not loopback", async () => {
    const container = "http://kompliant-mock:8080";
    expect(() => sampleClient(container)).toThrow("allowInsecure");
    const fetch = vi.fn<Fetch>(ok);
    const client = sampleClient(container, { fetch, allowInsecure: true });
    expect(await callSample(client, readOperation)).toHaveProperty("ok", true);
    expect(fetch.mock.calls[0]?.[0]).toBe(`${container}/sample.get`);
    for (const bad of ["http://a:b@mock", "ftp://mock", "http://mock/?a=1"]) {
      expect(() => sampleClient(bad, { allowInsecure: true })).toThrow(
        "baseUrl",
      );
    }
  });
});

describe("settings of a client and of a call", () => {
  it("add up: what retry leaves out comes from the client", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const delays: number[] = [];
    const client = sampleClient(url, {
      fetch: lose,
      retry: { baseDelayMs: 2, maxDelayMs: 4 },
      onRetry: ({ delayMs }) => delays.push(delayMs),
    });
    await callSample(client, readOperation, {
      retry: { attempts: 4, maxDelayMs: undefined },
    });
    expect(delays).toEqual([1, 2, 2]);
    vi.restoreAllMocks();
  });

  it("are copied: a later change has no effect", async () => {
    const retry = { attempts: 1, baseDelayMs: 0 };
    const onResponse = vi.fn();
    const options = { fetch: lose, retry, onResponse };
    const client = sampleClient(url, options);
    retry.attempts = 5;
    options.onResponse = vi.fn();
    const headers = { "x-tag": "first" };
    const sent: unknown[] = [];
    const callOptions = {
      headers,
      onRequest: (event: { headers: object }) => sent.push(event.headers),
    };
    const pending = callSample(client, readOperation, callOptions);
    headers["x-tag"] = "a\nb";
    callOptions.onRequest = () => 0;
    expect(await pending).toHaveProperty("attempts", 1);
    expect(onResponse).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(1);
  });
});

describe("attemptTimeoutMs", () => {
  const stuckFirst = () => {
    let attempts = 0;
    return vi.fn<Fetch>(() => {
      attempts += 1;
      return attempts === 1 ? new Promise(() => undefined) : ok();
    });
  };
  const options: Partial<ClientOptions> = {
    attemptTimeoutMs: 20,
    retry: { baseDelayMs: 0 },
  };

  it("gives a read another attempt", async () => {
    const client = sampleClient(url, { ...options, fetch: stuckFirst() });
    expect(await callSample(client, readOperation)).toMatchObject({
      ok: true,
      attempts: 2,
    });
  });

  it("ends a write, whose outcome is unknown", async () => {
    const client = sampleClient(url, { ...options, fetch: stuckFirst() });
    const failure = failureOf(await callSample(client, writeOperation));
    expect(failure).toMatchObject({
      attempts: 1,
      outcome: "unknown",
      error: { code: "client.timeout" },
    });
    expect(failure.error.message).toContain("20 ms (attemptTimeoutMs)");
  });
});

describe("the retry budget of a client", () => {
  it("ends retries in an outage, and comes back with successes", async () => {
    let isUp = false;
    const fetch = vi.fn<Fetch>(() => (isUp ? ok() : lose()));
    const client = sampleClient(url, { fetch, retry: { baseDelayMs: 0 } });
    for (let call = 0; call < 200; call += 1) {
      await callSample(client, readOperation);
    }
    // 100 retries beside the 200 calls, instead of 400.
    expect(fetch).toHaveBeenCalledTimes(300);
    isUp = true;
    for (let call = 0; call < 5; call += 1) {
      await callSample(client, readOperation);
    }
    isUp = false;
    expect(await callSample(client, readOperation)).toHaveProperty(
      "attempts",
      2,
    );
  });
});

describe("the request id", () => {
  it("is the same for every attempt, in the failure and in its error", async () => {
    const ids = new Set<string | null>();
    const client = sampleClient(url, {
      retry: { baseDelayMs: 0 },
      fetch: (_url, init) => {
        ids.add(new Headers(init.headers).get("x-request-id"));
        return lose();
      },
    });
    const failure = failureOf(await callSample(client, readOperation));
    expect(failure.attempts).toBe(3);
    expect([...ids]).toEqual([failure.requestId]);
    expect(failure.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(failure.error).toHaveProperty("requestId", failure.requestId);
  });
});
