import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallOptions, Fetch } from "../../templates/runtime/types.js";
import type { Signer } from "../../templates/runtime/types.js";
import { startKompliantServer, success } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";
import { unusedUrl } from "../support/unused-port.js";

const { path } = writeOperation;
const reason = new Error("the user left the page");

let server: KompliantServer;
let controller: AbortController;

beforeEach(async () => {
  server = await startKompliantServer();
  controller = new AbortController();
});
afterEach(() => server.close());

const abort = (): void => {
  controller.abort(reason);
};

async function abortedCall(
  options: Parameters<typeof sampleClient>[1] = {},
  baseUrl = server.url,
) {
  const client = sampleClient(baseUrl, options);
  const failure = failureOf(
    await callSample(client, writeOperation, { signal: controller.signal }),
  );
  expect(failure.error).toMatchObject({
    code: "client.aborted",
    cause: reason,
  });
  return failure;
}

const ok = () =>
  Response.json({ meta: { status: "SUCCESS" }, data: { sample_id: "s_1" } });

/** What the API says before it has executed anything, so that the client waits. */
const throttled = JSON.stringify({
  errors: [{ code: "TOO_MANY_REQUESTS", message: "Slow down." }],
});

const notSent = { outcome: "not_sent" };
const unknown = { outcome: "unknown" };

describe("client.aborted", () => {
  it("was not sent when the call began after the abort", async () => {
    const signer = vi.fn<Signer>(() => ({ "x-api-key": "sb_1" }));
    abort();
    expect((await abortedCall({ signer })).error).toMatchObject(notSent);
    expect(signer).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(0);
  });

  it("was not sent when aborted while the signer works", async () => {
    const signer: Signer = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("the signer was interrupted"));
        });
        setTimeout(abort);
      });
    expect((await abortedCall({ signer })).error).toMatchObject(notSent);
    expect(server.requests).toHaveLength(0);
  });

  it("was not sent when aborted while a signer works that ignores it", async () => {
    const signer: Signer = () => {
      setTimeout(abort);
      return new Promise(() => undefined);
    };
    expect((await abortedCall({ signer })).error).toMatchObject(notSent);
  });

  it("was not sent when the signer itself aborts and then signs", async () => {
    const signer: Signer = async () => {
      await Promise.resolve();
      abort();
      return { "x-api-key": "sb_1" };
    };
    expect((await abortedCall({ signer })).error).toMatchObject(notSent);
    expect(server.requests).toHaveLength(0);
  });

  it("was not sent when aborted by the observer that is told of the request", async () => {
    const { error } = await abortedCall({ onRequest: abort });
    expect(server.requests).toHaveLength(0);
    expect(error).toMatchObject(notSent);
  });

  it("has an unknown outcome when aborted while the server works", async () => {
    server.act(path, abort);
    expect((await abortedCall()).error).toMatchObject(unknown);
    expect(server.requests).toHaveLength(1);
  });

  it("has an unknown outcome when aborted while the body arrives", async () => {
    server.act(path, (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", abort);
    });
    expect((await abortedCall()).error).toMatchObject(unknown);
  });

  it("closes the connection", async () => {
    const closed = new Promise((resolve) => {
      server.act(path, (_request, response) => {
        response.on("close", resolve);
        abort();
      });
    });
    await abortedCall();
    await closed;
  });

  it("ends a call whose fetch ignores the signal", async () => {
    const fetch: Fetch = () => {
      setTimeout(abort);
      return new Promise(() => undefined);
    };
    expect((await abortedCall({ fetch })).error).toMatchObject(unknown);
  });

  it("ends the back-off after the API had no time, with nothing executed", async () => {
    server.act(path, (_request, response) => {
      response.writeHead(429, { "retry-after": "5" }).end(throttled);
    });
    const onResponse = (): void => {
      setTimeout(abort, 20);
    };
    expect((await abortedCall({ onResponse })).error).toMatchObject(notSent);
    expect(server.requests).toHaveLength(1);
  });

  it("ends the back-off after a refused connection, with nothing sent", async () => {
    const onRetry = (): void => {
      setTimeout(abort, 20);
    };
    const retry = { baseDelayMs: 10_000 };
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    try {
      const url = await unusedUrl();
      const failure = await abortedCall({ onRetry, retry }, url);
      expect(failure.error).toMatchObject(notSent);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("counts the requests that were made, not the one that the abort prevented", async () => {
    server.act(path, (_request, response) => {
      response.writeHead(429, { "retry-after": "5" }).end(throttled);
    });
    const failure = await abortedCall({
      onResponse: () => setTimeout(abort, 20),
    });
    expect(server.requests).toHaveLength(1);
    expect(failure.attempts).toBe(1);
  });
});

describe("a finished call leaves nothing behind", () => {
  const never = new Promise<Response>(() => undefined);
  const calls: {
    end: string;
    fetch: Fetch;
    signer?: Signer;
    options?: CallOptions;
    code?: string;
  }[] = [
    { end: "success", fetch: () => Promise.resolve(ok()) },
    {
      end: "a lost connection",
      fetch: () => Promise.reject(new TypeError("lost")),
      code: "client.network",
    },
    {
      end: "an answer that is no API's",
      fetch: () => Promise.resolve(new Response("")),
      code: "client.invalid_response",
    },
    {
      end: "a signer that throws",
      fetch: () => never,
      signer: () => Promise.reject(new Error("closed")),
      code: "client.signing",
    },
    {
      end: "a timeout",
      fetch: () => never,
      options: { timeoutMs: 10 },
      code: "client.timeout",
    },
    {
      end: "a signer that hangs",
      fetch: () => never,
      signer: () => new Promise(() => undefined),
      options: { timeoutMs: 10 },
      code: "client.signing",
    },
    {
      end: "an abort",
      fetch: () => {
        abort();
        return never;
      },
      code: "client.aborted",
    },
    {
      end: "retries without success",
      fetch: () => Promise.resolve(new Response("", { status: 503 })),
      options: { retry: { baseDelayMs: 0 } },
      code: "client.invalid_response",
    },
  ];

  it.each(calls)(
    "after $end: no timer, no listener on the caller's signal",
    async ({ fetch, signer, options, code }) => {
      vi.useFakeTimers();
      try {
        const client = sampleClient("http://127.0.0.1", {
          fetch,
          ...(signer && { signer }),
        });
        const pending = callSample(client, readOperation, {
          signal: controller.signal,
          ...options,
        });
        await vi.advanceTimersByTimeAsync(1000);
        const result = await pending;
        expect(result.ok ? undefined : result.error.code).toBe(code);
        expect(vi.getTimerCount()).toBe(0);
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it("and while it lasts, it listens once", async () => {
    server.answer(path, () => success({ sample_id: "s_1" }));
    const counted: number[] = [];
    const client = sampleClient(server.url, {
      onRequest: () => {
        counted.push(getEventListeners(controller.signal, "abort").length);
      },
    });
    await callSample(client, writeOperation, { signal: controller.signal });
    expect(counted).toEqual([1]);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("even when one signal serves many calls at once", async () => {
    server.act(path, (_request, response) => {
      response.end('{"meta":{"status":"SUCCESS"},"data":{}}');
    });
    const client = sampleClient(server.url);
    const { signal } = controller;
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        callSample(client, writeOperation, { signal }),
      ),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("one signal for many calls", () => {
  it("ends all of them", async () => {
    const fetch = vi.fn<Fetch>(() => new Promise(() => undefined));
    const client = sampleClient("http://127.0.0.1", { fetch });
    const calls = Array.from({ length: 10 }, () =>
      callSample(client, writeOperation, { signal: controller.signal }),
    );
    await vi.waitFor(() => {
      expect(fetch).toHaveBeenCalledTimes(10);
    });
    abort();
    const codes = (await Promise.all(calls)).map(
      (result) => failureOf(result).error.code,
    );
    expect(codes).toEqual(Array(10).fill("client.aborted"));
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("goes on for the others when one has ended", async () => {
    const { signal } = controller;
    const answers: ((response: Response) => void)[] = [];
    const fetch: Fetch = () =>
      new Promise((resolve) => {
        answers.push(resolve);
      });
    const client = sampleClient("http://127.0.0.1", { fetch });
    const first = callSample(client, writeOperation, { signal });
    const second = callSample(client, writeOperation, { signal });
    await vi.waitFor(() => {
      expect(answers).toHaveLength(2);
    });
    answers[0]?.(ok());
    expect(await first).toHaveProperty("ok", true);
    abort();
    expect(failureOf(await second).error.code).toBe("client.aborted");
  });
});
