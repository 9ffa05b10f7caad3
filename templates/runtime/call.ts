import type { CallOptions, Client } from "./client.js";
import { invalid } from "./decode.js";
import type { Decoded } from "./decode.js";
import { encodeJson } from "./encode.js";
import type { Bytes } from "./encode.js";
import { openDeadline } from "./deadline.js";
import type { Deadline } from "./deadline.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import type { Failure, Result } from "./result.js";
import { retryDelay, sleep } from "./retry.js";
import type { HeadersInit, SigningRequest } from "./signer.js";
import { IncompleteBody, outcomeOf, send } from "./transport.js";
import type { Answer } from "./transport.js";

/** A request before it is signed; the same for every attempt of a call. */
interface Draft {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
}

/** What one attempt came to. */
type Attempt =
  | {
      readonly answer: Answer;
      readonly decoded: Decoded;
      readonly lost?: boolean;
    }
  | {
      readonly answer?: undefined;
      readonly error: ClientError;
      readonly lost?: undefined;
    };

/**
 * Performs an operation: build, serialise once, then per attempt sign, freeze and
 * send. What the signer saw is what goes out.
 *
 * @param input - the request's parameters; undefined for an operation without a body
 * @returns the result; rejects only with the `TypeError` of an input that JSON cannot express
 */
export async function call<Data, E extends AnyError>(
  client: Client,
  operation: Operation,
  input: unknown,
  options: CallOptions = {},
): Promise<Result<Data, E>> {
  const draft = await build(client, operation, input, options);
  const deadline = openDeadline(
    options.timeoutMs ?? client.timeoutMs,
    options.signal,
  );
  try {
    let outcome: Outcome = "not_sent";
    for (let number = 1; ; number += 1) {
      const attempt = await perform(client, operation, draft, deadline, number);
      if (attempt.answer || attempt.error.outcome === "unknown") {
        outcome = "unknown";
      }
      const result = conclude<Data, E>(operation, attempt, outcome, number);
      if (result.ok) return result;
      const retry = options.retry ?? client.retry;
      const delay = retryDelay(retry, operation, number, {
        status: attempt.answer?.status,
        retryAfter: attempt.answer?.headers.get("retry-after") ?? undefined,
        error: attempt.answer ? result.error : attempt.error,
        lost: attempt.lost,
      });
      if (delay === undefined || delay >= deadline.remainingMs()) return result;
      await sleep(delay, deadline.signal);
      const error = deadline.error(outcome);
      if (error) return conclude(operation, { error }, outcome, number);
    }
  } finally {
    deadline.close();
  }
}

async function build(
  client: Client,
  operation: Operation,
  input: unknown,
  options: CallOptions,
): Promise<Draft> {
  const encode = operation.encode ?? encodeJson;
  const encoded = await encode(operation, input);
  const headers: Record<string, string> = {
    accept: "application/json",
    ...encoded.headers,
  };
  if (client.apiVersion) headers["x-api-version"] = client.apiVersion;
  if (options.headers) addHeaders(headers, options.headers);
  return { url: client.baseUrl + encoded.path, headers, body: encoded.body };
}

function addHeaders(target: Record<string, string>, added: HeadersInit): void {
  new Headers(added).forEach((value, name) => {
    target[name] = value;
  });
}

async function perform(
  client: Client,
  operation: Operation,
  draft: Draft,
  deadline: Deadline,
  attempt: number,
): Promise<Attempt> {
  const over = deadline.error("not_sent");
  if (over) return { error: over };
  let headers: Readonly<Record<string, string>>;
  try {
    headers = await deadline.race(
      sign(client, operation, draft, deadline.signal, attempt),
    );
  } catch (cause) {
    return { error: deadline.error("not_sent") ?? signingError(cause) };
  }
  observe(client.onRequest, { operation: operation.name, attempt });
  const ended = deadline.error("not_sent");
  if (ended) return { error: ended };
  const started = Date.now();
  try {
    const answer = await deadline.race(
      send(client.fetch, draft.url, {
        method: operation.method,
        headers,
        redirect: "manual",
        signal: deadline.signal,
        ...(draft.body.byteLength > 0 && { body: draft.body.slice() }),
      }),
    );
    const durationMs = Date.now() - started;
    const { status } = answer;
    observe(client.onResponse, {
      operation: operation.name,
      attempt,
      status,
      durationMs,
    });
    return { answer, decoded: operation.decode(operation, answer) };
  } catch (cause) {
    return failedSend(cause, deadline);
  }
}

/** Asks the signer and closes the request: its headers are frozen from here on. */
async function sign(
  client: Client,
  operation: Operation,
  draft: Draft,
  signal: AbortSignal,
  attempt: number,
): Promise<Readonly<Record<string, string>>> {
  const request: SigningRequest = {
    operation: operation.name,
    method: operation.method,
    get url() {
      return new URL(draft.url);
    },
    get headers() {
      return new Headers(draft.headers);
    },
    get body() {
      return draft.body.slice();
    },
    attempt,
    signal,
  };
  const headers = { ...draft.headers };
  const signed: unknown = await client.signer(request);
  if (typeof signed !== "object" || signed === null) {
    throw new TypeError("the signer returned no headers");
  }
  try {
    addHeaders(headers, signed as HeadersInit);
  } catch {
    // The platform's message repeats the value, which may be a secret.
    throw new TypeError("the signer returned a header that cannot be sent");
  }
  return Object.freeze(headers);
}

function failedSend(cause: unknown, deadline: Deadline): Attempt {
  const over = deadline.error("unknown");
  if (over) return { error: over };
  if (cause instanceof IncompleteBody) {
    const { answer, message, lost } = cause;
    return { answer, decoded: invalid(answer, message), lost };
  }
  const error: ClientError = {
    code: "client.network",
    message: "the request failed on the network",
    outcome: outcomeOf(cause),
    cause,
  };
  return { error };
}

function signingError(cause: unknown): ClientError {
  return {
    code: "client.signing",
    message: "the signer failed; nothing was sent",
    outcome: "not_sent",
    cause,
  };
}

/**
 * Turns an attempt into the call's result. `Data` and `E` are what the API
 * description promises for the operation; the decoder has tagged everything else.
 */
function conclude<Data, E extends AnyError>(
  operation: Operation,
  attempt: Attempt,
  outcome: Outcome,
  attempts: number,
): Result<Data, E> {
  const base = { operation: operation.name, attempts };
  if (!attempt.answer) {
    return failure(base, [{ ...attempt.error, outcome }]);
  }
  const { status, headers } = attempt.answer;
  const response = { status, headers };
  const { decoded } = attempt;
  switch (decoded.kind) {
    case "data":
      return {
        ok: true,
        ...base,
        data: decoded.data as Data,
        meta: decoded.meta,
        warnings: decoded.meta.warnings ?? [],
        response,
      };
    case "errors":
      return {
        ...failure<E>(base, decoded.errors),
        ...(decoded.meta && { meta: decoded.meta }),
        response,
      };
    case "invalid":
      return {
        ...failure<E>(base, [decoded.error]),
        ...(decoded.meta && { meta: decoded.meta }),
        response,
      };
  }
}

function failure<E>(
  base: { readonly operation: string; readonly attempts: number },
  errors: readonly [unknown, ...unknown[]],
): Failure<E> {
  const typed = errors as readonly [E, ...E[]];
  return { ok: false, ...base, error: typed[0], errors: typed };
}

/** Observers cannot disturb a call. */
function observe<Event>(
  observer: ((event: Event) => void) | undefined,
  event: Event,
): void {
  try {
    observer?.(event);
  } catch {
    // What an observer throws is its own affair.
  }
}
