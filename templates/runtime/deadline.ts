import type { AbortedError, TimeoutError } from "./errors.js";

/** Why a deadline is over. */
export interface Ending {
  readonly code: (TimeoutError | AbortedError)["code"];
  readonly message: string;
  readonly cause?: unknown;
}

/** The time that a call, or one of its attempts, has. */
export interface Deadline {
  /** Aborted when the deadline is over. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  /** Why the deadline is over, or undefined while it is not. */
  readonly ending: () => Ending | undefined;
  /** Throws when the deadline is over. */
  readonly check: () => void;
  /** Settles like `work`, or rejects as soon as the deadline is over. */
  race<Value>(work: Promise<Value>): Promise<Value>;
  /** Resolves after a delay, or as soon as the deadline is over. */
  wait(delayMs: number): Promise<void>;
  /** Frees the timer and the outer signal. */
  close(): void;
}

/** For failures that are told in another way. */
export function ignore(): void {
  // Nothing to do.
}

/** Timers take 32-bit delays and fire at once beyond. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Starts a clock.
 *
 * @param limitMs - milliseconds until it is over
 * @param setting - the name of the setting that says so, for the message
 * @param outer - a signal that ends it early
 * @param outerEnding - why, once that signal is aborted
 */
export function openDeadline(
  limitMs: number,
  setting: string,
  outer: AbortSignal | undefined,
  outerEnding: () => Ending | undefined,
): Deadline {
  const startMs = performance.now();
  let controller: AbortController | undefined;
  let ending: Ending | undefined;
  let end: (why: Ending | undefined) => void = ignore;
  const over = new Promise<never>((_resolve, reject) => {
    end = (why) => {
      if (!why || ending) return;
      ending = why;
      reject(new Error(why.message));
      controller?.abort();
    };
  });
  over.catch(ignore);
  const race = <Value>(work: Promise<Value>): Promise<Value> =>
    Promise.race([over, work]);
  const follow = (): void => {
    end(outerEnding());
  };
  outer?.addEventListener("abort", follow);
  if (outer?.aborted) follow();
  const timer = setTimeout(end, Math.min(limitMs, longestTimerMs), {
    code: "client.timeout",
    message: `no response within ${String(limitMs)} ms (${setting})`,
  });
  return {
    // Made when it is read: it costs as much as the rest of a call.
    get signal() {
      controller ??= new AbortController();
      if (ending) controller.abort();
      return controller.signal;
    },
    remainingMs: () => startMs + limitMs - performance.now(),
    ending: () => ending,
    check: () => {
      if (ending) throw new Error(ending.message);
    },
    race,
    wait: async (delayMs) => {
      let pause: ReturnType<typeof setTimeout> | undefined;
      const waited = new Promise((resolve) => {
        pause = setTimeout(resolve, Math.min(delayMs, longestTimerMs));
      });
      await race(waited).catch(ignore);
      clearTimeout(pause);
    },
    close: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", follow);
    },
  };
}
