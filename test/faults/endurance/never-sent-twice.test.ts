import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClient } from "../../../generated/index.js";
import type { Fetch } from "../../../generated/index.js";
import { fates, repeats } from "../support/fates.js";
import type { Fate } from "../support/fates.js";
import { perform, watched } from "../support/perform.js";
import type { Effect } from "../support/perform.js";

/** What one call meets, request by request. */
interface Schedule {
  readonly effect: Effect;
  readonly names: readonly string[];
}

function scheduleOf(names: readonly string[], frequent: readonly string[]) {
  return fc.record<Schedule>({
    // Three in four change something: it is them that must not be repeated.
    effect: fc.constantFrom("write", "write", "write", "read"),
    names: fc.array(
      // Half of the fates let every operation go on, so that schedules get somewhere.
      fc.oneof(fc.constantFrom(...frequent), fc.constantFrom(...names)),
      { minLength: 1, maxLength: 8 },
    ),
  });
}

/** The number of requests until the first fate that is final. */
function expectedRequests(met: readonly Fate[], effect: Effect): number {
  const final = met.findIndex((fate) => !repeats(fate, effect));
  return final === -1 ? met.length : final + 1;
}

/** Follows a schedule with a `fetch` in memory; returns how many requests were made. */
async function follow({ effect, names }: Schedule): Promise<number> {
  const met = names.flatMap((name) => fates[name] ?? []);
  const sent: Fate[] = [];
  const controller = new AbortController();
  const fetch: Fetch = (_url, { signal }) => {
    const fate = met[sent.length];
    if (!fate || !signal) throw new Error("one request too many");
    sent.push(fate);
    return fate.happens(signal, () => {
      controller.abort();
    });
  };
  const client = createClient({
    baseUrl: "http://127.0.0.1",
    signer: () => ({ "x-api-key": "sb_1" }),
    fetch,
    retry: { attempts: met.length, baseDelayMs: 0 },
    timeoutMs: 100_000,
  });

  const result = await perform(client, effect, controller.signal);

  const executed = sent.findIndex(({ mayBeExecuted }) => mayBeExecuted);
  if (effect === "write" && executed !== -1) {
    expect(sent.length, "requests after one that may have been executed").toBe(
      executed + 1,
    );
  }
  expect(sent.length).toBe(expectedRequests(met, effect));
  expect(result.attempts).toBe(sent.length);
  return sent.length;
}

const goOn = Object.keys(fates).filter(
  (name) => fates[name]?.repeated === "always",
);

describe("no request that changes something is sent again after it may have been executed", () => {
  it("over ten thousand random schedules in memory", async () => {
    let followed = 0;
    const lengths = new Set<number>();
    const together = fc.array(scheduleOf(Object.keys(fates), goOn), {
      minLength: 500,
      maxLength: 500,
    });
    await fc.assert(
      fc.asyncProperty(together, async (schedules) => {
        const requests = await watched(Promise.all(schedules.map(follow)));
        for (const length of requests) lengths.add(length);
        followed += schedules.length;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(followed).toBe(10_000);
    // The generator must keep making calls of many requests.
    expect([...lengths].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
