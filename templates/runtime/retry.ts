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
 * @returns milliseconds to wait, or undefined when it is final
 */
export function retryDelay(
  retry: RetryOptions | false | undefined,
  { effect }: Pick<Operation, "effect">,
  attempt: number,
  response: ResponseInfo | undefined,
  lost: Outcome | undefined,
): number | undefined {
  if (retry === false) return undefined;
  const { attempts = 3, baseDelayMs = 250, maxDelayMs = 10_000 } = retry ?? {};
  const { status = 0, headers } = response ?? {};
  const asked = parseRetryAfter(headers?.get("retry-after") ?? "");
  const wasNotExecuted =
    lost === "not_sent" ||
    status === 429 ||
    (status === 503 && asked !== undefined);
  const mayRepeat =
    wasNotExecuted ||
    (effect === "read" && (lost ?? [500, 503, 504].includes(status)));
  if (!mayRepeat || attempt >= attempts) return undefined;
  if (asked !== undefined) return asked <= maxDelayMs ? asked : undefined;
  return Math.random() * Math.min(baseDelayMs * 2 ** (attempt - 1), maxDelayMs);
}

/** Milliseconds that `Retry-After` asks for: a number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
function parseRetryAfter(value: string): number | undefined {
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  // `Date.parse` alone takes "1.5" for a date.
  const waitMs = / GMT\s*$/.test(value) ? Date.parse(value) - Date.now() : NaN;
  return isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
