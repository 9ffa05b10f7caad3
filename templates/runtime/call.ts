import type { CallOptions, Client, Hook, Settings } from "./client.js";
import type { RequestEvent, ResponseEvent } from "./client.js";
import { ignore, openDeadline } from "./deadline.js";
import { failure, invalid } from "./decode.js";
import type { Decoded } from "./decode.js";
import type { ClientError, Outcome } from "./errors.js";
import type { Operation } from "./operation.js";
import {
  SealedRequest,
  SentRequest,
  draftRequest,
  encodeJson,
} from "./request.js";
import { maskHeaders, sealHeaders } from "./request.js";
import type { HeaderValues } from "./request.js";
import type { ResponseInfo } from "./result.js";
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
  let outcome = "not_sent" as Outcome;

  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = outcome;
      let headers = undefined as HeaderValues | undefined;
      let startMs = undefined as number | undefined;
      let response = undefined as ResponseInfo | undefined;
      let reader = undefined as Reader | undefined;
      let lost = undefined as Outcome | undefined;
      let decoded: Decoded;
      const request = (): RequestEvent => ({
        operation: name,
        attempt,
        headers: maskHeaders(headers ?? {}),
      });
      /** It stops at the next step when the deadline is over. */
      const exchange = async (): Promise<Decoded> => {
        const sealed = new SealedRequest(draft, attempt, deadline.signal);
        const signed = sealHeaders(draft, await client.signer(sealed));
        deadline.check();
        headers = signed;
        notify(setting("onRequest"), request);
        deadline.check();
        startMs = Date.now();
        outcome = "unknown";
        const received = await client.fetch(
          draft.url,
          new SentRequest(sealed, signed),
        );
        deadline.check();
        response = { status: received.status, headers: received.headers };
        reader = received.body?.getReader();
        const read = await readBody(
          reader,
          setting("maxBodyBytes") ?? 10 * 2 ** 20,
        );
        lost = read.lost;
        const answer = Object.assign(
          { body: read.body, sent: signed },
          response,
        );
        return read.problem
          ? invalid(answer, read.problem)
          : operation.decode(operation, answer);
      };
      try {
        decoded = await deadline.race(exchange);
      } catch (cause) {
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
        decoded = failure([error]);
      }
      if (!decoded.ok) reader?.cancel().catch(ignore);
      if (startMs !== undefined) {
        const durationMs = Date.now() - startMs;
        const event = (): ResponseEvent => ({
          ...request(),
          durationMs,
          status: response?.status,
          traceId: decoded.meta?.trace_id,
          code: decoded.ok ? undefined : decoded.error.code,
        });
        notify(setting("onResponse"), event);
        const delayMs =
          decoded.ok || deadline.error(outcome)
            ? Infinity
            : retryDelay(setting("retry"), operation, attempt, response, lost);
        if (delayMs < deadline.endMs - Date.now()) {
          notify(setting("onRetry"), () => ({ ...event(), delayMs }));
          await deadline.wait(delayMs);
          const over = deadline.error(outcome);
          if (!over) continue;
          decoded = failure([over]);
          response = undefined;
        }
      }
      // Several times as fast as spreading.
      const about = { operation: name, attempts: attempt };
      const result = Object.assign(decoded, about, response && { response });
      notify(setting("onResult"), () => result);
      return result as never;
    }
  } finally {
    deadline.close();
  }
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
