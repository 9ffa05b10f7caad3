import { getEventListeners } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { decodeBody } from "../../templates/runtime/decode-body.js";
import { KompliantError } from "../../templates/runtime/kompliant-error.js";
import type { Result } from "../../templates/runtime/result.js";
import { callStream } from "../../templates/runtime/stream.js";
import type {
  ByteStream,
  EventStream,
  EventStreamOptions,
  StreamOperation,
} from "../../templates/runtime/stream.js";
import type { ClientOptions } from "../../templates/runtime/types.js";
import { startProgram } from "../faults/support/child-program.js";
import type { ChildProgram } from "../faults/support/child-program.js";
import type {
  StreamPlan,
  StreamServerState,
} from "../faults/support/stream-server.js";
import type { SampleError } from "../support/sample-operations.js";
import { failureOf, sampleClient } from "../support/sample-operations.js";

type Kind = StreamOperation["stream"];

const mediaTypes: Readonly<Record<Kind, string>> = {
  events: "text/event-stream",
  textEvents: "text/event-stream",
  lines: "application/x-ndjson",
  bytes: "text/event-stream",
};

let server: ChildProgram;

beforeAll(async () => {
  server = await startProgram("stream-server");
});
afterAll(() => {
  server.end();
});

async function state(): Promise<StreamServerState> {
  return (await server.ask()) as StreamServerState;
}

/** Sends a text in pieces of some bytes. */
function sends(text: string | Uint8Array, pieceLength = Infinity) {
  const bytes = Buffer.from(text as string);
  const length = Math.min(pieceLength, bytes.length);
  const count = length === 0 ? 0 : Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, index) => ({
    send: bytes
      .subarray(index * length, (index + 1) * length)
      .toString("base64"),
  }));
}

/** Calls an operation that the server answers by a plan. */
function open<Data>(
  kind: Kind,
  plan: StreamPlan,
  options: EventStreamOptions = {},
  clientOptions: Partial<ClientOptions> = {},
  mediaType = mediaTypes[kind],
): Promise<Result<Data, SampleError>> {
  const whole = {
    ...plan,
    headers: { "content-type": mediaType, ...plan.headers },
  };
  const operation: StreamOperation = {
    name: "sample.watch",
    method: "GET",
    path: "/watch",
    effect: "read",
    accept: `${mediaType}, application/json`,
    mediaTypes: [mediaType],
    decode: decodeBody,
    stream: kind,
    errors: ["ENTITY_NOT_FOUND"],
    encode: (path) => ({
      path: `${path}?plan=${encodeURIComponent(JSON.stringify(whole))}`,
      headers: {},
      body: "",
    }),
  };
  const client = sampleClient(server.url, clientOptions);
  return callStream(client, operation, undefined, options);
}

async function opened(
  ...parameters: Parameters<typeof open>
): Promise<EventStream<unknown>> {
  const result = await open<EventStream<unknown>>(...parameters);
  if (!result.ok) throw new Error(result.error.message);
  return result.data;
}

async function all(
  ...parameters: Parameters<typeof open>
): Promise<readonly object[]> {
  const items: object[] = [];
  for await (const item of await opened(...parameters)) items.push(item);
  return items;
}

const failed = (code: string, message: RegExp) => ({
  ok: false,
  outcome: "unknown",
  error: {
    code,
    message: expect.stringMatching(message) as string,
    requestId: expect.any(String) as string,
  },
});

const json = (data: unknown) => ({ ok: true, data });
const event = (data: unknown, more: object = {}) => ({
  ...json(data),
  event: "message",
  id: "",
  retry: undefined,
  ...more,
});

/** The server notices soon that nobody reads a response any more. */
async function expectNothingOpen(): Promise<void> {
  await vi.waitFor(async () => {
    expect((await state()).open).toBe(0);
  }, 10_000);
}

describe("a stream of events", () => {
  const text = [
    '\ufeff: welcome\r\nid: ü1\r\nevent: tick\r\ndata: {"a":\r\ndata: "é😀"}\r\n\r\n',
    "retry: 250\ndata:2\n\n",
    "id\revent:none\r\rdata: null\r\r",
    'data: "cut off"',
  ].join("");

  it.each([1, 2, 3, 7, Infinity])(
    "is the same in pieces of %d bytes",
    async (length) => {
      expect(await all("events", { steps: sends(text, length) })).toEqual([
        event({ a: "é😀" }, { event: "tick", id: "ü1" }),
        event(2, { id: "ü1", retry: 250 }),
        event(null, { retry: 250 }),
      ]);
    },
  );

  it("keeps texts as they are", async () => {
    const steps = sends("data:  1\ndata\n\ndata: [DONE]\n\n");
    expect(await all("textEvents", { steps })).toEqual([
      event(" 1\n"),
      event("[DONE]"),
    ]);
  });

  it("ends with [DONE] where JSON belongs", async () => {
    const steps = [...sends("data: 1\n\ndata: [DONE]\n\n"), "stall" as const];
    expect(await all("events", { steps })).toEqual([event(1)]);
    await expectNothingOpen();
  });

  it("goes on behind an item that cannot be read", async () => {
    const steps = sends("data: {\n\ndata: 2\n\n");
    expect(await all("events", { steps })).toMatchObject([
      {
        ...failed("client.invalid_response", /^HTTP 200: an item is not JSON$/),
        error: { excerpt: "{" },
      },
      event(2),
    ]);
  });

  it("is decompressed", async () => {
    const steps = sends("data: 1\n\ndata: 2\n\n", 9);
    const plan = { steps, isCompressed: true };
    expect((await all("events", plan))[0]).toEqual(event(1));
  });

  it("gives an item before the next one comes", async () => {
    const steps = [...sends("data: 1\n\n"), "stall" as const];
    for await (const item of await opened("events", { steps })) {
      expect(item).toEqual(event(1));
      break;
    }
    await expectNothingOpen();
  });

  it("continues where the caller says, in UTF-8", async () => {
    const plan = { steps: sends("data: 1\n\n") };
    const lastEventId = "42 é😀";
    await all("events", plan, { lastEventId, headers: { "x-a": "1" } });
    expect((await state()).lastEventId).toBe(lastEventId);
    await all("events", plan, { lastEventId: "" });
    expect((await state()).lastEventId).toBeNull();
  });

  it.each([
    ["not a text", 1 as unknown as string],
    ["of several lines", "1\n2"],
  ])("asks for no event whose id is %s", async (_what, lastEventId) => {
    const call = open("events", { steps: [] }, { lastEventId });
    await expect(call).rejects.toThrow(TypeError);
  });

  it("is iterated once", async () => {
    const stream = await opened("events", { steps: sends("data: 1\n\n") });
    for await (const item of stream) expect(item).toEqual(event(1));
    for await (const item of stream) expect(item).toBeUndefined();
  });
});

describe("a stream of lines", () => {
  it.each([1, 5, Infinity])(
    "is the same in pieces of %d bytes",
    async (length) => {
      const steps = sends('{"a":"é😀"}\r\n\n 1 \nnull\n"last"', length);
      expect(await all("lines", { steps })).toEqual(
        [{ a: "é😀" }, 1, null, "last"].map(json),
      );
    },
  );

  it("fails for what was cut off, and for what is not UTF-8", async () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22, 10, 0x5b]);
    const broken = failed("client.invalid_response", /not JSON/);
    expect(await all("lines", { steps: sends(bytes) })).toMatchObject([
      broken,
      broken,
    ]);
  });

  const sequence = "application/json-seq";

  it.each([1, 4, Infinity])(
    "is a sequence of texts with several lines, in pieces of %d bytes",
    async (length) => {
      const steps = sends('\x1e{\n"a": 1\n}\n\x1e2\n\x1e\x1e[\n3]\n', length);
      const items = await all("lines", { steps }, {}, {}, sequence);
      expect(items).toEqual([{ a: 1 }, 2, [3]].map(json));
    },
  );

  it("does not wait for the separator of the next text", async () => {
    const steps = [...sends('\x1e{"a":1}\n'), "stall" as const];
    const stream = await opened("lines", { steps }, {}, {}, sequence);
    for await (const item of stream) {
      expect(item).toEqual(json({ a: 1 }));
      break;
    }
    await expectNothingOpen();
  });
});

describe("a stream that is not read to its end", () => {
  const two = sends("data: 1\n\ndata: 2\n\n");

  it("closes the connection when the loop is left", async () => {
    const steps = [...two, { flood: two[0]?.send ?? "" }];
    let count = 0;
    for await (const item of await opened("events", { steps })) {
      count += Number(item.ok);
      if (count === 5) break;
    }
    await expectNothingOpen();
  });

  it.each([
    ["while it waits", true],
    ["while the caller is busy", false],
  ])("ends with the caller's signal %s", async (_what, isWaiting) => {
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("enough");
    const abort = () => {
      controller.abort(reason);
    };
    const items: object[] = [];
    const steps = [...two, "stall" as const];
    for await (const item of await opened("events", { steps }, { signal })) {
      items.push(item);
      if (items.length > 1) continue;
      if (isWaiting) setTimeout(abort, 100);
      else abort();
    }
    const last = items.at(-1) as {
      readonly error: { readonly cause: unknown };
    };
    expect(last).toMatchObject(
      failed("client.aborted", /^the call was aborted$/),
    );
    expect(last.error.cause).toBe(reason);
    expect(items).toHaveLength(isWaiting ? 3 : 2);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await expectNothingOpen();
  });

  it("ends with a signal before anybody reads it", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const stream = await opened("events", { steps: ["stall"] }, { signal });
    controller.abort();
    await expectNothingOpen();
    const items: object[] = [];
    for await (const item of stream) items.push(item);
    expect(items).toMatchObject([failed("client.aborted", /aborted/)]);
  });

  it("leaves no listener behind at its end", async () => {
    const { signal } = new AbortController();
    expect(await all("events", { steps: two }, { signal })).toHaveLength(2);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("has the time limit for every item, not for all of them", async () => {
    const [one] = sends("data: 1\n\n");
    const step = [{ waitMs: 250 }, one ?? { send: "" }];
    const steps = [...step, ...step, ...step, "stall" as const];
    const items = await all("events", { steps }, { timeoutMs: 600 });
    expect(items).toMatchObject([
      event(1),
      event(1),
      event(1),
      failed("client.timeout", /^no further item within 600 ms \(timeoutMs\)$/),
    ]);
    await expectNothingOpen();
  });

  it("does not count the time that the caller takes", async () => {
    const items: object[] = [];
    const stream = await opened("events", { steps: two }, { timeoutMs: 300 });
    for await (const item of stream) {
      items.push(item);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(items).toEqual([event(1), event(2)]);
  });

  it("says that the connection broke, behind what arrived", async () => {
    expect(await all("events", { steps: [...two, "die"] })).toMatchObject([
      event(1),
      event(2),
      failed("client.network", /^the stream broke: /),
    ]);
    await expectNothingOpen();
  });

  it.each([
    ["a line without an end", "events", "data: xxxxxxxx", /^data: xxx/],
    ["an event without an end", "events", "data: x\n", /^x\nx/],
    ["a line of JSON without an end", "lines", "[1,2,3,4,", /^\[1,2/],
    ["a text of JSON without an end", "lines", '"xxxxxx"', /^"xxx/],
  ] as const)("refuses %s", async (_what, kind, text, excerpt) => {
    const steps = [{ flood: Buffer.from(text).toString("base64") }];
    const items = await all(kind, { steps }, { maxBodyBytes: 2000 });
    expect(items).toMatchObject([
      {
        ...failed(
          "client.invalid_response",
          /an item is longer than 2000 bytes$/,
        ),
        error: { excerpt: expect.stringMatching(excerpt) as string },
      },
    ]);
    await expectNothingOpen();
  });

  it("may be longer than the limit of its items", async () => {
    const steps = sends("data: 1\n\n".repeat(1000), 2000);
    const items = await all("events", { steps }, { maxBodyBytes: 20 });
    expect(items).toHaveLength(1000);
  });
});

describe("a response that is no stream", () => {
  const errors = [{ code: "ENTITY_NOT_FOUND", message: "None." }];
  const type = { "content-type": "application/json" };

  it.each([404, 500])("is an error of the API under %d", async (status) => {
    const steps = sends(JSON.stringify({ errors }));
    const plan = { status, headers: type, steps };
    const result = await open("events", plan, { retry: false });
    expect(failureOf(result)).toMatchObject({ outcome: "answered", errors });
  });

  it("is an error even with the media type of the stream", async () => {
    const plan = { status: 404, steps: sends(JSON.stringify({ errors })) };
    expect(failureOf(await open("events", plan)).errors).toEqual(errors);
  });

  it.each(["application/json", "text/html"])(
    "is invalid as %s with a success",
    async (mediaType) => {
      const headers = { "content-type": mediaType };
      const plan = { headers, steps: sends(JSON.stringify({ errors })) };
      expect(failureOf(await open("events", plan)).error).toMatchObject({
        code: "client.invalid_response",
        message: "HTTP 200: the media type is not text/event-stream",
      });
    },
  );

  it("takes longer than the call may", async () => {
    const plan = { status: 404, headers: type, steps: ["stall" as const] };
    const result = await open("events", plan, { timeoutMs: 200 });
    expect(failureOf(result).error.code).toBe("client.timeout");
    await expectNothingOpen();
  });
});

describe("requests for a stream", () => {
  it("are repeated before it begins, and never afterwards", async () => {
    const before = (await state()).requests;
    const refused = await open("events", { status: 503, steps: [] });
    expect(failureOf(refused).attempts).toBe(3);
    const broken = { steps: [...sends("data: 1\n\n"), "die" as const] };
    expect(await all("events", broken)).toHaveLength(2);
    expect((await state()).requests - before).toBe(4);
  });

  it("do not mix up attempts when fetch ignores its signal", async () => {
    let calls = 0;
    const cancelled: string[] = [];
    const body = (name: string) =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(`data: "${name}"\n\n`));
          if (name === "fast") controller.close();
        },
        cancel: () => {
          cancelled.push(name);
        },
      });
    const headers = { "content-type": "text/event-stream" };
    const fetch = async () => {
      calls += 1;
      if (calls > 1) return new Response(body("fast"), { headers });
      await new Promise((resolve) => setTimeout(resolve, 400));
      return new Response(body("late"), { headers });
    };
    const options = {
      attemptTimeoutMs: 100,
      retry: { baseDelayMs: 1 },
    };
    const stream = await opened("events", { steps: [] }, options, { fetch });
    await new Promise((resolve) => setTimeout(resolve, 600));
    const items: object[] = [];
    for await (const item of stream) items.push(item);
    expect(items).toEqual([event("fast")]);
    expect(cancelled).toEqual(["late"]);
  });

  it("take a response without a stream of its own", async () => {
    const bytes = new TextEncoder().encode("data: 1\n\ndata: 2\n\n");
    const fetch = () =>
      Promise.resolve({
        status: 200,
        headers: { "content-type": "text/event-stream; charset=utf-8" },
        arrayBuffer: () => Promise.resolve(bytes.buffer),
      } as unknown as Response);
    const items = await all("events", { steps: [] }, {}, { fetch });
    expect(items).toEqual([event(1), event(2)]);
  });
});

describe("a stream of bytes", () => {
  const steps = sends("data: 1\n\n", 4);

  async function bytesOf(
    plan: StreamPlan,
    options: EventStreamOptions = {},
  ): Promise<ByteStream> {
    const result = await open<ByteStream>("bytes", plan, options);
    if (!result.ok) throw new Error(result.error.message);
    return result.data;
  }

  it("is the body", async () => {
    const stream = await bytesOf({ steps });
    expect(await new Response(stream).text()).toBe("data: 1\n\n");
  });

  it("is cancelled", async () => {
    const stream = await bytesOf({ steps: [...steps, "stall"] });
    await stream.cancel();
    await expectNothingOpen();
  });

  it.each([
    ["client.timeout", "stall"],
    ["client.network", "die"],
  ] as const)("fails with %s as a KompliantError", async (code, step) => {
    const plan = { steps: [...steps, step] };
    const stream = await bytesOf(plan, { timeoutMs: 300 });
    const thrown: unknown = await new Response(stream)
      .text()
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(KompliantError);
    expect(thrown).toMatchObject({
      error: { code },
      operation: "sample.watch",
    });
    await expectNothingOpen();
  });
});
