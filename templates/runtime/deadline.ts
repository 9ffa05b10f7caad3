import type { AbortedError, Outcome, TimeoutError } from "./errors.js";

/** The time a call has, ended early by its caller's signal. */
export interface Deadline {
  /** Aborted when the deadline is over; made for the first who asks. */
  readonly signal: () => AbortSignal;
  remainingMs(): number;
  /** Throws when the deadline is over. */
  check(): void;
  /** Settles like `work`, or rejects as soon as the deadline is over; one race at a time. */
  race<Value>(work: Promise<Value>): Promise<Value>;
  /** Resolves after a delay, or as soon as the deadline is over. */
  wait(delayMs: number): Promise<void>;
  /** Why the deadline is over, or undefined while it is not. */
  error(outcome: Outcome): TimeoutError | AbortedError | undefined;
  /** Frees the timer and the caller's signal. */
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
  let interrupt: ((cause: Error) => void) | undefined;
  const end = (why: typeof error & object): void => {
    error ??= why;
    interrupt?.(new Error(why.message));
    controller?.abort();
  };
  const timeOut = (): void => {
    const message = `no answer within ${timeoutMs} ms`;
    end({ code: "client.timeout", message });
  };
  const giveUp = (): void => {
    const message = "the call was aborted";
    end({ code: "client.aborted", message, cause: caller?.reason });
  };
  const timer = setTimeout(timeOut, Math.min(timeoutMs, longestTimerMs));
  if (caller?.aborted) giveUp();
  const forget = caller && onAbort(caller, giveUp);
  const check = (): void => {
    if (error) throw new Error(error.message);
  };
  const race = <Value>(work: Promise<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      interrupt = reject;
      work.then(resolve, reject);
      check();
    });
  return {
    signal: () => {
      controller ??= new AbortController();
      if (error) controller.abort();
      return controller.signal;
    },
    remainingMs: () => endMs - Date.now(),
    check,
    race,
    wait: async (delayMs) => {
      let pause: ReturnType<typeof setTimeout> | undefined;
      const paused = new Promise<void>((resolve) => {
        pause = setTimeout(resolve, delayMs);
      });
      await race(paused).catch(() => undefined);
      clearTimeout(pause);
    },
    error: (outcome) => error && { ...error, outcome },
    close: () => {
      clearTimeout(timer);
      forget?.();
    },
  };
}

/** Who waits for which signal. */
const waiting = /* @__PURE__ */ new WeakMap<object, Set<() => void>>();

function announce({ target }: { readonly target: unknown }): void {
  waiting.get(Object(target) as object)?.forEach((react) => {
    react();
  });
}

/**
 * Listens once for all calls that share a signal, for Node warns of more than ten
 * listeners.
 *
 * @returns a function that ends it
 */
function onAbort(signal: AbortSignal, react: () => void): () => void {
  const all = waiting.get(signal) ?? new Set();
  waiting.set(signal, all.add(react));
  signal.addEventListener("abort", announce);
  return () => {
    all.delete(react);
    if (all.size === 0) signal.removeEventListener("abort", announce);
  };
}
