import type { RetryOptions } from "./client.js";
import type { Outcome } from "./errors.js";
import type { Operation } from "./operation.js";

/** What a failed attempt looked like from outside. */
export interface FailedAttempt {
  readonly status?: number | undefined;
  /** The `Retry-After` header, in either form. */
  readonly retryAfter?: string | null | undefined;
  /** The connection was not made or broke, and the request may have been executed or not. */
  readonly lost?: Outcome | undefined;
}

/**
 * Decides whether a failed attempt is followed by another. Operations that only
 * read are repeated after a lost connection and the statuses 429, 500, 503 and
 * 504; operations that change something only where the request cannot have been
 * executed: never sent, 429, and 503 with `Retry-After`.
 *
 * @param attempt - the number of the attempt that failed, from 1
 * @returns milliseconds to wait, or undefined when it is final
 */
export function retryDelay(
  retry: RetryOptions | false | undefined,
  { effect }: Pick<Operation, "effect">,
  attempt: number,
  { status, retryAfter, lost }: FailedAttempt,
): number | undefined {
  if (retry === false) return undefined;
  const { attempts = 3, baseDelayMs = 250, maxDelayMs = 10_000 } = retry ?? {};
  if (attempt >= attempts) return undefined;
  const asked = parseRetryAfter(retryAfter);
  const wasNotExecuted =
    lost === "not_sent" ||
    status === 429 ||
    (status === 503 && asked !== undefined);
  const mayBeRepeated =
    lost === "unknown" || [500, 503, 504].includes(status ?? 0);
  if (!wasNotExecuted && !(effect === "read" && mayBeRepeated)) {
    return undefined;
  }
  if (asked !== undefined) return asked <= maxDelayMs ? asked : undefined;
  const ceiling = Math.min(baseDelayMs * 2 ** (attempt - 1), maxDelayMs);
  return Math.random() * ceiling;
}

/** Milliseconds that `Retry-After` asks for: a number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
function parseRetryAfter(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Every form of an HTTP date begins with the day; `Date.parse` alone takes "1.5" for one.
  const isDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text);
  const waitMs = Date.parse(text) - Date.now();
  return isDate && !isNaN(waitMs) ? Math.max(0, waitMs) : undefined;
}
