import type { AbortedError, Outcome, TimeoutError } from "./errors.js";

/** The time a call has, ended early by its caller's signal. */
export interface Deadline {
  /** Aborted when the time is over or the caller gives up. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  /** Settles like `promise`, or rejects as soon as the deadline is over. */
  race<Value>(promise: Promise<Value>): Promise<Value>;
  /** Why the deadline is over, or undefined while it is not. */
  error(outcome: Outcome): TimeoutError | AbortedError | undefined;
  /** Frees the timer and the listener on the caller's signal. */
  close(): void;
}

/** Timers take 32-bit delays and fire at once beyond. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Starts a call's clock.
 *
 * @param timeoutMs - milliseconds until it is over
 * @param caller - the caller's signal, which ends it early
 */
export function openDeadline(
  timeoutMs: number,
  caller: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController();
  const end = Date.now() + timeoutMs;
  let reason: "timeout" | "aborted" | undefined;
  const expire = (why: "timeout" | "aborted"): void => {
    reason ??= why;
    controller.abort();
  };
  const giveUp = (): void => {
    expire("aborted");
  };
  const timer = setTimeout(
    () => {
      expire("timeout");
    },
    Math.min(timeoutMs, longestTimerMs),
  );
  if (caller?.aborted) giveUp();
  else caller?.addEventListener("abort", giveUp, { once: true });

  return {
    signal: controller.signal,
    remainingMs: () => end - Date.now(),
    race: (promise) => rejectOnAbort(promise, controller.signal),
    error: (outcome) => {
      if (reason === undefined) return undefined;
      return reason === "timeout"
        ? {
            code: "client.timeout",
            message: `no answer within ${timeoutMs} ms`,
            outcome,
          }
        : {
            code: "client.aborted",
            message: "the call was aborted",
            outcome,
            cause: caller?.reason,
          };
    },
    close: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", giveUp);
    },
  };
}

function rejectOnAbort<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      reject(new Error("aborted"));
    };
    if (signal.aborted) abandon();
    else signal.addEventListener("abort", abandon, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", abandon);
    });
  });
}
