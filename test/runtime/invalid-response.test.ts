import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  callSample,
  failureOf,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

const { path } = writeOperation;
const mebibyte = 1024 * 1024;

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer();
});
afterEach(() => server.close());

async function answeredWith(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
) {
  server.act(path, (_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  const client = sampleClient(server.url, { retry: false });
  return failureOf(await callSample(client, writeOperation));
}

const page = "<html><body>502 Bad Gateway</body></html>";
const json = (value: unknown) => JSON.stringify(value);
const meta = { status: "ERROR", trace_id: "trc_1", version: "2025-03-24" };

describe("client.invalid_response", () => {
  it.each<[string, number, string]>([
    ["the page of a gateway", 502, page],
    ["a page under 200", 200, page],
    ["an empty body under 200", 200, ""],
    ["an empty body under 500", 500, ""],
    ["white space", 200, " \n"],
    ["broken JSON", 200, '{"meta":{"status":"SUCCESS"},"data":{]'],
    ["JSON that was cut off", 200, '{"meta":{"status":"SUCC'],
    ["two JSON documents", 200, '{"errors":[]}{"errors":[]}'],
    ["a JSON array", 200, "[]"],
    ["a JSON text", 400, '"BAD_REQUEST"'],
    ["JSON null", 200, "null"],
    ["an empty object", 200, "{}"],
    ["ERROR under 200 without errors", 200, json({ meta })],
    ["ERROR under 200 with data", 200, json({ meta, data: {} })],
    ["SUCCESS without data", 200, json({ meta: { status: "SUCCESS" } })],
    ["data without meta", 200, json({ data: {} })],
    ["400 without errors", 400, json({ meta })],
    ["400 with an empty list of errors", 400, json({ meta, errors: [] })],
    ["400 with errors that are no list", 400, json({ errors: { code: "X" } })],
    [
      "data under 500",
      500,
      json({ meta: { status: "SUCCESS" }, data: { sample_id: "s_1" } }),
    ],
  ])("for %s", async (_what, status, body) => {
    const failure = await answeredWith(status, body);
    expect(failure.error).toMatchObject({
      code: "client.invalid_response",
      outcome: "unknown",
      status,
      excerpt: body,
    });
    expect(failure.error.message).toMatch(new RegExp(`^HTTP ${status}: .`));
    expect(failure.response?.status).toBe(status);
    expect(failure.attempts).toBe(1);
  });

  it.each([
    ["no meta", { data: {} }],
    ["no status", { data: {}, meta: { trace_id: "t1" } }],
    ["another status", { data: {}, meta }],
  ])("says what a stand-in forgot: data with %s", async (_what, body) => {
    const { error } = await answeredWith(200, json(body));
    expect(error.message).toContain('data without a "SUCCESS" in meta.status');
  });

  it("for text that is not UTF-8", async () => {
    const body = Buffer.from(
      json({ meta: { status: "SUCCESS" }, data: { name: "Müller" } }),
      "latin1",
    );
    const { error } = await answeredWith(200, body);
    expect(error).toMatchObject({
      code: "client.invalid_response",
      outcome: "unknown",
      status: 200,
      excerpt: expect.stringContaining("M\u{FFFD}ller") as string,
    });
  });

  it("for a body that the connection cuts off, with what arrived of it", async () => {
    server.act(path, (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"meta":', () => response.socket?.destroy());
    });
    const client = sampleClient(server.url, { retry: false });
    const failure = failureOf(await callSample(client, writeOperation));
    expect(failure.error).toMatchObject({
      code: "client.invalid_response",
      outcome: "unknown",
      status: 200,
      excerpt: '{"meta":',
    });
    expect(failure.response?.status).toBe(200);
  });

  it("with an excerpt of at most 1,000 characters", async () => {
    const { error } = await answeredWith(502, "x".repeat(5000));
    expect(error).toHaveProperty("excerpt", "x".repeat(1000));
  });

  it("for a body of more than 10 MiB, of which it keeps the beginning", async () => {
    let unsent = 0;
    const closed = new Promise<void>((resolve) => {
      server.act(path, (_request, response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(mebibyte, "x");
        const next = (left: number): void => {
          unsent = left;
          if (left === 0) return;
          response.write(chunk, (error) => {
            if (!error) setTimeout(next, 0, left - 1);
          });
        };
        next(200);
        response.on("close", resolve);
      });
    });
    const client = sampleClient(server.url, { retry: false });
    const { error } = failureOf(await callSample(client, writeOperation));
    expect(error).toMatchObject({
      code: "client.invalid_response",
      outcome: "unknown",
      status: 200,
      excerpt: "x".repeat(1000),
    });
    // It hangs up instead of reading on.
    await closed;
    expect(unsent).toBeGreaterThan(0);
  });

  it("keeps the trace id when there is one", async () => {
    const failure = await answeredWith(500, json({ meta }));
    expect(failure.error.code).toBe("client.invalid_response");
    expect(failure.meta?.trace_id).toBe("trc_1");
  });
});

describe("a body of exactly 10 MiB", () => {
  it("is read", async () => {
    const frame = json({ meta: { status: "SUCCESS" }, data: { padding: "" } });
    const padding = "x".repeat(10 * mebibyte - frame.length);
    const body = json({ meta: { status: "SUCCESS" }, data: { padding } });
    expect(body).toHaveLength(10 * mebibyte);
    server.act(path, (_request, response) => {
      response.end(body);
    });
    const result = await callSample(sampleClient(server.url), writeOperation);
    expect(result.ok && result.data).toStrictEqual({ padding });
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])(
    "with %d is an invalid response and is not followed with the credentials",
    async (status) => {
      const elsewhere = await startKompliantServer();
      elsewhere.act("/stolen", (_request, response) => {
        response.end("{}");
      });
      try {
        const location = `${elsewhere.url}/stolen`;
        const failure = await answeredWith(status, "", { location });
        expect(failure.error).toMatchObject({
          code: "client.invalid_response",
          outcome: "unknown",
          status,
        });
        expect(server.requests).toHaveLength(1);
        expect(elsewhere.requests).toHaveLength(0);
      } finally {
        await elsewhere.close();
      }
    },
  );
});

describe("an API error", () => {
  it("counts as one under any status, content type and length", async () => {
    const wire = { code: "ENTITY_NOT_FOUND", message: "x".repeat(5000) };
    for (const status of [200, 400, 404, 500]) {
      const failure = await answeredWith(status, json({ errors: [wire] }), {
        "content-type": "text/html",
      });
      expect(failure.error).toStrictEqual(wire);
      expect(failure.response?.status).toBe(status);
    }
  });
});
