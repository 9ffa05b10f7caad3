import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Retry } from "../../templates/runtime/types.js";
import { openDeadline } from "../../templates/runtime/deadline.js";
import { retryDelay } from "../../templates/runtime/retry.js";
import {
  callSample,
  readOperation,
  sampleClient,
} from "../support/sample-operations.js";

const defaults = { attempts: 3, baseDelayMs: 250, maxDelayMs: 10_000 };
const never = () => undefined;
const now = Date.UTC(2025, 2, 24, 12, 0, 0);
const in2s = "Mon, 24 Mar 2025 12:00:02 GMT";

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function delayAfter(
  retryAfter: string | undefined,
  attempt = 1,
  retry: Partial<Retry> = {},
): number {
  const headers = new Headers(
    retryAfter === undefined ? {} : { "retry-after": retryAfter },
  );
  const response = { status: 503, headers };
  return retryDelay({ ...defaults, ...retry }, readOperation, {
    attempt,
    outcome: "unknown",
    response,
    isLost: false,
  });
}

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["2", 2000],
    [" 2 ", 2000],
    ["10", 10_000],
    [in2s, 2000],
    ["Monday, 24-Mar-25 12:00:02 GMT", 2000],
    ["Mon, 24 Mar 2025 11:59:00 GMT", 0],
  ])("%j means %d ms", (value, delay) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(delayAfter(value)).toBe(delay);
    // Clients that were sent away together do not come back together.
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(delayAfter(value)).toBe(delay + 125);
  });

  it.each(["11", "3600", "Mon, 24 Mar 2025 13:00:00 GMT", "9".repeat(400)])(
    "%s is longer than waits may be, so the attempt was the last",
    (value) => {
      expect(delayAfter(value)).toBe(Infinity);
    },
  );

  it("may be longer when the options say so", () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(delayAfter("3600", 1, { maxDelayMs: 3_600_000 })).toBe(3_600_000);
  });

  it("of a month is waited for where everything is unlimited, not less than a timer can", async () => {
    const headers = { "retry-after": String(30 * 86_400) };
    const fetch = vi.fn(() =>
      Promise.resolve(new Response("", { status: 503, headers })),
    );
    const client = sampleClient("http://127.0.0.1", {
      fetch,
      timeoutMs: Infinity,
      retry: { maxDelayMs: Infinity },
    });
    const controller = new AbortController();
    const { signal } = controller;
    const pending = callSample(client, readOperation, { signal });
    await vi.advanceTimersByTimeAsync(24 * 86_400_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    controller.abort();
    expect(await pending).toMatchObject({ error: { code: "client.aborted" } });
  });

  it.each([
    ...["soon", "", "-1", "1.5", "0x10", "1, 2", "Monday"],
    // In this form, which HTTP has given up, the zone would be the machine's.
    "Mon Mar 24 12:00:02 2025",
  ])("%j is neither form and counts as missing", (value) => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(delayAfter(value)).toBe(125);
  });

  it.each([
    ["seconds", "2"],
    ["a date", in2s],
  ])("as %s is waited for before the next request", async (_form, value) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const fetch = vi.fn(() =>
      Promise.resolve(
        new Response("", { status: 503, headers: { "retry-after": value } }),
      ),
    );
    const client = sampleClient("http://127.0.0.1", {
      fetch,
      retry: { attempts: 2 },
    });
    const pending = callSample(client, readOperation);
    await vi.advanceTimersByTimeAsync(1999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(await pending).toHaveProperty("attempts", 2);
  });
});

describe("the back-off without Retry-After", () => {
  it("is anywhere between nothing and a ceiling that doubles", () => {
    const random = vi.spyOn(Math, "random");
    random.mockReturnValue(0);
    expect(delayAfter(undefined)).toBe(0);
    random.mockReturnValue(0.5);
    const options = { attempts: 10 };
    expect(
      [1, 2, 3, 4].map((attempt) => delayAfter(undefined, attempt, options)),
    ).toEqual([125, 250, 500, 1000]);
  });

  it("never exceeds the longest wait", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const options = { attempts: 10_000, baseDelayMs: 100, maxDelayMs: 300 };
    expect(
      [1, 2, 3, 9, 9000].map((attempt) =>
        delayAfter(undefined, attempt, options),
      ),
    ).toEqual([50, 100, 150, 150, 150]);
  });

  it("ends with the last attempt", () => {
    expect(delayAfter(undefined, 2)).toBeLessThan(Infinity);
    expect(delayAfter(undefined, 3)).toBe(Infinity);
    expect(delayAfter("1", 1, { attempts: 1 })).toBe(Infinity);
  });
});

describe("a wait", () => {
  it("ends at once when the caller gives up, before or meanwhile", async () => {
    const controller = new AbortController();
    const aborted = () =>
      ({ code: "client.aborted", message: "aborted" }) as const;
    const waiting = openDeadline(
      60_000,
      "timeoutMs",
      controller.signal,
      aborted,
    );
    const meanwhile = waiting.wait(10_000);
    controller.abort();
    await meanwhile;
    waiting.close();
    const over = openDeadline(60_000, "timeoutMs", controller.signal, aborted);
    await over.wait(10_000);
    over.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no timer and no listener behind when it ends by itself", async () => {
    const { signal } = new AbortController();
    const deadline = openDeadline(60_000, "timeoutMs", signal, never);
    const wait = deadline.wait(10);
    await vi.advanceTimersByTimeAsync(10);
    await wait;
    deadline.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
