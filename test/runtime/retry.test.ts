import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientOptions } from "../../templates/runtime/types.js";
import type { Operation } from "../../templates/runtime/types.js";
import type { Signer } from "../../templates/runtime/types.js";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";
import { unusedUrl } from "../support/unused-port.js";

const ok = '{"meta":{"status":"SUCCESS"},"data":{"sample_id":"s_1"}}';
const soon = { baseDelayMs: 1 };

/** What a server does with one request. */
type Fault = "lost" | { status: number; retryAfter?: string; body?: string };

/** The API's own envelope: it has not executed the request. */
const throttled = {
  status: 429,
  body: '{"errors":[{"code":"TOO_MANY_REQUESTS","message":"Slow down."}]}',
};

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer();
});
afterEach(() => server.close());

/** Lets the server fail as told, one fault for each request, and succeed afterwards. */
function failWith(operation: Operation, ...faults: Fault[]): void {
  server.act(operation.path, (_request, response) => {
    const fault = faults.shift();
    if (fault === "lost") {
      response.socket?.destroy();
    } else if (fault) {
      const { status, retryAfter, body = "<html>" } = fault;
      response.writeHead(status, {
        ...(retryAfter !== undefined && { "retry-after": retryAfter }),
      });
      response.end(body);
    } else {
      response.end(ok);
    }
  });
}

function callWith(
  operation: Operation,
  options: Partial<ClientOptions> = {},
  baseUrl = server.url,
) {
  return callSample(
    sampleClient(baseUrl, { retry: soon, ...options }),
    operation,
  );
}

describe("an operation that only reads is sent again", () => {
  it.each<[string, Fault]>([
    ["a lost connection", "lost"],
    ["408", { status: 408 }],
    ["425", { status: 425 }],
    ["429", { status: 429 }],
    ["500", { status: 500 }],
    ["502", { status: 502 }],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
    ["503 with Retry-After", { status: 503, retryAfter: "0" }],
  ])("after %s, and says how many attempts it took", async (_what, fault) => {
    failWith(readOperation, fault);
    expect(await callWith(readOperation)).toMatchObject({
      ok: true,
      attempts: 2,
    });
    expect(server.requests).toHaveLength(2);
  });

  it("after a body that is cut off, which is a lost connection too", async () => {
    let first = true;
    server.act(readOperation.path, (_request, response) => {
      if (!first) return response.end(ok);
      first = false;
      response.writeHead(200, { "content-length": ok.length });
      return response.write("{", () => response.socket?.destroy());
    });
    expect(await callWith(readOperation)).toMatchObject({
      ok: true,
      attempts: 2,
    });
  });

  it.each([400, 401, 403, 404, 413, 415, 501])(
    "but not after %d",
    async (status) => {
      failWith(readOperation, { status });
      expect(await callWith(readOperation)).toMatchObject({
        ok: false,
        attempts: 1,
        response: { status },
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  it("but not after an answer under 200 that is no API's", async () => {
    failWith(readOperation, { status: 200 });
    expect(await callWith(readOperation)).toHaveProperty("attempts", 1);
  });

  it("but not after a timeout or a signer that failed", async () => {
    server.act(readOperation.path, () => undefined);
    expect(await callWith(readOperation, { timeoutMs: 50 })).toMatchObject({
      error: { code: "client.timeout" },
      attempts: 1,
    });
    const signer = vi.fn<Signer>(() => Promise.reject(new Error("closed")));
    expect(await callWith(readOperation, { signer })).toMatchObject({
      error: { code: "client.signing" },
      attempts: 1,
    });
    expect(signer).toHaveBeenCalledTimes(1);
  });

  it("three times at most, and then fails with the last error", async () => {
    failWith(
      readOperation,
      { status: 500 },
      "lost",
      { status: 504 },
      { status: 503 },
    );
    expect(await callWith(readOperation)).toMatchObject({
      ok: false,
      attempts: 3,
      error: { code: "client.invalid_response", status: 504 },
    });
    expect(server.requests).toHaveLength(3);
  });

  it("and keeps the unknown outcome of the first when the last was not sent", async () => {
    const errors = [
      new TypeError("lost"),
      Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
    ];
    const result = await callWith(readOperation, {
      fetch: () => Promise.reject(errors.shift() ?? new Error("no more")),
      retry: { ...soon, attempts: 2 },
    });
    expect(failureOf(result).error).toMatchObject({
      code: "client.network",
      outcome: "unknown",
      reason: "ECONNREFUSED",
      message: "the network failed: ECONNREFUSED",
    });
  });
});

describe("an operation that changes something", () => {
  it.each<[string, Fault]>([
    ["429 of the API", throttled],
    ["429 of the API with Retry-After", { ...throttled, retryAfter: "0" }],
  ])("is sent again after %s", async (_what, fault) => {
    failWith(writeOperation, fault);
    expect(await callWith(writeOperation)).toMatchObject({
      ok: true,
      attempts: 2,
    });
  });

  it("is sent again while the connection is refused", async () => {
    const result = await callWith(writeOperation, {}, await unusedUrl());
    expect(failureOf(result)).toMatchObject({
      attempts: 3,
      error: { code: "client.network", outcome: "not_sent" },
    });
  });

  it("was not executed when the API had no time for it and then was not reached", async () => {
    server.act(writeOperation.path, (_request, response) => {
      response.writeHead(429, { connection: "close" }).end(throttled.body);
    });
    const result = await callWith(writeOperation, {
      retry: { ...soon, attempts: 2 },
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        // Nobody listens any more when the request is sent again.
        await server.close();
        return response;
      },
    });
    expect(failureOf(result)).toMatchObject({
      attempts: 2,
      outcome: "not_sent",
      error: {
        code: "client.network",
        outcome: "not_sent",
        reason: "ECONNREFUSED",
      },
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ["a lost connection", "lost"],
    ["408", { status: 408 }],
    ["425", { status: 425 }],
    ["the page of a limiter", { status: 429 }],
    [
      "JSON of a limiter",
      { status: 429, body: '{"errors":[{"message":"Too many"}]}' },
    ],
    ["500", { status: 500 }],
    ["503", { status: 503 }],
    ["503 with Retry-After", { status: 503, retryAfter: "0" }],
    ["502 with Retry-After", { status: 502, retryAfter: "0" }],
    [
      "503 with a Retry-After that says nothing",
      { status: 503, retryAfter: "soon" },
    ],
    ["504", { status: 504 }],
    ["500 with Retry-After", { status: 500, retryAfter: "0" }],
    ["504 with Retry-After", { status: 504, retryAfter: "0" }],
    ["502", { status: 502 }],
    [
      "JSON of a gateway under 503",
      { status: 503, body: '{"message":"down"}', retryAfter: "0" },
    ],
    [
      "JSON of a limiter whose code is a number",
      {
        status: 429,
        body: '{"success":false,"errors":[{"code":1015,"message":"slow"}]}',
        retryAfter: "0",
      },
    ],
  ])("is never sent again after %s", async (_what, fault) => {
    failWith(writeOperation, fault);
    const result = await callWith(writeOperation, {
      retry: { ...soon, attempts: 10 },
    });
    expect(failureOf(result)).toMatchObject({
      attempts: 1,
      outcome: "unknown",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is never sent again after 503 of the API itself", async () => {
    failWith(writeOperation, { ...throttled, status: 503, retryAfter: "0" });
    expect(failureOf(await callWith(writeOperation))).toMatchObject({
      attempts: 1,
      outcome: "answered",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("stops at the first outcome that is unknown", async () => {
    failWith(
      writeOperation,
      throttled,
      { ...throttled, retryAfter: "0" },
      "lost",
    );
    const result = await callWith(writeOperation, {
      retry: { ...soon, attempts: 10 },
    });
    expect(failureOf(result)).toMatchObject({
      attempts: 3,
      error: { code: "client.network", outcome: "unknown" },
    });
    expect(server.requests).toHaveLength(3);
  });
});

describe("retries", () => {
  it("are off with retry: false", async () => {
    failWith(readOperation, "lost");
    const result = await callWith(readOperation, { retry: false });
    expect(result).toMatchObject({ ok: false, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("can be set for one call", async () => {
    const always = Array.from({ length: 20 }, () => ({ status: 500 }));
    failWith(readOperation, ...always);
    const client = sampleClient(server.url, { retry: false });
    const retry = { ...soon, attempts: 5 };
    expect(await callSample(client, readOperation, { retry })).toHaveProperty(
      "attempts",
      5,
    );
    expect(await callSample(client, readOperation)).toHaveProperty(
      "attempts",
      1,
    );
    const eager = sampleClient(server.url, { retry });
    expect(
      await callSample(eager, readOperation, { retry: false }),
    ).toHaveProperty("attempts", 1);
  });

  it("are signed anew, and observed one by one", async () => {
    failWith(readOperation, { status: 500 }, { status: 503 });
    const seen: string[] = [];
    const result = await callWith(readOperation, {
      signer: ({ attempt }) => {
        seen.push(`signer ${attempt}`);
        return { "x-api-nonce": `n-${attempt}` };
      },
      onRequest: ({ attempt }) => {
        seen.push(`request ${attempt}`);
      },
      onResponse: ({ attempt, status }) => {
        seen.push(`response ${attempt} ${status}`);
      },
    });
    expect(result).toMatchObject({ ok: true, attempts: 3 });
    expect(seen).toEqual([
      ...["signer 1", "request 1", "response 1 500"],
      ...["signer 2", "request 2", "response 2 503"],
      ...["signer 3", "request 3", "response 3 200"],
    ]);
    expect(
      server.requests.map(({ headers }) => headers.get("x-api-nonce")),
    ).toEqual(["n-1", "n-2", "n-3"]);
    const [first, ...others] = server.requests.map(({ body }) => body);
    expect(first?.length).toBeGreaterThan(0);
    for (const body of others) expect(body).toEqual(first);
  });

  it("are not begun when their wait would outlast the call", async () => {
    failWith(readOperation, { status: 503, retryAfter: "9" });
    const result = await callWith(readOperation, { timeoutMs: 8000 });
    expect(result).toMatchObject({
      ok: false,
      attempts: 1,
      response: { status: 503 },
    });
  });
});
