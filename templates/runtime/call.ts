import type { CallOptions, Client, Hook, ResponseEvent } from "./client.js";
import { openDeadline } from "./deadline.js";
import type { Deadline } from "./deadline.js";
import { invalid } from "./decode.js";
import type { Decoded } from "./decode.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import { draftRequest, maskHeaders, signRequest } from "./request.js";
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
  readonly response?: ResponseInfo | undefined;
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
 * @returns the result; rejects only with the `TypeError` of an input that JSON, or
 *   a header that HTTP cannot express, before anything is signed
 */
export async function call<Data, E extends AnyError>(
  client: Client,
  operation: Operation,
  input: unknown,
  options: CallOptions = {},
): Promise<Result<Data, E>> {
  const draft = await draftRequest(client, operation, input, options);
  const timeoutMs = options.timeoutMs ?? client.timeoutMs ?? 30_000;
  const deadline = openDeadline(timeoutMs, options.signal);
  try {
    const context: Call = { client, operation, options, draft, deadline };
    const result = await repeat<Data, E>(context);
    notify(options.onResult ?? client.onResult, () => result);
    return result;
  } finally {
    deadline.close();
  }
}

/** Makes attempts until one is final. */
async function repeat<Data, E>(context: Call): Promise<Result<Data, E>> {
  const { client, operation, options, deadline } = context;
  const retry = options.retry ?? client.retry;
  let outcome: Outcome = "not_sent";
  for (let number = 1; ; number += 1) {
    const attempt = await perform(context, number, outcome);
    outcome = attempt.outcome;
    const result = conclude<Data, E>(operation, number, attempt);
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
  const request = () => ({
    operation: operation.name,
    attempt: number,
    headers: maskHeaders(headers),
  });
  notify(options.onRequest ?? client.onRequest, request);
  const over = deadline.error(before);
  if (over) return failed(over);
  const started = Date.now();
  const attempt = await exchange(context, headers, before);
  const durationMs = Date.now() - started;
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
  const { method } = operation;
  const { signal } = deadline;
  const body = draft.body.byteLength > 0 ? draft.body.slice() : null;
  const init = { method, headers, body, signal, redirect: "manual" } as const;
  let response: ResponseInfo | undefined;
  try {
    const received = await deadline.race(client.fetch(draft.url, init));
    response = { status: received.status, headers: received.headers };
    const limit = options.maxBodyBytes ?? client.maxBodyBytes ?? 10 * 2 ** 20;
    const answer = await readAnswer(received, limit, deadline.race);
    const over = answer.problem && deadline.error("unknown");
    if (over) return { ...failed(over), response };
    const decoded = answer.problem
      ? invalid(answer, answer.problem)
      : operation.decode(operation, answer);
    const lost = answer.lost ? "unknown" : undefined;
    return { decoded, outcome: "unknown", response, lost };
  } catch (cause) {
    const over = deadline.error("unknown");
    if (over) return failed(over);
    const lost = outcomeOf(cause);
    const outcome = lost === "not_sent" ? before : lost;
    const message = "the request failed on the network";
    const error = { code: "client.network", message, outcome, cause } as const;
    return { ...failed(error), response, lost };
  }
}

function failed(error: ClientError): Attempt {
  return { decoded: { errors: [error] }, outcome: error.outcome };
}

/**
 * Turns an attempt into the call's result. `Data` and `E` are what the API
 * description promises for the operation; the decoder has tagged everything else.
 */
function conclude<Data, E>(
  { name: operation }: Operation,
  attempts: number,
  { decoded, response }: Attempt,
): Result<Data, E> {
  const { data, errors, meta } = decoded;
  const base = { operation, attempts };
  if (!errors && response) {
    const { warnings = [] } = meta;
    return { ok: true, ...base, data: data as Data, meta, warnings, response };
  }
  const typed = errors as readonly [E, ...E[]];
  return {
    ok: false,
    ...base,
    error: typed[0],
    errors: typed,
    ...(meta && { meta }),
    ...(response && { response }),
  };
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
