import type { AbortedError, Outcome, TimeoutError } from "./errors.js";

/** The time a call has, ended early by its caller's signal. */
export interface Deadline {
  /** Aborted when the time is over or the caller gives up; made when it is read. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  /** Throws when the deadline is over. */
  check(): void;
  /** Settles like `work`, or rejects as soon as the deadline is over. */
  race<Value>(work: Promise<Value>): Promise<Value>;
  /** Resolves after a delay, or as soon as the deadline is over. */
  wait(delayMs: number): Promise<void>;
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
  const endMs = Date.now() + timeoutMs;
  let controller: AbortController | undefined;
  let error: Omit<TimeoutError | AbortedError, "outcome"> | undefined;
  let reject: (cause: Error) => void;
  const over = new Promise<never>((_resolve, rejectOver) => {
    reject = rejectOver;
  });
  over.catch(() => undefined);
  const expire = (why: typeof error & object): void => {
    error ??= why;
    reject(new Error(why.message));
    controller?.abort();
  };
  const timeOut = (): void => {
    const message = `no answer within ${timeoutMs} ms`;
    expire({ code: "client.timeout", message });
  };
  const giveUp = (): void => {
    const message = "the call was aborted";
    expire({ code: "client.aborted", message, cause: caller?.reason });
  };
  const timer = setTimeout(timeOut, Math.min(timeoutMs, longestTimerMs));
  if (caller?.aborted) giveUp();
  else caller?.addEventListener("abort", giveUp);
  return {
    get signal() {
      controller ??= new AbortController();
      if (error) controller.abort();
      return controller.signal;
    },
    remainingMs: () => endMs - Date.now(),
    check: () => {
      if (error) throw new Error(error.message);
    },
    race: (work) => Promise.race([work, over]),
    wait: async (delayMs) => {
      let pause: ReturnType<typeof setTimeout> | undefined;
      const paused = new Promise((resolve) => {
        pause = setTimeout(resolve, delayMs);
      });
      await Promise.race([paused, over]).catch(() => undefined);
      clearTimeout(pause);
    },
    error: (outcome) => error && { ...error, outcome },
    close: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", giveUp);
    },
  };
}
