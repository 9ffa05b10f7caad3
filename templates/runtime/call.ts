import type {
  CallOptions,
  Client,
  Hook,
  RequestEvent,
  ResponseEvent,
  Settings,
} from "./client.js";
import { openDeadline } from "./deadline.js";
import { invalid } from "./decode.js";
import type { DecodedErrors } from "./decode.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import {
  draftRequest,
  maskHeaders,
  signRequest,
  withoutSecrets,
} from "./request.js";
import type { HeaderValues } from "./request.js";
import type { Failure, ResponseInfo, Result } from "./result.js";
import { retryDelay } from "./retry.js";
import { outcomeOf, readBody } from "./transport.js";
import type { Reader } from "./transport.js";

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
  const draft = await draftRequest(client, operation, input, options);
  const deadline = openDeadline(setting("timeoutMs") ?? 30_000, options.signal);
  /** Whether any attempt so far may have been executed. */
  let outcome: Outcome = "not_sent";

  /** Makes an attempt; resolves to nothing when it is time for another. */
  const perform = async (
    attempt: number,
  ): Promise<Result<unknown, AnyError> | undefined> => {
    const base = { operation: operation.name, attempts: attempt };
    const before = outcome;
    let headers = undefined as HeaderValues | undefined;
    let response = undefined as ResponseInfo | undefined;
    let reader = undefined as Reader | undefined;
    let lost = undefined as Outcome | undefined;
    let startMs = undefined as number | undefined;

    const request = (): RequestEvent => ({
      operation: operation.name,
      attempt,
      headers: maskHeaders(headers ?? {}),
    });

    const exchange = async (): Promise<Result<unknown, AnyError>> => {
      deadline.check();
      const signed = await signRequest(client.signer, draft, attempt, deadline);
      deadline.check();
      headers = signed;
      notify(setting("onRequest"), request);
      deadline.check();
      startMs = Date.now();
      outcome = "unknown";
      const { method, body } = draft;
      const received = await client.fetch(draft.url, {
        method,
        headers,
        body: body.byteLength > 0 ? body.slice() : null,
        redirect: "manual",
        // Made when it is read, which `fetch` does and its stand-ins in tests do not.
        get signal() {
          return deadline.signal;
        },
      });
      response = { status: received.status, headers: received.headers };
      reader = received.body?.getReader();
      const limit = setting("maxBodyBytes") ?? 10 * 2 ** 20;
      const read = await readBody(reader, limit);
      lost = read.lost;
      const redact = (text: string): string => withoutSecrets(text, signed);
      const answer = { ...response, body: read.body, redact };
      const decoded = read.problem
        ? invalid(answer, read.problem)
        : operation.decode(operation, answer);
      if (decoded.errors) return fail(base, decoded, response);
      const { data, meta } = decoded;
      const warnings = meta.warnings ?? [];
      return { ok: true, ...base, data, meta, warnings, response };
    };

    const failure = (cause: unknown): ClientError => {
      const over = deadline.error(outcome);
      if (over && (headers || over.code === "client.aborted")) return over;
      if (!headers) {
        const message = "the signer failed or took too long";
        return { code: "client.signing", message, outcome, cause };
      }
      lost = outcomeOf(cause);
      if (lost === "not_sent") outcome = before;
      const message = "the request failed on the network";
      return { code: "client.network", message, outcome, cause };
    };

    const result = await deadline.race(exchange()).catch((cause: unknown) => {
      reader?.cancel().catch(() => undefined);
      return fail(base, { errors: [failure(cause)] }, response);
    });
    if (startMs === undefined) return result;
    const durationMs = Date.now() - startMs;
    const event = (): ResponseEvent => ({
      ...request(),
      durationMs,
      status: response?.status,
      traceId: result.meta?.trace_id,
      code: result.ok ? undefined : result.error.code,
    });
    notify(setting("onResponse"), event);
    if (result.ok || deadline.error(outcome)) return result;
    const retry = setting("retry");
    const delayMs = retryDelay(retry, operation, attempt, response, lost);
    if (delayMs === undefined || delayMs >= deadline.remainingMs()) {
      return result;
    }
    notify(setting("onRetry"), () => ({ ...event(), delayMs }));
    await deadline.wait(delayMs);
    const over = deadline.error(outcome);
    return over && fail(base, { errors: [over] });
  };

  try {
    for (let attempt = 1; ; attempt += 1) {
      const result = await perform(attempt);
      if (!result) continue;
      notify(setting("onResult"), () => result);
      return result as never;
    }
  } finally {
    deadline.close();
  }
}

function fail(
  base: Pick<Result<unknown, unknown>, "operation" | "attempts">,
  { errors, meta }: DecodedErrors,
  response?: ResponseInfo,
): Failure<AnyError> {
  const more = { ...(meta && { meta }), ...(response && { response }) };
  return { ok: false, ...base, error: errors[0], errors, ...more };
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
