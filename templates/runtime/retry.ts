import type { Outcome } from "./errors.js";
import type { ResponseInfo } from "./result.js";
import type { Client, Operation, Retry } from "./types.js";

/** How an attempt failed. */
export interface FailedAttempt {
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  /** Whether the request may have been executed, or that the API answered it. */
  readonly outcome: Outcome | "answered";
  /** The head of its response, if one came. */
  readonly response: ResponseInfo | undefined;
  /** No response came, or not all of it. */
  readonly isLost: boolean;
}

/** Statuses after which a read is worth another attempt. */
const passing = [408, 425, 429, 500, 502, 503, 504];

/**
 * Tells whether the API certainly has not executed an attempt: nothing can have reached
 * it, or it said itself that there were too many requests.
 */
export function isUnexecuted({
  outcome,
  response,
}: Pick<FailedAttempt, "outcome" | "response">): boolean {
  return (
    outcome === "not_sent" ||
    (outcome === "answered" && response?.status === 429)
  );
}

/**
 * Tells whether a failed attempt may be followed by another.
 *
 * An operation that changes something is repeated only when it certainly was not
 * executed, whatever status or `Retry-After` came: proxies answer 502, 503 and 504 for
 * requests that the API has executed.
 */
function mayRepeat(
  { effect }: Pick<Operation, "effect">,
  failed: FailedAttempt,
): boolean {
  const { response, isLost } = failed;
  if (isUnexecuted(failed)) return true;
  return (
    effect === "read" && (isLost || passing.includes(response?.status ?? 0))
  );
}

/**
 * Milliseconds to wait before the next attempt; infinite when there is none.
 *
 * `Retry-After` comes on top of the back-off: the wait is never shorter than either, and
 * clients that were sent away together do not come back together.
 */
export function retryDelay(
  retry: Retry | false,
  operation: Pick<Operation, "effect">,
  failed: FailedAttempt,
): number {
  if (retry === false || failed.attempt >= retry.attempts) return Infinity;
  if (!mayRepeat(operation, failed)) return Infinity;
  const { baseDelayMs, maxDelayMs } = retry;
  const asked = parseRetryAfter(
    failed.response?.headers.get("retry-after") ?? "",
  );
  if (asked > maxDelayMs) return Infinity;
  // 0 times infinity is no number.
  const doublings = Math.min(failed.attempt - 1, 60);
  const ceiling = Math.min(baseDelayMs * 2 ** doublings, maxDelayMs);
  return asked + Math.random() * ceiling;
}

/** Milliseconds that `Retry-After` asks for: a number of seconds or an HTTP date (RFC 9110, section 10.2.3); 0 for anything else. */
function parseRetryAfter(value: string): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // `Date.parse` alone takes "1.5" for a date.
  const until = value.endsWith(" GMT") ? Date.parse(value) : NaN;
  return Math.max(0, until - Date.now()) || 0;
}

/** Tokens of a client that has not failed yet, and what a retry takes of them. */
const capacity = 500;
const retryCost = 5;

/** A bucket of tokens as in AWS's SDKs: retries empty it, successes fill it, and while it is empty nothing is retried. */
export function fullBudget(): Client["retryBudget"] {
  return { tokens: capacity };
}

/** Takes what a retry costs, if that much is left. */
export function spend(budget: Client["retryBudget"]): boolean {
  const isEnough = budget.tokens >= retryCost;
  if (isEnough) budget.tokens -= retryCost;
  return isEnough;
}

/** Puts back what the last retry of a successful call took, or a little when there was none. */
export function refund(budget: Client["retryBudget"], attempts: number): void {
  const tokens = attempts > 1 ? retryCost : 1;
  budget.tokens = Math.min(capacity, budget.tokens + tokens);
}
