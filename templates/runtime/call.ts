import type { CallOptions, Client, Hook, Settings } from "./client.js";
import type { RequestEvent, ResponseEvent } from "./client.js";
import { ignore, openDeadline } from "./deadline.js";
import { invalid } from "./decode.js";
import type { DecodedErrors } from "./decode.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import {
  SealedRequest,
  SentRequest,
  draftRequest,
  encodeJson,
} from "./request.js";
import { maskHeaders, sealHeaders, withoutSecrets } from "./request.js";
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
  const { name, path, encode } = operation;
  const encoded = encode ? await encode(path, input) : encodeJson(path, input);
  const draft = draftRequest(client, operation, encoded, options);
  const deadline = openDeadline(setting("timeoutMs") ?? 30_000, options.signal);
  /** Whether any attempt so far may have been executed. */
  let outcome: Outcome = "not_sent";

  try {
    for (let attempt = 1; ; attempt += 1) {
      const base = { operation: name, attempts: attempt };
      const before: Outcome = outcome;
      let headers: HeaderValues | undefined;
      let startMs: number | undefined;
      let response: ResponseInfo | undefined;
      let reader: Reader | undefined;
      let lost: Outcome | undefined;
      let result: Result<unknown, AnyError>;
      const request = (): RequestEvent => ({
        operation: name,
        attempt,
        headers: maskHeaders(headers ?? {}),
      });
      try {
        deadline.check();
        const sealed = new SealedRequest(draft, attempt, deadline.signal);
        const signed = sealHeaders(
          draft,
          await deadline.race(client.signer(sealed)),
        );
        headers = signed;
        notify(setting("onRequest"), request);
        deadline.check();
        startMs = Date.now();
        outcome = "unknown";
        const received = await deadline.race(
          client.fetch(draft.url, new SentRequest(sealed, signed)),
        );
        response = { status: received.status, headers: received.headers };
        reader = received.body?.getReader();
        const limit = setting("maxBodyBytes") ?? 10 * 2 ** 20;
        const read = await deadline.race(readBody(reader, limit));
        lost = read.lost;
        const redact = (text: string): string => withoutSecrets(text, signed);
        const answer = Object.assign({ body: read.body, redact }, response);
        const decoded = read.problem
          ? invalid(answer, read.problem)
          : operation.decode(operation, answer);
        if (decoded.errors) {
          result = fail(base, decoded, response);
        } else {
          const { data, meta } = decoded;
          const warnings = meta.warnings ?? [];
          result = { ok: true, ...base, data, meta, warnings, response };
        }
      } catch (cause) {
        reader?.cancel().catch(ignore);
        let error: ClientError | undefined = deadline.error(outcome);
        if (!headers && error?.code !== "client.aborted") {
          const message = "the signer failed";
          error = { code: "client.signing", message, outcome, cause };
        }
        if (!error) {
          lost = outcomeOf(cause);
          if (lost === "not_sent") outcome = before;
          const message = "the network failed";
          error = { code: "client.network", message, outcome, cause };
        }
        result = fail(base, { errors: [error] }, response);
      }
      if (startMs !== undefined) {
        const durationMs = Date.now() - startMs;
        const event = (): ResponseEvent => ({
          ...request(),
          durationMs,
          status: response?.status,
          traceId: result.meta?.trace_id,
          code: result.ok ? undefined : result.error.code,
        });
        notify(setting("onResponse"), event);
        const delayMs =
          result.ok || deadline.error(outcome)
            ? undefined
            : retryDelay(setting("retry"), operation, attempt, response, lost);
        if (delayMs !== undefined && delayMs < deadline.endMs - Date.now()) {
          notify(setting("onRetry"), () => ({ ...event(), delayMs }));
          await deadline.wait(delayMs);
          const over = deadline.error(outcome);
          if (!over) continue;
          result = fail(base, { errors: [over] });
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
  base: Pick<Result<unknown, unknown>, "operation" | "attempts">,
  { errors, meta }: DecodedErrors,
  response?: ResponseInfo,
): Failure<AnyError> {
  return {
    ...{ ok: false, ...base, error: errors[0], errors },
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
  }).catch(ignore);
}
