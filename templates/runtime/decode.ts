import type {
  AnyError,
  InvalidResponseError,
  UndocumentedError,
} from "./errors.js";
import type { Operation } from "./operation.js";
import type { ResponseMeta, Warning } from "./result.js";
import type { Answer } from "./transport.js";

/** What an answer says, before it is part of a result. */
export type Decoded =
  | {
      readonly data: unknown;
      readonly errors?: never;
      readonly meta: ResponseMeta;
    }
  | (DecodedErrors & { readonly data?: never });

export interface DecodedErrors {
  readonly errors: Errors;
  readonly meta?: ResponseMeta | undefined;
}

type Errors = readonly [AnyError, ...AnyError[]];

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads an answer of an operation. */
export type Decode = (operation: Operation, answer: Answer) => Decoded;

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
  const envelope = isObject(parsed) ? parsed : {};
  const meta = readMeta(envelope["meta"]);
  const errors = decodeErrors(operation, answer.status, envelope["errors"]);
  if (errors) return { errors, meta };
  if (answer.status === 200 && meta?.status === "SUCCESS") {
    const data = readData(envelope);
    if (data !== undefined) return { data, meta };
  }
  const failed = invalid(answer, "no JSON with data or errors");
  return meta ? { ...failed, meta } : failed;
}

/** Every error of a list as a member of the operation's error union; undefined when there is none. */
export function decodeErrors(
  operation: Operation,
  status: number,
  errors: unknown,
): Errors | undefined {
  const wires: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const [first, ...rest] = wires.map((wire) =>
    decodeError(operation, status, wire),
  );
  return first && [first, ...rest];
}

/** The error as it is when the operation documents it, otherwise wrapped as undocumented. */
export function decodeError(
  operation: Operation,
  status: number,
  wire: unknown,
): AnyError {
  if (isDocumented(operation, wire)) return wire;
  const text = isObject(wire) && wire["message"];
  const message = isText(text) ? text : "";
  return { code: "undocumented", message, status, wire } as UndocumentedError;
}

function isDocumented(
  operation: Operation,
  wire: unknown,
): wire is AnyError & JsonObject {
  if (!isObject(wire)) return false;
  const { code, message, entity_type, sub_code } = wire;
  if (!isText(code) || !isText(message)) return false;
  const { errors, sharedErrors = [] } = operation;
  return [errors, ...sharedErrors].some((documented) => {
    const entry = own(documented, code);
    if (entry === undefined || entry === "any") return entry === "any";
    if (entry === true) return typeof sub_code !== "string";
    return (
      isText(entity_type) &&
      isText(sub_code) &&
      own(entry, entity_type)?.includes(sub_code) === true
    );
  });
}

function own<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.getOwnPropertyDescriptor(record, key)?.value as Value;
}

/** Takes out of metadata that was just parsed what is not as documented. */
function readMeta(value: unknown): ResponseMeta | undefined {
  if (!isObject(value)) return undefined;
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
  return isObject(value) && isText(value["code"]) && isText(value["message"]);
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

export function isObject(value: unknown): value is JsonObject {
  return Object(value) === value && !Array.isArray(value);
}

/** An answer that is not one of the API, as the error that says so. */
export function invalid(
  { status, body, redact = String }: Answer,
  reason: string,
): DecodedErrors {
  const excerpt = redact(new TextDecoder().decode(body)).slice(0, 1000);
  // Broken JSON may still tell what support needs to find the call.
  const trace_id = /"trace_id"\s*:\s*"(\w{1,100})"/.exec(excerpt)?.[1];
  const error: InvalidResponseError = {
    code: "client.invalid_response",
    message: `HTTP ${status}: ${reason}`,
    outcome: "unknown",
    status,
    excerpt,
  };
  return { errors: [error], ...(trace_id && { meta: { trace_id } }) };
}
