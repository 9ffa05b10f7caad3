import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fetch, Signer } from "../../templates/runtime/types.js";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer();
  server.act(writeOperation.path, (_request, response) => {
    response.end('{"meta":{"status":"SUCCESS"},"data":{"sample_id":"s_1"}}');
  });
});
afterEach(() => server.close());

/** A request that somebody may change. */
interface OpenInit extends RequestInit {
  headers: Record<string, string>;
}

/** What tracing libraries, mocks and frameworks do with an `init`. */
const wrappers: Readonly<
  Record<string, (url: string, init: OpenInit) => Promise<Response>>
> = {
  "spreads it": (url, init) => fetch(url, { ...init, credentials: "omit" }),
  "makes a Request of it": (url, init) => fetch(new Request(url, init)),
  "wraps it in a proxy": (url, init) => fetch(url, new Proxy(init, {})),
  "inherits from it": (url, init) =>
    fetch(url, Object.create(init) as RequestInit),
  "freezes it": (url, init) => fetch(url, Object.freeze(init)),
  "clones its headers": (url, init) => {
    init.headers = Object.fromEntries(new Headers(init.headers));
    return fetch(url, init);
  },
  "adds a header": (url, init) => {
    init.headers["traceparent"] = "00-1";
    return fetch(url, init);
  },
  "replaces its signal": (url, init) => {
    init.signal = AbortSignal.any([
      ...(init.signal ? [init.signal] : []),
      AbortSignal.timeout(5000),
    ]);
    return fetch(url, init);
  },
  "deletes its signal": (url, init) => {
    delete init.signal;
    return fetch(url, init);
  },
  "replaces its body": (url, init) => {
    init.body = Buffer.from(init.body as Uint8Array);
    return fetch(url, init);
  },
  "wraps the response in a proxy": async (url, init) => {
    const response = await fetch(url, init);
    return new Proxy(response, {
      get: (target, name) => Reflect.get(target, name, target) as unknown,
    });
  },
  "gives a clone of the response": async (url, init) =>
    (await fetch(url, init)).clone(),
};

describe("a request arrives once and whole by a fetch that", () => {
  it.each(Object.entries(wrappers))("%s", async (_how, wrapper) => {
    const client = sampleClient(server.url, { fetch: wrapper as Fetch });
    expect(await callSample(client, writeOperation)).toMatchObject({
      ok: true,
      attempts: 1,
    });
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.body.toString()).toBe('{"sample_id":"s_1"}');
    expect(request?.headers.get("x-api-key")).toBe("sb_sample");
    expect(request?.headers.get("content-type")).toBe("application/json");
  });
});

describe("a request arrives once and whole with a signer that", () => {
  it.each<[string, Signer]>([
    ["spreads it", (request) => ({ "x-path": { ...request }.url.pathname })],
    [
      "wraps it in a proxy",
      (request) => ({ "x-path": new Proxy(request, {}).url.pathname }),
    ],
    [
      "inherits from it",
      (request) => {
        const own = Object.create(request) as typeof request;
        return { "x-path": own.url.pathname };
      },
    ],
    [
      "changes it",
      (request) => {
        Object.assign(request, {
          method: "DELETE",
          operation: "sample.delete",
        });
        return { "x-path": request.url.pathname };
      },
    ],
  ])("%s", async (_how, signer) => {
    const client = sampleClient(server.url, { signer });
    expect(await callSample(client, writeOperation)).toHaveProperty("ok", true);
    const [request] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(request?.method).toBe("POST");
    expect(request?.headers.get("x-path")).toBe(writeOperation.path);
  });
});

describe("a port that fetch blocks", () => {
  it("is never reached, and the failure says so", async () => {
    const client = sampleClient("http://127.0.0.1:6667", { retry: false });
    expect(failureOf(await callSample(client, writeOperation))).toMatchObject({
      outcome: "not_sent",
      error: { code: "client.network", reason: "bad port" },
    });
  });
});
