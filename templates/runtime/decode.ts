import { errorKey } from "./errors.js";
import type {
  AnyError,
  InvalidResponseError,
  UndocumentedError,
} from "./errors.js";
import { withoutSecrets } from "./request.js";
import type { Failed, ResponseMeta, Warning } from "./result.js";
import type {
  Answer,
  Decode,
  Decoded,
  HeaderValues,
  JsonObject,
  Operation,
} from "./types.js";

type Errors = Failed<AnyError>["errors"];

/** Reads the answer of an operation that brings `data`. */
export const decodeData: Decode = (operation, answer) =>
  decodeEnvelope(operation, answer, ({ data }) => data);

/**
 * Reads the envelope of an answer: what a success brings, or every error as a
 * member of the operation's error union.
 *
 * @param readData - takes what the operation brings out of a successful envelope;
 *   undefined when it is not there
 * @see https://developer.kompliant.com/docs/responses
 */
export function decodeEnvelope(
  operation: Operation,
  answer: Answer,
  readData: (envelope: JsonObject) => unknown,
): Decoded {
  const parsed = parseJson(answer.body);
  const envelope = isJsonObject(parsed) ? parsed : {};
  const meta = readMeta(envelope["meta"]);
  const errors = decodeErrors(operation, answer, envelope["errors"]);
  if (errors) return failure(errors, outcomeOfErrors(errors, answer), meta);
  if (answer.status === 200 && meta?.status === "SUCCESS") {
    const data = readData(envelope);
    if (data !== undefined) return success(data, meta);
  }
  // A stand-in for the API is the usual reason, and its author looks for what is missing.
  const reason =
    envelope["data"] !== undefined && meta?.status !== "SUCCESS"
      ? 'data without a "SUCCESS" in meta.status'
      : "no JSON with data or errors";
  return invalid(answer, reason, meta);
}

export function success(data: unknown, meta: ResponseMeta): Decoded {
  return { ok: true, data, meta, warnings: meta.warnings ?? [] };
}

export function failure(
  errors: Errors,
  outcome: Failed<AnyError>["outcome"],
  meta?: ResponseMeta,
): Decoded {
  const [error] = errors;
  return { ok: false, outcome, error, errors, ...(meta && { meta }) };
}

/**
 * Whether the API itself reported these errors. Proxies use JSON too, but not its codes;
 * what they say of a request does not tell whether the API has executed it.
 */
export function outcomeOfErrors(
  errors: Errors,
  { status }: Pick<Answer, "status">,
): Failed<AnyError>["outcome"] {
  const isOwn = errors.some((error) =>
    isCoded("wire" in error ? error.wire : error),
  );
  // What a client did wrong was mostly found before anything was executed.
  const isRefused =
    status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  return isOwn || isRefused ? "answered" : "unknown";
}

/** Whether an error is one of the API: those of proxies have no code. */
function isCoded(wire: unknown): boolean {
  return isJsonObject(wire) && isText(wire["code"]);
}

/** JSON of somebody on the way, who may repeat the request, without its secrets. */
function masked(json: unknown, sent: HeaderValues = {}): unknown {
  try {
    return JSON.parse(withoutSecrets(JSON.stringify(json), sent)) as unknown;
  } catch {
    // It is nested too deep to be printed.
    return undefined;
  }
}

/** Every error of a list as a member of the operation's error union; undefined when there is none. */
export function decodeErrors(
  operation: Operation,
  answer: Answer,
  errors: unknown,
): Errors | undefined {
  const decoded: AnyError[] = [];
  if (Array.isArray(errors)) {
    for (const wire of errors as readonly unknown[]) {
      decoded.push(decodeError(operation, answer, wire));
    }
  }
  return decoded[0] && (decoded as readonly AnyError[] as Errors);
}

/** The error as it is when the operation documents it, otherwise wrapped as undocumented. */
export function decodeError(
  operation: Operation,
  { status, sent }: Answer,
  wire: unknown,
): AnyError {
  if (isDocumented(operation, wire)) return wire;
  const received = isCoded(wire) ? wire : masked(wire, sent);
  const text = isJsonObject(received) && received["message"];
  const error: UndocumentedError = {
    code: "undocumented",
    message: isText(text) ? text : "",
    status,
    wire: received,
  };
  return error;
}

function isDocumented(
  { errors }: Operation,
  wire: unknown,
): wire is AnyError & JsonObject {
  if (!isJsonObject(wire)) return false;
  const { code, message, entity_type, sub_code } = wire;
  if (!isText(code) || !isText(message)) return false;
  const documents = (key: string): boolean =>
    errors.some((each) => (isText(each) ? each === key : each.includes(key)));
  if (documents(`${errorKey({ code })}/*`)) return true;
  // Without its entity type a violation would count as its code.
  if (isText(sub_code) && !isText(entity_type)) return false;
  return documents(errorKey({ code, entity_type, sub_code }));
}

/** Takes out of metadata that was just parsed what is not as documented. */
function readMeta(value: unknown): ResponseMeta | undefined {
  if (!isJsonObject(value)) return undefined;
  const meta: { -readonly [Field in keyof ResponseMeta]?: unknown } = value;
  const { status, warnings } = meta;
  if (status !== "SUCCESS" && status !== "ERROR") delete meta.status;
  if (!isText(meta.trace_id)) delete meta.trace_id;
  if (!isText(meta.version)) delete meta.version;
  if (Array.isArray(warnings)) meta.warnings = warnings.filter(isWarning);
  else delete meta.warnings;
  return meta as ResponseMeta;
}

function isWarning(value: unknown): value is Warning {
  return (
    isJsonObject(value) && isText(value["code"]) && isText(value["message"])
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** The value of JSON in UTF-8; undefined when it is neither. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return Object(value) === value && !Array.isArray(value);
}

/** An answer that is not one of the API, as the error that says so. */
export function invalid(
  { status, body, sent = {} }: Answer,
  reason: string,
  meta?: ResponseMeta,
): Decoded {
  const text = withoutSecrets(new TextDecoder().decode(body), sent);
  const excerpt = text.slice(0, 1000);
  // Broken JSON may still tell what support needs to find the call.
  const trace_id = /"trace_id"\s*:\s*"(\w{1,100})"/.exec(excerpt)?.[1];
  const error: InvalidResponseError = {
    code: "client.invalid_response",
    message: `HTTP ${String(status)}: ${reason}`,
    outcome: "unknown",
    status,
    excerpt,
  };
  const known = meta ?? (trace_id ? { trace_id } : undefined);
  return failure([error], error.outcome, known);
}
