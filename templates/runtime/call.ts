import type { CallOptions, Client, Hook } from "./client.js";
import type { RequestEvent, ResponseEvent, Settings } from "./client.js";
import { openDeadline } from "./deadline.js";
import { invalid } from "./decode.js";
import type { DecodedErrors } from "./decode.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import { draftRequest, maskHeaders, signRequest } from "./request.js";
import { SentRequest, encodeJson, withoutSecrets } from "./request.js";
import type { HeaderValues } from "./request.js";
import type { Failure, ResponseInfo, Result } from "./result.js";
import { retryDelay } from "./retry.js";
import { outcomeOf, readBody } from "./transport.js";
import type { Reader } from "./transport.js";

/** What is known of an attempt, as far as it has come. */
interface Attempt {
  readonly operation: string;
  readonly attempts: number;
  headers?: HeaderValues;
  startMs?: number;
  response?: ResponseInfo;
  reader?: Reader | undefined;
  /** Set when the connection was not made or broke: whether it may have been executed. */
  lost?: Outcome | undefined;
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
  const setting = <Name extends keyof Settings>(name: Name) =>
    options[name] ?? client[name];
  const { name, path, encode } = operation;
  const encoded = encode ? await encode(path, input) : encodeJson(path, input);
  const draft = draftRequest(client, operation, encoded, options);
  const deadline = openDeadline(setting("timeoutMs") ?? 30_000, options.signal);
  /** Whether any attempt so far may have been executed. */
  let outcome: Outcome = "not_sent";

  const exchange = async (
    attempt: Attempt,
  ): Promise<Result<unknown, AnyError>> => {
    const { attempts } = attempt;
    deadline.check();
    const headers = await signRequest(client, draft, attempts, () =>
      deadline.signal(),
    );
    deadline.check();
    attempt.headers = headers;
    notify(setting("onRequest"), () => requestEvent(attempt));
    deadline.check();
    attempt.startMs = Date.now();
    outcome = "unknown";
    const request = new SentRequest(draft, headers, deadline.signal);
    const received = await client.fetch(draft.url, request);
    const { status, headers: receivedHeaders } = received;
    const response = { status, headers: receivedHeaders };
    attempt.response = response;
    attempt.reader = received.body?.getReader();
    const limit = setting("maxBodyBytes") ?? 10 * 2 ** 20;
    const read = await readBody(attempt.reader, limit);
    attempt.lost = read.lost;
    const redact = (text: string): string => withoutSecrets(text, headers);
    const answer = {
      status,
      headers: receivedHeaders,
      body: read.body,
      redact,
    };
    const decoded = read.problem
      ? invalid(answer, read.problem)
      : operation.decode(operation, answer);
    if (decoded.errors) return fail(attempt, decoded);
    const { data, meta } = decoded;
    const warnings = meta.warnings ?? [];
    return {
      ok: true,
      operation: name,
      attempts,
      data,
      meta,
      warnings,
      response,
    };
  };

  try {
    for (let attempts = 1; ; attempts += 1) {
      const attempt: Attempt = { operation: name, attempts };
      const before = outcome;
      const failure = (cause: unknown): ClientError => {
        const over = deadline.error(outcome);
        if (over && (attempt.headers || over.code === "client.aborted")) {
          return over;
        }
        if (!attempt.headers) {
          const message = "the signer failed or took too long";
          return { code: "client.signing", message, outcome, cause };
        }
        attempt.lost = outcomeOf(cause);
        if (attempt.lost === "not_sent") outcome = before;
        const message = "the request failed on the network";
        return { code: "client.network", message, outcome, cause };
      };
      let result: Result<unknown, AnyError>;
      try {
        result = await deadline.race(exchange(attempt));
      } catch (cause) {
        attempt.reader?.cancel().catch(() => undefined);
        result = fail(attempt, { errors: [failure(cause)] });
      }
      if (attempt.startMs !== undefined) {
        const durationMs = Date.now() - attempt.startMs;
        const event = () => responseEvent(attempt, result, durationMs);
        notify(setting("onResponse"), event);
        const { response, lost } = attempt;
        const delayMs =
          result.ok || deadline.error(outcome)
            ? undefined
            : retryDelay(setting("retry"), operation, attempts, response, lost);
        if (delayMs !== undefined && delayMs < deadline.remainingMs()) {
          notify(setting("onRetry"), () => ({ ...event(), delayMs }));
          await deadline.wait(delayMs);
          const over = deadline.error(outcome);
          if (!over) continue;
          delete attempt.response;
          result = fail(attempt, { errors: [over] });
        }
      }
      notify(setting("onResult"), () => result);
      return result as never;
    }
  } finally {
    deadline.close();
  }
}

function fail(
  { operation, attempts, response }: Attempt,
  { errors, meta }: DecodedErrors,
): Failure<AnyError> {
  const more = { ...(meta && { meta }), ...(response && { response }) };
  return { ok: false, operation, attempts, error: errors[0], errors, ...more };
}

function requestEvent({ operation, attempts, headers }: Attempt): RequestEvent {
  return { operation, attempt: attempts, headers: maskHeaders(headers ?? {}) };
}

function responseEvent(
  attempt: Attempt,
  result: Result<unknown, AnyError>,
  durationMs: number,
): ResponseEvent {
  return {
    ...requestEvent(attempt),
    durationMs,
    status: attempt.response?.status,
    traceId: result.meta?.trace_id,
    code: result.ok ? undefined : result.error.code,
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
