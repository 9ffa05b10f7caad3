import { describe, expect, it, vi } from "vitest";
import type {
  Fetch,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  Settings,
} from "../../templates/runtime/types.js";
import { ksig1 } from "../../templates/runtime/ksig1.js";
import { documentedCredentials, secrets } from "../support/credentials.js";
import {
  callSample,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const operation = "sample.get";
const success = {
  meta: { status: "SUCCESS", trace_id: "trc_1" },
  data: { sample_id: "s_1" },
};

/** Answers with each in turn. */
function fetchOf(...answers: (() => Promise<Response>)[]): Fetch {
  return () => answers.shift()?.() ?? Promise.reject(new TypeError("no more"));
}

const succeed = () => Promise.resolve(Response.json(success));
const lose = () => Promise.reject(new TypeError("lost"));
const fail = (status: number) => () =>
  Promise.resolve(
    Response.json(
      {
        meta: { status: "ERROR", trace_id: `trc_${status}` },
        errors: [{ code: "ENTITY_NOT_FOUND", message: "None." }],
      },
      { status },
    ),
  );

/** Everything that the hooks are told, in order. */
function recorder() {
  const events: [string, object][] = [];
  const settings: Settings = {
    retry: { baseDelayMs: 0 },
    onRequest: (event) => events.push(["request", event]),
    onResponse: (event) => events.push(["response", event]),
    onRetry: (event) => events.push(["retry", event]),
    onResult: (event) => events.push(["result", event]),
  };
  return { events, settings };
}

const headers = {
  accept: "application/json",
  authorization: "***",
  "content-type": "application/json",
  "user-agent": "kompliant-codegen",
  "x-request-id": "r-1",
  "x-api-auth-token": "***",
  "x-api-key": "***",
  "x-api-version": "2025-03-24",
};
const durationMs = expect.any(Number) as number;
const signer = ksig1(documentedCredentials);

describe("hooks", () => {
  it("are told of every request, answer, retry and result", async () => {
    const { events, settings } = recorder();
    const fetch = fetchOf(lose, fail(500), succeed);
    const client = sampleClient("http://127.0.0.1", {
      signer,
      fetch,
      ...settings,
    });
    const result = await callSample(client, readOperation, {
      headers: { "x-request-id": "r-1" },
    });

    const requestId = "r-1";
    expect(result).toHaveProperty("requestId", requestId);
    const ended = { operation, requestId, headers, durationMs };
    const lost = {
      ...{ ...ended, attempt: 1, status: undefined },
      ...{ traceId: undefined, code: "client.network" },
    };
    const failed = {
      ...{ ...ended, attempt: 2, status: 500 },
      ...{ traceId: "trc_500", code: "ENTITY_NOT_FOUND" },
    };
    const succeeded = {
      ...{ ...ended, attempt: 3, status: 200 },
      ...{ traceId: "trc_1", code: undefined },
    };
    expect(events).toStrictEqual([
      [
        "request",
        { operation, requestId, headers, attempt: 1 } satisfies RequestEvent,
      ],
      ["response", lost satisfies ResponseEvent],
      ["retry", { ...lost, delayMs: 0 } satisfies RetryEvent],
      ["request", { operation, requestId, headers, attempt: 2 }],
      ["response", failed],
      ["retry", { ...failed, delayMs: 0 }],
      ["request", { operation, requestId, headers, attempt: 3 }],
      ["response", succeeded],
      ["result", result],
    ]);
    const printed = JSON.stringify(events);
    for (const secret of secrets) expect(printed).not.toContain(secret);
  });

  it.each<[string, () => unknown]>([
    [
      "throw",
      () => {
        throw new Error("an observer's own affair");
      },
    ],
    ["reject", () => Promise.reject(new Error("an observer's own affair"))],
    ["never resolve", () => new Promise(() => undefined)],
    [
      "return a thenable that throws",
      () => ({
        then: () => {
          throw new Error("an observer's own affair");
        },
      }),
    ],
  ])("cannot disturb a call when they %s", async (_how, hook) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    try {
      const client = sampleClient("http://127.0.0.1", {
        ...{ onRequest: hook, onResponse: hook, onRetry: hook, onResult: hook },
        fetch: fetchOf(fail(500), succeed),
        retry: { baseDelayMs: 0 },
      });
      const result = await callSample(client, readOperation);
      expect(result).toMatchObject({ ok: true, attempts: 2 });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", unhandled);
    }
  });

  it("cannot change what was signed", async () => {
    const sent: unknown[] = [];
    const client = sampleClient("http://127.0.0.1", {
      signer,
      onRequest: (event) => {
        Object.assign(event.headers, { authorization: "none", "x-evil": "1" });
        Object.assign(event, { operation: "sample.delete" });
      },
      fetch: (url, init) => {
        sent.push(url, Object.keys(init.headers ?? {}).sort());
        return succeed();
      },
    });
    await callSample(client, writeOperation);
    expect(sent).toStrictEqual([
      "http://127.0.0.1/sample.create",
      Object.keys(headers).sort(),
    ]);
  });

  it("of a client and of a call are both told", async () => {
    const forClient = vi.fn();
    const forCall = vi.fn();
    const client = sampleClient("http://127.0.0.1", {
      ...{ onRequest: forClient, onResponse: forClient, onResult: forClient },
      fetch: fetchOf(succeed),
    });
    await callSample(client, readOperation, {
      ...{ onRequest: forCall, onResponse: forCall, onResult: forCall },
    });
    expect(forClient).toHaveBeenCalledTimes(3);
    expect(forCall).toHaveBeenCalledTimes(3);
  });

  it("hear nothing of requests that were never made", async () => {
    const { events, settings } = recorder();
    const client = sampleClient("http://127.0.0.1", {
      signer: () => Promise.reject(new Error("closed")),
      ...settings,
    });
    await callSample(client, writeOperation);
    expect(events.map(([name]) => name)).toEqual(["result"]);
  });
});

describe("the longest body that is read", () => {
  const body = JSON.stringify(success);
  const client = sampleClient("http://127.0.0.1", {
    fetch: () => Promise.resolve(new Response(body)),
    maxBodyBytes: body.length - 1,
    retry: false,
  });

  it("can be set for a client", async () => {
    expect(await callSample(client, readOperation)).toMatchObject({
      ok: false,
      error: {
        code: "client.invalid_response",
        message: `HTTP 200: the body is longer than ${body.length - 1} bytes`,
        status: 200,
      },
      meta: { trace_id: "trc_1" },
    });
  });

  it("and for a call", async () => {
    const maxBodyBytes = body.length;
    expect(
      await callSample(client, readOperation, { maxBodyBytes }),
    ).toHaveProperty("ok", true);
  });
});
