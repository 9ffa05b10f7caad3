import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallOptions } from "../../templates/runtime/types.js";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";
import { unusedUrl } from "../support/unused-port.js";

const { path } = writeOperation;

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer();
});
afterEach(() => server.close());

async function failedCall(options: CallOptions = {}, baseUrl = server.url) {
  const client = sampleClient(baseUrl);
  const once = { retry: false, ...options } as const;
  return failureOf(await callSample(client, writeOperation, once));
}

describe("client.network", () => {
  it("was not sent when the connection is refused", async () => {
    const failure = await failedCall({}, await unusedUrl());
    expect(failure).toMatchObject({
      operation: "sample.create",
      attempts: 1,
      error: {
        code: "client.network",
        outcome: "not_sent",
        cause: expect.any(Error) as Error,
      },
    });
    expect(failure).not.toHaveProperty("response");
    expect(failure).not.toHaveProperty("meta");
    expect(failure.errors).toStrictEqual([failure.error]);
  });

  it("has an unknown outcome when the server hangs up on the request", async () => {
    server.act(path, (_request, response) => response.socket?.destroy());
    const failure = await failedCall();
    expect(failure.error).toMatchObject({
      code: "client.network",
      outcome: "unknown",
    });
    expect(failure).not.toHaveProperty("response");
    expect(server.requests).toHaveLength(1);
  });

  it("has an unknown outcome when the server resets the connection", async () => {
    server.act(path, (_request, response) =>
      response.socket?.resetAndDestroy(),
    );
    expect((await failedCall()).error).toMatchObject({
      code: "client.network",
      outcome: "unknown",
    });
  });

  it("has an unknown outcome when the answer is not HTTP", async () => {
    server.act(path, (_request, response) => {
      response.socket?.end("220 mail.example.com ESMTP\r\n");
    });
    expect((await failedCall()).error).toMatchObject({
      code: "client.network",
      outcome: "unknown",
    });
  });
});

describe("the outcome of an error that fetch reports", () => {
  const outcomeOfCause = async (cause: unknown) => {
    const client = sampleClient(server.url, {
      fetch: () => Promise.reject(new TypeError("fetch failed", { cause })),
      retry: false,
    });
    const { error } = failureOf(await callSample(client, writeOperation));
    expect(error.code).toBe("client.network");
    return "outcome" in error ? error.outcome : undefined;
  };

  it.each([
    { code: "ECONNREFUSED", syscall: "connect" },
    { code: "EHOSTUNREACH", syscall: "connect" },
    { code: "ENETUNREACH", syscall: "connect" },
    { code: "ETIMEDOUT", syscall: "connect" },
    { code: "EACCES", syscall: "connect" },
    { code: "EMFILE", syscall: "connect" },
    { code: "EADDRNOTAVAIL", syscall: "connect" },
    {
      code: "ETIMEDOUT",
      errors: [
        { code: "ETIMEDOUT", syscall: "connect" },
        { code: "ENETUNREACH", syscall: "connect" },
      ],
    },
    { code: "UND_ERR_INVALID_ARG" },
    { code: "UND_ERR_NOT_SUPPORTED" },
    { message: "bad port" },
    { message: "Proxy response (407) !== 200 when HTTP Tunneling" },
    { code: "ENOTFOUND", syscall: "getaddrinfo" },
    { code: "EAI_AGAIN", syscall: "getaddrinfo" },
    { code: "ETIMEOUT", syscall: "queryA" },
    { code: "ECONNREFUSED", syscall: "queryAaaa" },
    { code: "EPERM", syscall: "connect" },
    { code: "ENFILE", syscall: "socket" },
    { code: "EADDRNOTAVAIL", syscall: "bind" },
    { code: "UND_ERR_CONNECT_TIMEOUT" },
    { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    { code: "CERT_HAS_EXPIRED" },
    { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
    { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  ])("is not_sent for %o, which comes before the request", async (cause) => {
    expect(await outcomeOfCause(cause)).toBe("not_sent");
    expect(await outcomeOfCause({ cause })).toBe("not_sent");
  });

  it.each([
    { code: "ECONNRESET", syscall: "read" },
    { code: "EPIPE", syscall: "write" },
    { code: "EMFILE", syscall: "open" },
    { code: "ECONNREFUSED", syscall: "query" },
    { code: "EACCES", syscall: "write" },
    { code: "EACCES" },
    {
      code: "ECONNREFUSED",
      errors: [
        { code: "ECONNREFUSED", syscall: "connect" },
        { code: "ECONNRESET", syscall: "read" },
      ],
    },
    { code: "ECONNRESET", syscall: "read", cause: { code: "ECONNREFUSED" } },
    { code: "ETIMEDOUT", syscall: "read" },
    { code: "UND_ERR_SOCKET" },
    { code: "UND_ERR_HEADERS_TIMEOUT" },
    { code: 42 },
    {},
    "a text",
    null,
    undefined,
  ])("is unknown for %o", async (cause) => {
    expect(await outcomeOfCause(cause)).toBe("unknown");
  });

  it.each([
    // The kernel reports a route that is lost later on by the same codes.
    { code: "EHOSTUNREACH", syscall: "read" },
    { code: "ENETUNREACH", syscall: "write" },
    // OpenSSL reports a record that was damaged after the handshake by this one.
    { code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" },
  ])("is unknown for %o, which comes after it", async (cause) => {
    expect(await outcomeOfCause(cause)).toBe("unknown");
  });

  it("is unknown for a cause that is its own cause", async () => {
    const cause: { cause?: unknown } = {};
    cause.cause = cause;
    expect(await outcomeOfCause(cause)).toBe("unknown");
  });
});

describe("client.timeout", () => {
  it("has an unknown outcome when the server is slow", async () => {
    server.act(path, () => undefined);
    const failure = await failedCall({ timeoutMs: 100 });
    expect(failure).toMatchObject({
      attempts: 1,
      error: { code: "client.timeout", outcome: "unknown" },
    });
    expect(failure.error.message).toContain("100 ms");
  });

  it("has an unknown outcome when the body never ends", async () => {
    server.act(path, (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => {
        clearInterval(drip);
      });
    });
    expect((await failedCall({ timeoutMs: 200 })).error).toMatchObject({
      code: "client.timeout",
      outcome: "unknown",
    });
  });

  it("ends a call whose fetch ignores the signal", async () => {
    const client = sampleClient(server.url, {
      fetch: () => new Promise(() => undefined),
    });
    const failure = failureOf(
      await callSample(client, writeOperation, { timeoutMs: 20 }),
    );
    expect(failure.error).toMatchObject({
      code: "client.timeout",
      outcome: "unknown",
    });
  });

  it("takes the call's timeout before the client's", async () => {
    server.act(path, () => undefined);
    const client = sampleClient(server.url, { timeoutMs: 600_000 });
    const failure = failureOf(
      await callSample(client, writeOperation, { timeoutMs: 60 }),
    );
    expect(failure.error.message).toContain("60 ms");
  });

  it("never comes for a timeout that is longer than timers can be", async () => {
    server.act(path, (_request, response) => {
      response.end('{"meta":{"status":"SUCCESS"},"data":{}}');
    });
    for (const timeoutMs of [2 ** 31, Infinity]) {
      const client = sampleClient(server.url, { timeoutMs });
      expect(await callSample(client, writeOperation)).toHaveProperty(
        "ok",
        true,
      );
    }
  });
});
