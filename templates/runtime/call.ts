import { ignore, openDeadline } from "./deadline.js";
import type { Deadline } from "./deadline.js";
import { failure, invalid } from "./decode.js";
import type { AnyError, ClientError, Outcome } from "./errors.js";
import { isRefusal, draftRequest, maskHeaders } from "./request.js";
import { requestInit, sealHeaders, signingRequest } from "./request.js";
import type { Failed, ResponseInfo } from "./result.js";
import { isUnexecuted, refund, retryDelay, spend } from "./retry.js";
import { addSettings, must } from "./settings.js";
import { openResponse, outcomeOf, reasonOf } from "./transport.js";
import type { OpenResponse } from "./transport.js";
import type {
  CallOptions,
  Client,
  CompleteSettings,
  Decoded,
  Draft,
  HeaderValues,
  Hook,
  Operation,
  RequestEvent,
  ResponseEvent,
} from "./types.js";

/** A call on its way. */
interface Job {
  readonly client: Client;
  readonly settings: CompleteSettings;
  readonly draft: Draft;
  readonly deadline: Deadline;
}

/** What became of one attempt. */
interface Attempt {
  readonly decoded: Decoded;
  readonly response: ResponseInfo | undefined;
  /** Makes what hooks are told of it; false when nothing was given to `fetch`. */
  readonly event: (() => ResponseEvent) | false;
  /** Of this attempt alone. */
  readonly outcome: Failed<AnyError>["outcome"];
  readonly isLost: boolean;
}

/** How far an attempt has come. */
interface Progress {
  headers?: HeaderValues;
  startMs?: number;
  response?: OpenResponse;
  /** No response came, or not all of it. */
  isLost?: boolean;
}

/**
 * Performs an operation: build, serialise once, then per attempt sign, freeze and
 * send. What the signer saw is what goes out.
 *
 * @param input - the request's parameters; undefined for an operation without a body
 * @returns the result, typed by the operation that returns it; rejects only with a
 *   `TypeError`, before anything is signed: for an option that cannot be obeyed, and for
 *   an input that JSON, or a header that HTTP cannot express
 */
export async function call(
  client: Client,
  operation: Operation,
  input: unknown,
  options: CallOptions = {},
): Promise<never> {
  must(
    Object(options) === options,
    operation.name,
    "options must be an object",
  );
  const { signal, headers } = options;
  must(
    signal === undefined || isSignal(signal),
    operation.name,
    "signal must be an AbortSignal",
  );
  const settings = settingsOf(client, operation, options);
  const draft = await draftRequest(client, operation, input, headers);
  const { timeoutMs } = settings.limits;
  const deadline = openDeadline(timeoutMs, "timeoutMs", signal, () => ({
    code: "client.aborted",
    message: "the call was aborted",
    cause: signal?.reason,
  }));
  try {
    return await repeat({ client, settings, draft, deadline });
  } finally {
    deadline.close();
  }
}

/** Whether a value works as a signal, whichever library made it. */
function isSignal(value: unknown): boolean {
  const { aborted, addEventListener } = Object(value) as Partial<AbortSignal>;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

function settingsOf(
  client: Client,
  { name }: Operation,
  options: CallOptions,
): CompleteSettings {
  const settings = addSettings(client.settings, options, name);
  const { hooks } = client.settings;
  return client.isDryRun ? { ...settings, retry: false, hooks } : settings;
}

/** Makes attempts until one is final. */
async function repeat(job: Job): Promise<never> {
  const { client, settings, draft, deadline } = job;
  const { retry, hooks } = settings;
  /** Whether any attempt so far may have been executed. */
  let sofar: Outcome = "not_sent";
  for (let attempt = 1; ; attempt += 1) {
    const ended = await makeAttempt(job, attempt, sofar);
    const { decoded, event } = ended;
    if (!isUnexecuted(ended)) sofar = "unknown";
    if (decoded.ok) refund(client.retryBudget, attempt);
    if (!event) return finish(job, attempt, decoded);
    notify(hooks.onResponse, event);
    const delayMs =
      decoded.ok || deadline.ending()
        ? Infinity
        : retryDelay(retry, draft.operation, { ...ended, attempt });
    if (!(delayMs < deadline.remainingMs() && spend(client.retryBudget))) {
      return finish(job, attempt, decoded, ended.response);
    }
    notify(hooks.onRetry, () => ({ ...event(), delayMs }));
    await deadline.wait(delayMs);
    const ending = deadline.ending();
    if (ending) return finish(job, attempt, clientFailure(ending, sofar));
  }
}

function finish(
  { settings, draft }: Job,
  attempts: number,
  decoded: Decoded,
  response?: ResponseInfo,
): never {
  const requestId = draft.headers["x-request-id"];
  const apiVersion = draft.headers["x-api-version"];
  if (!decoded.ok && decoded.error.code.startsWith("client.")) {
    Object.assign(decoded.error, { requestId });
  }
  const operation = draft.operation.name;
  // Several times as fast as spreading.
  const about = { operation, attempts, requestId, apiVersion };
  const result = Object.assign(decoded, about, response && { response });
  notify(settings.hooks.onResult, () => ({ ...result }));
  return result as never;
}

/**
 * Signs and sends a request, and reads its response. It stops at the next step when its
 * time is over.
 *
 * @param sofar - whether an earlier attempt may have been executed
 */
async function makeAttempt(
  job: Job,
  attempt: number,
  sofar: Outcome,
): Promise<Attempt> {
  const { draft, settings, deadline } = job;
  const { attemptTimeoutMs } = settings.limits;
  const own =
    attemptTimeoutMs < Infinity
      ? openDeadline(
          attemptTimeoutMs,
          "attemptTimeoutMs",
          deadline.signal,
          deadline.ending,
        )
      : deadline;
  const progress: Progress = {};
  const request = (): RequestEvent => ({
    operation: draft.operation.name,
    attempt,
    requestId: draft.headers["x-request-id"],
    headers: maskHeaders(progress.headers ?? {}),
  });
  let decoded: Decoded;
  let outcome: Attempt["outcome"] = "answered";
  try {
    decoded = await own.race(exchange(job, attempt, own, progress, request));
    if (!decoded.ok) outcome = decoded.outcome;
  } catch (cause) {
    const why = whyFailed(cause, own, progress);
    outcome = why.outcome;
    decoded = clientFailure(why, outcome === "not_sent" ? sofar : outcome);
  }
  const { response, startMs, isLost = false } = progress;
  if (!decoded.ok) response?.discard();
  if (own !== deadline) own.close();
  const durationMs = performance.now() - (startMs ?? 0);
  const event =
    startMs !== undefined &&
    ((): ResponseEvent => ({
      ...request(),
      durationMs,
      status: response?.info.status,
      traceId: decoded.meta?.trace_id,
      code: decoded.ok ? undefined : decoded.error.code,
    }));
  return { decoded, response: response?.info, event, outcome, isLost };
}

/** Signs, sends and reads; notes how far it has come, for when it throws. */
async function exchange(
  { client, settings, draft }: Job,
  attempt: number,
  deadline: Deadline,
  progress: Progress,
  request: () => RequestEvent,
): Promise<Decoded> {
  // Called without `this`, which some platforms refuse for their own `fetch`.
  const { signer, fetch } = client;
  const { check, ending } = deadline;
  check();
  const signed = await signer(signingRequest(draft, attempt, deadline));
  check();
  const sent = sealHeaders(draft, signed);
  progress.headers = sent;
  notify(settings.hooks.onRequest, request);
  check();
  progress.startMs = performance.now();
  const received = await fetch(draft.url, requestInit(draft, sent, deadline));
  const response = openResponse(received, sent);
  // A `fetch` that ignores its signal may come back when nobody waits any more.
  if (ending()) response.discard();
  check();
  progress.response = response;
  const { maxBodyBytes } = settings.limits;
  const { body, problem, isLost } = await response.readBody(
    maxBodyBytes,
    ending,
  );
  const { info, type } = response;
  const answer = { status: info.status, type, body, sent };
  if (!problem) return draft.operation.decode(draft.operation, answer);
  progress.isLost = isLost;
  return invalid(answer, problem);
}

/** A client error in the making. */
interface Why {
  readonly code: ClientError["code"];
  readonly message: string;
  readonly reason?: string | undefined;
  readonly cause?: unknown;
}

/** Why an attempt has thrown, and whether its request may have been executed. */
function whyFailed(
  cause: unknown,
  deadline: Deadline,
  progress: Progress,
): Why & { readonly outcome: Outcome } {
  const ending = deadline.ending();
  const reason = reasonOf(cause);
  const why = { reason, cause };
  const known = ending?.message ?? reason;
  const because = known ? `: ${known}` : "";
  if (!progress.headers && ending?.code !== "client.aborted") {
    const message = `the signer failed${because}`;
    return { code: "client.signing", message, outcome: "not_sent", ...why };
  }
  const outcome = progress.startMs === undefined ? "not_sent" : "unknown";
  progress.isLost = !isRefusal(cause);
  if (ending) return { ...ending, outcome };
  const message = isRefusal(cause)
    ? cause.message
    : `the network failed${because}`;
  return { code: "client.network", message, outcome: outcomeOf(cause), ...why };
}

export function clientFailure(why: Why, outcome: Outcome): Decoded {
  const { code, message, reason, cause } = why;
  const error = {
    code,
    message,
    outcome,
    ...(reason && { reason }),
  } as ClientError;
  // Not enumerable: loggers copy what is, and it may hold credentials.
  if (cause !== undefined)
    Object.defineProperty(error, "cause", { value: cause });
  return failure([error], outcome);
}

/** Tells observers, which cannot disturb the call: what they throw is ignored. */
function notify<Event>(
  hooks: readonly Hook<Event>[],
  event: () => Event,
): void {
  for (const hook of hooks) {
    new Promise((resolve) => {
      resolve(hook(event()));
    }).catch(ignore);
  }
}
