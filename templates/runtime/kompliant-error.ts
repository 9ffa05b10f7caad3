import { isJsonObject } from "./decode.js";
import { errorKey } from "./errors.js";
import type { AnyError, ClientError, ErrorIdentity } from "./errors.js";
import type { Failure, Result } from "./result.js";

const brand: unique symbol = Symbol.for("kompliant-codegen.KompliantError");

/**
 * Thrown by {@link unwrap}. `error` is a member of the operation's error union.
 * `instanceof` also recognises instances made by another copy of the client.
 */
export class KompliantError<E extends AnyError = AnyError> extends Error {
  override readonly name: string = "KompliantError";
  declare readonly error: E;
  declare readonly errors: readonly E[];
  /** Name of the API method, such as `propay.execute`. */
  readonly operation: string;
  readonly traceId: string | undefined;
  /** HTTP status; undefined when no complete response was received. */
  readonly status: number | undefined;
  /** `x-request-id` of the call; undefined in a browser. */
  readonly requestId: string | undefined;
  /** Whether the call may have been executed. */
  readonly outcome: Failure<E>["outcome"];

  constructor(failure: Failure<E>) {
    const { error } = failure;
    super(describe(failure), "cause" in error ? { cause: error.cause } : {});
    this.operation = failure.operation;
    this.traceId = failure.meta?.trace_id;
    this.status = failure.response?.status;
    this.requestId = failure.requestId;
    this.outcome = failure.outcome;
    Object.defineProperties(this, {
      [brand]: { value: true },
      // Not enumerable: loggers copy what is, and a cause in it may hold credentials.
      error: { value: error },
      errors: { value: failure.errors },
      // What Node's console prints: the stack, and what toJSON gives.
      [Symbol.for("nodejs.util.inspect.custom")]: {
        value: () => `${this.stack ?? ""} ${JSON.stringify(this, null, 2)}`,
      },
    });
  }

  static override [Symbol.hasInstance]<Instance>(
    this: abstract new (failure: never) => Instance,
    value: unknown,
  ): value is Instance {
    return (this as unknown) === KompliantError
      ? typeof value === "object" && value !== null && brand in value
      : super[Symbol.hasInstance](value);
  }

  /**
   * The fields that belong in a log; never the request, and never a cause: that is
   * somebody else's object and may hold credentials.
   */
  toJSON(): object {
    const { name, message, operation, status, traceId, requestId, outcome } =
      this;
    const { errors } = this;
    return {
      ...{ name, message, operation, status, traceId, requestId, outcome },
      errors,
    };
  }
}

/**
 * Tells whether a value is one of the client's own errors, which never became an error
 * of the API: the `error` of a result, or a {@link KompliantError} that carries it.
 */
export function isClientError(
  value: unknown,
): value is ClientError | (KompliantError & { readonly error: ClientError }) {
  const error: unknown = value instanceof KompliantError ? value.error : value;
  const code = isJsonObject(error) && error["code"];
  return (
    typeof code === "string" &&
    /^client\.(?:network|timeout|aborted|invalid_response|signing)$/.test(code)
  );
}

/**
 * Turns a result into its data, for code that prefers exceptions.
 *
 * @returns the data of a successful result
 * @throws {KompliantError} whose `error` is the failed result's error
 */
export function unwrap<Data, E extends AnyError>(
  result: Result<Data, E>,
): Data {
  if (result.ok) return result.data;
  throw new KompliantError(result);
}

function describe(failure: Failure<AnyError>): string {
  const { error, operation, response, meta } = failure;
  const where = [
    response && `HTTP ${String(response.status)}`,
    meta?.trace_id && `trace ${meta.trace_id}`,
  ].filter((part) => typeof part === "string");
  const suffix = where.length > 0 ? ` (${where.join(", ")})` : "";
  return oneLine(`${operation}: ${nameOf(error)}: ${error.message}${suffix}`);
}

/** A text that cannot forge a line of a log, nor steer the terminal that shows it. */
function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The error's key, of an undocumented one with what the API calls it. */
function nameOf(error: AnyError): string {
  const wire = "wire" in error && isJsonObject(error.wire) ? error.wire : {};
  return typeof wire["code"] === "string"
    ? `undocumented ${errorKey(wire as object as ErrorIdentity)}`
    : errorKey(error);
}
