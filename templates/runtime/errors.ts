/**
 * Whether a failed call may have been executed. `not_sent`: it certainly was not, because
 * nothing can have reached the API, or because the API had answered 429 to what did.
 * `unknown`: a byte may have left.
 */
export type Outcome = "not_sent" | "unknown";

/** Lets `entity_type` and `sub_code` be read, and narrowed by, before the code is known. */
interface NoViolation {
  readonly entity_type?: undefined;
  readonly sub_code?: undefined;
}

interface ClientErrorFields extends NoViolation {
  /** What failed and why; safe to log. */
  readonly message: string;
  readonly outcome: Outcome;
  /** Why it failed, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`, where that is known; safe to log. */
  readonly reason?: string;
  /** `x-request-id` of the call, the same for all of its requests. */
  readonly requestId?: string;
  /**
   * What was thrown on the way, if anything was. It is somebody else's object and may hold
   * credentials, so it is not enumerable: neither JSON nor `util.inspect` shows it.
   */
  readonly cause?: unknown;
}

/** The connection could not be made, or broke. */
export interface NetworkError extends ClientErrorFields {
  readonly code: "client.network";
}

/** `timeoutMs` passed before the call was complete. */
export interface TimeoutError extends ClientErrorFields {
  readonly code: "client.timeout";
}

/** The caller's `signal` was aborted. */
export interface AbortedError extends ClientErrorFields {
  readonly code: "client.aborted";
}

/** An HTTP answer arrived that is not an answer of the API: a gateway's page, broken JSON, a missing envelope. */
export interface InvalidResponseError extends ClientErrorFields {
  readonly code: "client.invalid_response";
  readonly status: number;
  /** The beginning of the body, at most 1,000 characters. */
  readonly excerpt: string;
}

/** The signer threw, rejected or returned something that is not a set of headers; nothing was sent. */
export interface SigningError extends ClientErrorFields {
  readonly code: "client.signing";
}

/** Everything that never became an answer of the API. */
export type ClientError =
  | NetworkError
  | TimeoutError
  | AbortedError
  | InvalidResponseError
  | SigningError;

declare const unread: unique symbol;

/**
 * An error of the API that this operation does not document: a new code, a new
 * entity type or sub-code, or a known one in an unexpected form. The API may add
 * errors within a version, so handle it like any other.
 *
 * `Unread` names the codes that the operation documents with violations which the
 * description could not list. It exists for the compiler only.
 */
export interface UndocumentedError<
  Unread extends string = never,
> extends NoViolation {
  // A method, so that the errors of one operation can be given where those of another are expected.
  [unread]?(code: Unread): never;
  readonly code: "undocumented";
  /** The message that the API sent; empty when it sent none. */
  readonly message: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** The error exactly as received. */
  readonly wire: unknown;
}

/** The least that every member of every error union has. */
export interface AnyError {
  readonly code: string;
  readonly message: string;
}

/** What the description says about an error. */
export interface ErrorDescription extends ErrorIdentity {
  /** What it means; missing where the description does not say it. */
  readonly meaning?: string;
  /** What it means for single operations, where that is special. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** HTTP statuses that it comes with; none when they are not documented. */
  readonly statuses: readonly number[];
  /** The operations that list it themselves. */
  readonly operations: readonly string[];
  /** The operations that share it with others through a common response, by response. */
  readonly sharedBy: readonly (readonly string[])[];
  /**
   * The operations whose documentation could not be read in full, and which may fail
   * with it for all that is known, by the union that stands in for what is missing.
   */
  readonly standsInFor: readonly (readonly string[])[];
  /** Page of the documentation. */
  readonly page?: string;
}

/** What tells one error of the API from another. */
export interface ErrorIdentity {
  readonly code: string;
  readonly entity_type?: unknown;
  readonly sub_code?: unknown;
}

/**
 * What an error is called in the catalogue: `CODE`, or for a violation
 * `CODE/EntityType/SUB_CODE`. A `/` or `%` within a name is percent-encoded.
 */
export function errorKey(error: ErrorIdentity): string {
  const { code, entity_type, sub_code } = error;
  const names =
    typeof entity_type === "string" && typeof sub_code === "string"
      ? [code, entity_type, sub_code]
      : [code];
  return names
    .map((name) => name.replace(/[%/]/g, encodeURIComponent))
    .join("/");
}
