import type { InvalidResponseError, UndocumentedError } from "./errors.js";
import type { Operation } from "./operation.js";
import type { ResponseMeta, Warning } from "./result.js";
import type { Answer } from "./transport.js";

/** What an answer says, before it is part of a result. */
export type Decoded =
  | {
      readonly kind: "data";
      readonly data: unknown;
      readonly meta: ResponseMeta;
    }
  | {
      readonly kind: "errors";
      readonly errors: readonly [unknown, ...unknown[]];
      readonly meta: ResponseMeta | undefined;
    }
  | {
      readonly kind: "invalid";
      readonly error: InvalidResponseError;
      readonly meta?: ResponseMeta | undefined;
    };

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads an answer of an operation. */
export type Decode = (operation: Operation, answer: Answer) => Decoded;

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
  const envelope = parseJson(answer.body);
  if (!isObject(envelope)) {
    return invalid(answer, "the body is not a JSON object");
  }
  const meta = readMeta(envelope["meta"]);
  const errors = decodeErrors(operation, answer.status, envelope["errors"]);
  if (errors) return { kind: "errors", errors, meta };
  if (answer.status !== 200) {
    return { ...invalid(answer, "the answer has no errors"), meta };
  }
  const data = readData(envelope);
  if (meta?.status !== "SUCCESS" || data === undefined) {
    return {
      ...invalid(answer, "the answer has neither data nor errors"),
      meta,
    };
  }
  return { kind: "data", data, meta };
}

/** Every error of a list as a member of the operation's error union; undefined when there is none. */
export function decodeErrors(
  operation: Operation,
  status: number,
  errors: unknown,
): readonly [unknown, ...unknown[]] | undefined {
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const [first, ...rest] = errors.map((wire: unknown) =>
    decodeError(operation, status, wire),
  );
  return [first, ...rest];
}

/** The error as it is when the operation documents it, otherwise wrapped as undocumented. */
export function decodeError(
  operation: Operation,
  status: number,
  wire: unknown,
): unknown {
  if (isObject(wire) && isDocumented(operation, wire)) return wire;
  const message = isObject(wire) ? wire["message"] : undefined;
  const undocumented: UndocumentedError = {
    code: "undocumented",
    message: typeof message === "string" ? message : "",
    status,
    wire,
  };
  return undocumented;
}

function isDocumented(operation: Operation, wire: JsonObject): boolean {
  const { code, message, entity_type, sub_code } = wire;
  if (typeof code !== "string" || typeof message !== "string") return false;
  return operation.errors.some((documented) => {
    const entry = own(documented, code);
    if (entry === undefined || entry === true) return entry === true;
    if (typeof entity_type !== "string" || typeof sub_code !== "string") {
      return false;
    }
    return own(entry, entity_type)?.includes(sub_code) ?? false;
  });
}

function own<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.prototype.hasOwnProperty.call(record, key)
    ? record[key]
    : undefined;
}

function readMeta(value: unknown): ResponseMeta | undefined {
  if (!isObject(value)) return undefined;
  const { status, trace_id, version, warnings, ...others } = value;
  return {
    ...others,
    ...((status === "SUCCESS" || status === "ERROR") && { status }),
    ...(typeof trace_id === "string" && { trace_id }),
    ...(typeof version === "string" && { version }),
    ...(Array.isArray(warnings) && { warnings: warnings.filter(isWarning) }),
  };
}

function isWarning(value: unknown): value is Warning {
  return (
    isObject(value) &&
    typeof value["code"] === "string" &&
    typeof value["message"] === "string"
  );
}

/** The value of JSON in UTF-8; undefined when it is neither. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An answer that is not one of the API, as the error that says so. */
export function invalid(
  answer: Answer,
  reason: string,
): { kind: "invalid"; error: InvalidResponseError } {
  return {
    kind: "invalid",
    error: {
      code: "client.invalid_response",
      message: `HTTP ${answer.status}: ${reason}`,
      outcome: "unknown",
      status: answer.status,
      excerpt: new TextDecoder().decode(answer.body.subarray(0, 1000)),
    },
  };
}
