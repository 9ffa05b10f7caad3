import type { RetryOptions } from "./client.js";
import type { AnyError } from "./errors.js";
import type { Operation } from "./operation.js";

/** What a failed attempt looked like from outside. */
interface FailedAttempt {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** The `Retry-After` header, in either form. */
  readonly retryAfter: string | undefined;
  readonly error: AnyError;
  /** The connection broke while the body was read. */
  readonly lost?: boolean | undefined;
}

/**
 * Decides whether a failed attempt is followed by another. Operations that only
 * read are repeated after a lost connection and the statuses 429, 500, 503 and
 * 504; operations that change something only where the request cannot have been
 * executed.
 *
 * @param attempt - the number of the attempt that failed, from 1
 * @returns milliseconds to wait, or undefined when it is final
 */
export function retryDelay(
  retry: RetryOptions | false,
  operation: Operation,
  attempt: number,
  failed: FailedAttempt,
): number | undefined {
  if (retry === false || attempt >= (retry.attempts ?? 3)) return undefined;
  const asked = parseRetryAfter(failed.retryAfter);
  if (!isRepeatable(operation, failed, asked)) return undefined;
  const maxDelayMs = retry.maxDelayMs ?? 10_000;
  if (asked !== undefined) return asked <= maxDelayMs ? asked : undefined;
  const ceiling = (retry.baseDelayMs ?? 250) * 2 ** (attempt - 1);
  return Math.random() * Math.min(ceiling, maxDelayMs);
}

function isRepeatable(
  operation: Operation,
  { status, error, lost }: FailedAttempt,
  asked: number | undefined,
): boolean {
  if (status === undefined) {
    if (error.code !== "client.network") return false;
    const notSent = "outcome" in error && error.outcome === "not_sent";
    return notSent || operation.effect === "read";
  }
  if (status === 429) return true;
  if (operation.effect === "read") {
    return lost === true || status === 500 || status === 503 || status === 504;
  }
  return status === 503 && asked !== undefined;
}

/** Milliseconds that `Retry-After` asks for: a number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\s*(\d+)\s*$/.exec(value)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  // Every form of an HTTP date begins with the day; `Date.parse` alone takes "1.5" for one.
  if (!/^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Waits, or less when the signal is aborted. */
export function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}
