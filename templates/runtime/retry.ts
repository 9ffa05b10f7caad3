import type { RetryOptions } from "./client.js";
import type { Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import type { ResponseInfo } from "./result.js";

/**
 * Decides whether a failed attempt is followed by another. Operations that only
 * read are repeated after a lost connection and the statuses 429, 500, 503 and
 * 504; operations that change something only where the request cannot have been
 * executed: never sent, 429, and 503 with `Retry-After`.
 *
 * @param attempt - the number of the attempt that failed, from 1
 * @param response - the head of its answer, if one came
 * @param lost - set when the connection was not made or broke: whether it may have been executed
 * @returns milliseconds to wait; infinite when it is final
 */
export function retryDelay(
  retry: RetryOptions | false | undefined,
  { effect }: Pick<Operation, "effect">,
  attempt: number,
  response: ResponseInfo | undefined,
  lost: Outcome | undefined,
): number {
  if (retry === false) return Infinity;
  const { attempts = 3, baseDelayMs = 250, maxDelayMs = 10_000 } = retry ?? {};
  const { status = 0, headers } = response ?? {};
  const asked = parseRetryAfter(headers?.get("retry-after") ?? "");
  const wasNotExecuted =
    lost === "not_sent" || status === 429 || (status === 503 && asked >= 0);
  const mayRepeat =
    wasNotExecuted ||
    (effect === "read" && (lost ?? [500, 503, 504].includes(status)));
  if (!mayRepeat || attempt >= attempts) return Infinity;
  if (asked >= 0) return asked <= maxDelayMs ? asked : Infinity;
  return Math.random() * Math.min(baseDelayMs * 2 ** (attempt - 1), maxDelayMs);
}

/** Milliseconds that `Retry-After` asks for: a number of seconds or an HTTP date (RFC 9110, section 10.2.3); NaN for anything else. */
function parseRetryAfter(value: string): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // `Date.parse` alone takes "1.5" for a date.
  const until = value.endsWith(" GMT") ? Date.parse(value) : NaN;
  return Math.max(0, until - Date.now());
}
