import type {
  CallOptions,
  Client,
  Hook,
  RequestEvent,
  ResponseEvent,
} from "./client.js";
import { openDeadline } from "./deadline.js";
import type { Deadline } from "./deadline.js";
import { invalid } from "./decode.js";
import type { Decoded } from "./decode.js";
import type { ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import {
  draftRequest,
  maskHeaders,
  signRequest,
  withoutSecrets,
} from "./request.js";
import type { Draft, HeaderValues } from "./request.js";
import type { ResponseInfo, Result } from "./result.js";
import { retryDelay } from "./retry.js";
import { outcomeOf, readAnswer } from "./transport.js";

/** What stays the same over the attempts of a call. */
interface Call {
  readonly client: Client;
  readonly operation: Operation;
  readonly options: CallOptions;
  readonly draft: Draft;
  readonly deadline: Deadline;
}

/** What one attempt came to. */
interface Attempt {
  readonly decoded: Decoded;
  /** Whether this attempt, or one before it, may have been executed. */
  readonly outcome: Outcome;
  readonly response?: ResponseInfo;
  /** The connection was not made or broke, and this attempt may have been executed or not. */
  readonly lost?: Outcome | undefined;
  /** For the hooks, when there was a request. */
  readonly event?: () => ResponseEvent;
}

/**
 * Performs an operation: build, serialise once, then per attempt sign, freeze and
 * send. What the signer saw is what goes out.
 *
 * @param input - the request's parameters; undefined for an operation without a body
 * @returns the result, typed by the operation that returns it; rejects only with the
 *   `TypeError` of an input that JSON, or a header that HTTP cannot express, before
 *   anything is signed
 */
export async function call(
  client: Client,
  operation: Operation,
  input: unknown,
  options: CallOptions = {},
): Promise<never> {
  const draft = await draftRequest(client, operation, input, options);
  const timeoutMs = options.timeoutMs ?? client.timeoutMs ?? 30_000;
  const deadline = openDeadline(timeoutMs, options.signal);
  try {
    const context: Call = { client, operation, options, draft, deadline };
    const result = await repeat(context);
    notify(options.onResult ?? client.onResult, () => result);
    return result as never;
  } finally {
    deadline.close();
  }
}

/** Makes attempts until one is final. */
async function repeat(context: Call): Promise<Result<unknown, unknown>> {
  const { client, operation, options, deadline } = context;
  const retry = options.retry ?? client.retry;
  let outcome: Outcome = "not_sent";
  for (let number = 1; ; number += 1) {
    const attempt = await perform(context, number, outcome);
    outcome = attempt.outcome;
    const result = conclude(operation, number, attempt);
    if (result.ok || deadline.error(outcome)) return result;
    const { response, lost, event } = attempt;
    const delayMs = retryDelay(retry, operation, number, {
      status: response?.status,
      retryAfter: response?.headers.get("retry-after"),
      lost,
    });
    if (!event || delayMs === undefined) return result;
    if (delayMs >= deadline.remainingMs()) return result;
    notify(options.onRetry ?? client.onRetry, () => ({ ...event(), delayMs }));
    await deadline.wait(delayMs);
    const over = deadline.error(outcome);
    if (over) return conclude(operation, number, failed(over));
  }
}

/** @param before - the outcome of the attempts before this one */
async function perform(
  context: Call,
  number: number,
  before: Outcome,
): Promise<Attempt> {
  const { client, operation, options, draft, deadline } = context;
  const early = deadline.error(before);
  if (early) return failed(early);
  let headers: HeaderValues;
  try {
    headers = await deadline.race(
      signRequest(client.signer, draft, number, deadline.signal),
    );
  } catch (cause) {
    const over = deadline.error(before);
    if (over?.code === "client.aborted") return failed(over);
    const message = over ? "no signature in time" : "the signer failed";
    const code = "client.signing";
    return failed({ code, message, outcome: before, cause });
  }
  const request = (): RequestEvent => ({
    operation: operation.name,
    attempt: number,
    headers: maskHeaders(headers),
  });
  notify(options.onRequest ?? client.onRequest, request);
  const over = deadline.error(before);
  if (over) return failed(over);
  const startMs = Date.now();
  const attempt = await exchange(context, headers, before);
  const durationMs = Date.now() - startMs;
  const { response, decoded } = attempt;
  const event = (): ResponseEvent => ({
    ...request(),
    durationMs,
    status: response?.status,
    traceId: decoded.meta?.trace_id,
    code: decoded.errors?.[0].code,
  });
  notify(options.onResponse ?? client.onResponse, event);
  return { ...attempt, event };
}

/** Sends a signed request and reads its answer. */
async function exchange(
  { client, operation, options, draft, deadline }: Call,
  headers: HeaderValues,
  before: Outcome,
): Promise<Attempt> {
  const { url, method } = draft;
  const { signal, race } = deadline;
  const body = draft.body.byteLength > 0 ? draft.body.slice() : null;
  const limit = options.maxBodyBytes ?? client.maxBodyBytes ?? 10 * 2 ** 20;
  let response: ResponseInfo | undefined;
  try {
    const redirect = "manual";
    const received = await race(
      client.fetch(url, { method, headers, body, signal, redirect }),
    );
    response = { status: received.status, headers: received.headers };
    const read = await readAnswer(received, limit, race);
    const { problem, lost } = read;
    const over = problem && deadline.error("unknown");
    if (over) return { ...failed(over), response };
    const redact = (text: string): string => withoutSecrets(text, headers);
    const answer = { ...read, redact };
    const decoded = problem
      ? invalid(answer, problem)
      : operation.decode(operation, answer);
    return { decoded, response, outcome: "unknown", lost };
  } catch (cause) {
    const over = deadline.error("unknown");
    if (over) return failed(over);
    const lost = outcomeOf(cause);
    const outcome = lost === "not_sent" ? before : lost;
    const message = "the request failed on the network";
    return {
      ...failed({ code: "client.network", message, outcome, cause }),
      lost,
    };
  }
}

function failed(error: ClientError): Attempt {
  return { decoded: { errors: [error] }, outcome: error.outcome };
}

function conclude(
  { name: operation }: Operation,
  attempts: number,
  { decoded, response }: Attempt,
): Result<unknown, unknown> {
  const { data, errors, meta } = decoded;
  const base = { operation, attempts, ...(response && { response }) };
  if (errors) {
    const [error] = errors;
    return { ok: false, ...base, error, errors, ...(meta && { meta }) };
  }
  // Data came with an answer.
  const answered = { ...base, response: response as ResponseInfo };
  return { ok: true, ...answered, data, meta, warnings: meta.warnings ?? [] };
}

/** Tells an observer, which cannot disturb the call: what it throws is its own affair. */
function notify<Event>(
  hook: Hook<Event> | undefined,
  event: () => Event,
): void {
  if (!hook) return;
  new Promise((resolve) => {
    resolve(hook(event()));
  }).catch(() => undefined);
}
