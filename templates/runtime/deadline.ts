import type { AbortedError, Outcome, TimeoutError } from "./errors.js";

/** The time a call has, ended early by its caller's signal. */
export interface Deadline {
  readonly endMs: number;
  /** Aborted when the deadline is over; made for the first who asks. */
  readonly signal: () => AbortSignal;
  /** Throws when the deadline is over. */
  check(): void;
  /** Starts and settles like `work`, or rejects as soon as the deadline is over; one at a time. */
  race<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolves after a delay, or as soon as the deadline is over. */
  wait(delayMs: number): Promise<void>;
  /** Why the deadline is over, or undefined while it is not. */
  error(outcome: Outcome): TimeoutError | AbortedError | undefined;
  /** Frees the timers and the caller's signal. */
  close(): void;
}

/** Why a deadline is over. */
interface Ending {
  readonly code: (TimeoutError | AbortedError)["code"];
  readonly message: string;
  readonly cause?: unknown;
}

/** For failures that are told in another way. */
export function ignore(): void {
  // Nothing to do.
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
  let controller: AbortController | undefined;
  let error: Ending | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let interrupt: ((cause: Error) => void) | undefined;
  const check = (): void => {
    if (error) throw new Error(error.message);
  };
  const end = (why: Ending): void => {
    error ??= why;
    interrupt?.(new Error(why.message));
    controller?.abort();
  };
  const timer = setTimeout(end, Math.min(timeoutMs, longestTimerMs), {
    code: "client.timeout",
    message: `no answer within ${timeoutMs} ms`,
  });
  const giveUp = (): void => {
    const message = "the call was aborted";
    end({ code: "client.aborted", message, cause: caller?.reason });
  };
  if (caller?.aborted) giveUp();
  caller?.addEventListener("abort", giveUp);
  const race = <Value>(work: () => Promise<Value>): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      check();
      interrupt = reject;
      work().then(resolve, reject);
    });
  return {
    endMs: Date.now() + timeoutMs,
    signal: () => {
      controller ??= new AbortController();
      if (error) controller.abort();
      return controller.signal;
    },
    check,
    race,
    wait: (delayMs) =>
      race(
        () =>
          new Promise<void>((resolve) => {
            pause = setTimeout(resolve, delayMs);
          }),
      ).catch(ignore),
    error: (outcome) => error && { ...error, outcome },
    close: () => {
      clearTimeout(timer);
      clearTimeout(pause);
      caller?.removeEventListener("abort", giveUp);
    },
  };
}
