import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fetch } from "../../templates/runtime/client.js";
import type { Operation } from "../../templates/runtime/operation.js";
import {
  callSample,
  readOperation,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";

/** One request's fate, and whether an operation may be sent again after it. */
interface Fate {
  readonly happens: () => Promise<Response>;
  readonly repeatable: "always" | "read" | "never";
  /** The connection was never made. */
  readonly notSent?: true;
}

function broken(cause: object): Promise<Response> {
  return Promise.reject(new TypeError("fetch failed", { cause }));
}

function answers(
  status: number,
  body: unknown,
  headers?: Record<string, string>,
): () => Promise<Response> {
  return () =>
    Promise.resolve(
      Response.json(body, { status, ...(headers && { headers }) }),
    );
}

const cutOff = () =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        pull: (controller) => {
          controller.error(new TypeError("terminated"));
        },
      }),
    ),
  );

const success = { meta: { status: "SUCCESS" }, data: { sample_id: "s_1" } };
const apiError = { errors: [{ code: "ENTITY_NOT_FOUND", message: "None." }] };

const fates: Readonly<Record<string, Fate>> = {
  refused: {
    happens: () => broken({ code: "ECONNREFUSED", syscall: "connect" }),
    repeatable: "always",
    notSent: true,
  },
  throttled: { happens: answers(429, {}), repeatable: "always" },
  throttledByApi: { happens: answers(429, apiError), repeatable: "always" },
  unavailableForNow: {
    happens: answers(503, {}, { "retry-after": "0" }),
    repeatable: "always",
  },
  reset: {
    happens: () => broken({ code: "ECONNRESET", syscall: "read" }),
    repeatable: "read",
  },
  lost: {
    happens: () => broken({ code: "UND_ERR_SOCKET" }),
    repeatable: "read",
  },
  cutOff: { happens: cutOff, repeatable: "read" },
  unavailable: { happens: answers(503, {}), repeatable: "read" },
  failed: { happens: answers(500, apiError), repeatable: "read" },
  failedForNow: {
    happens: answers(500, {}, { "retry-after": "0" }),
    repeatable: "read",
  },
  late: { happens: answers(504, {}), repeatable: "read" },
  badGateway: { happens: answers(502, {}), repeatable: "never" },
  notTheApi: { happens: answers(200, "<html>"), repeatable: "never" },
  refusedByApi: { happens: answers(400, apiError), repeatable: "never" },
  succeeded: { happens: answers(200, success), repeatable: "never" },
};

async function follow(operation: Operation, schedule: readonly Fate[]) {
  let sent = 0;
  const fetch: Fetch = () => {
    const fate = schedule[sent];
    sent += 1;
    return fate?.happens() ?? broken({ code: "NO_MORE_FATES" });
  };
  const client = sampleClient("http://127.0.0.1", {
    fetch,
    retry: { attempts: schedule.length, baseDelayMs: 0 },
  });
  return { result: await callSample(client, operation), sent: () => sent };
}

const schedules = fc
  .array(
    // Two in three may be repeated, so that schedules get somewhere.
    fc.oneof(
      fc.constantFrom("refused", "throttled", "unavailableForNow"),
      fc.constantFrom("reset", "cutOff", "failed", "lost"),
      fc.constantFrom(...Object.keys(fates)),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((names) =>
    names.map((name) => fates[name]).filter((fate) => fate !== undefined),
  );

describe("over random schedules of faults", () => {
  it.each([
    ["an operation that changes something", writeOperation, ["always"]],
    ["an operation that only reads", readOperation, ["always", "read"]],
  ] as const)(
    "%s is sent until the first fate after which it must not be",
    async (_kind, operation, repeatable) => {
      const lengths = new Set<number>();
      await fc.assert(
        fc.asyncProperty(schedules, async (schedule) => {
          const final = schedule.findIndex(
            (fate) => !repeatable.some((when) => when === fate.repeatable),
          );
          const expected = final === -1 ? schedule.length : final + 1;

          const { result, sent } = await follow(operation, schedule);

          expect(sent()).toBe(expected);
          expect(result.attempts).toBe(expected);
          if (!result.ok && "outcome" in result.error) {
            const nothingSent = schedule
              .slice(0, expected)
              .every(({ notSent }) => notSent);
            expect(result.error.outcome).toBe(
              nothingSent ? "not_sent" : "unknown",
            );
          }
          lengths.add(expected);
        }),
        { numRuns: 300 },
      );
      // The generator must keep making calls of several requests.
      expect(lengths.size).toBeGreaterThan(3);
    },
  );
});
