import { getEventListeners } from "node:events";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createClient, ksig1 } from "../../generated/index.js";
import { documentedCredentials } from "../support/credentials.js";
import { findSecrets, shown } from "../secrets/find-secrets.js";
import { errorBody, head, successBody } from "./support/fault-case.js";
import { startFaultServer } from "./support/fault-server.js";
import type { Step } from "./support/fault-server.js";
import { watchHandles } from "./support/open-handles.js";
import { connectionsLeft, perform, watched } from "./support/perform.js";
import type { AnyResult, Effect } from "./support/perform.js";

/** What one request meets. */
interface RandomFault {
  readonly status: number;
  readonly retryAfter: boolean;
  readonly body: string;
  readonly framing: "length" | "chunked";
  /** Part of the answer that is sent, from 0 to 1. */
  readonly part: number;
  readonly pieceLength: number;
  readonly ending: "reset" | "end" | "stall";
}

const bodies = [successBody, errorBody, "", "<html>", "[[[", '{"meta":{}}'];

const randomFault = fc.record<RandomFault>({
  status: fc.constantFrom(
    200,
    200,
    204,
    302,
    400,
    429,
    429,
    500,
    502,
    503,
    503,
    504,
  ),
  retryAfter: fc.boolean(),
  body: fc.constantFrom(...bodies),
  framing: fc.constantFrom("length", "chunked"),
  part: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  pieceLength: fc.constantFrom(20, 50, 10_000),
  ending: fc.constantFrom("reset", "end", "end", "end", "stall"),
});

const scenario = fc.record({
  effect: fc.constantFrom("read" as const, "write" as const),
  faults: fc.array(randomFault, { minLength: 1, maxLength: 5 }),
});

/** The bytes of an answer up to where its body begins, and to its end. */
function message({ status, retryAfter, body, framing }: RandomFault) {
  const bodiless = status === 204;
  const headers = {
    ...(retryAfter && { "retry-after": 0 }),
    ...(bodiless
      ? {}
      : framing === "length"
        ? { "content-length": body.length }
        : { "transfer-encoding": "chunked" }),
  };
  const chunk = body && `${body.length.toString(16)}\r\n${body}\r\n`;
  const sent = bodiless
    ? ""
    : framing === "length"
      ? body
      : `${chunk}0\r\n\r\n`;
  return { head: head(status, headers), sent };
}

function steps(fault: RandomFault): readonly Step[] {
  const { head: top, sent } = message(fault);
  const whole = top + sent;
  const drip = whole.slice(0, Math.round(whole.length * fault.part));
  // A moment passes, or a reset overtakes what was sent.
  const { pieceLength, ending } = fault;
  return [{ drip, pieceLength, everyMs: 0 }, { wait: 5 }, ending];
}

type Fate = "hangs" | "lost" | "cut off" | "answered";

/** What a client must make of a fault, told from the bytes that are sent. */
function fateOf(fault: RandomFault): Fate {
  const { head: top, sent } = message(fault);
  const length = Math.round((top.length + sent.length) * fault.part);
  if (length === top.length + sent.length) return "answered";
  if (fault.ending === "stall") return "hangs";
  return length < top.length ? "lost" : "cut off";
}

/** Whether the next request is sent after this one. */
function repeats(fault: RandomFault, effect: Effect): boolean {
  const fate = fateOf(fault);
  if (fate === "hangs") return false;
  if (fate === "lost") return effect === "read";
  const { status, body } = fault;
  if (effect === "read") {
    return fate === "cut off" || [429, 500, 502, 503, 504].includes(status);
  }
  // Only the API itself can say that it has executed nothing.
  return fate === "answered" && status === 429 && body === errorBody;
}

const codeOf: Readonly<Record<Exclude<Fate, "answered">, string>> = {
  hangs: "client.timeout",
  lost: "client.network",
  "cut off": "client.invalid_response",
};

it("random faults, one after the other, end as their bytes say", async () => {
  const attemptsSeen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(scenario, async ({ effect, faults }) => {
      const { value, left } = await watchHandles(() => follow(effect, faults));
      expect(left).toEqual([]);
      attemptsSeen.add(value);
    }),
    { numRuns: 60 },
  );
  // The generator must keep making calls of several requests.
  expect(attemptsSeen.size).toBeGreaterThan(2);
});

/** Lets a client meet the faults; returns how many of them it met. */
async function follow(
  effect: Effect,
  faults: readonly RandomFault[],
): Promise<number> {
  const server = await startFaultServer(
    faults.map((fault) => ({ steps: steps(fault) })),
  );
  try {
    const final = faults.findIndex((fault) => !repeats(fault, effect));
    const expected = final === -1 ? faults.length : final + 1;
    const hangs = faults.some((fault) => fateOf(fault) === "hangs");
    const client = createClient({
      baseUrl: server.url,
      signer: ksig1(documentedCredentials),
      retry: { attempts: faults.length, baseDelayMs: 0 },
      timeoutMs: hangs ? 1000 : 20_000,
    });
    const { signal } = new AbortController();

    const result = await watched(perform(client, effect, signal));

    expect(server.requests).toHaveLength(expected);
    expect(result.attempts).toBe(expected);
    expectFate(result, faults[expected - 1]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(await connectionsLeft(server)).toBe(0);
    expect(findSecrets(shown(result))).toEqual([]);
    return expected;
  } finally {
    await server.close();
  }
}

function expectFate(result: AnyResult, last: RandomFault | undefined): void {
  if (!last) throw new Error("there was no fault");
  const { status, body } = last;
  const fate = fateOf(last);
  if (fate !== "answered") {
    const error = { code: codeOf[fate], outcome: "unknown" };
    expect(result).toMatchObject({ ok: false, error });
  } else if (status === 200 && body === successBody) {
    expect(result.ok).toBe(true);
  } else if (status !== 204 && body === errorBody) {
    expect(result).toHaveProperty("error.code", "ENTITY_NOT_FOUND");
  } else {
    const error = { code: "client.invalid_response", status };
    expect(result).toMatchObject({ ok: false, error });
  }
}
