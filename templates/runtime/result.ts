import type { Outcome } from "./errors.js";

/** Metadata that the API sends with almost every answer, as received. */
export interface ResponseMeta {
  /** Infrastructure answers may lack it. */
  readonly status?: "SUCCESS" | "ERROR";
  /** Identifies the call to Kompliant's support; infrastructure answers may lack it. */
  readonly trace_id?: string;
  /** Version of the API that answered, `YYYY-MM-DD`. */
  readonly version?: string;
  readonly warnings?: readonly Warning[];
}

/** Something the API wants the caller to know although the call succeeded, such as a deprecation. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** The HTTP response behind a result. */
export interface ResponseInfo {
  readonly status: number;
  /** Secrets of the request that it repeats are `***`. */
  readonly headers: Headers;
}

interface Ended {
  /** Name of the API method, such as `propay.execute`. */
  readonly operation: string;
  /** How many requests it took; 1 unless something was retried. */
  readonly attempts: number;
  /** `x-request-id` of the call, the same for all of its requests; undefined in a browser. */
  readonly requestId: string | undefined;
  /** `x-api-version` of the call; undefined when none was asked for. */
  readonly apiVersion: string | undefined;
}

/** What the answer of a successful call says. */
export interface Succeeded<Data> {
  readonly ok: true;
  readonly data: Data;
  readonly meta: ResponseMeta;
  /** `meta.warnings`; empty when the API sent none. */
  readonly warnings: readonly Warning[];
}

/** The call succeeded. */
export interface Success<Data> extends Succeeded<Data>, Ended {
  readonly response: ResponseInfo;
}

/** What the answer of a failed call says, or what kept it from getting one. */
export interface Failed<E> {
  readonly ok: false;
  /**
   * Whether the call may have been executed: `not_sent` when it certainly was not,
   * `answered` when the API itself reported the error, otherwise `unknown`.
   */
  readonly outcome: Outcome | "answered";
  /** The first of `errors`. */
  readonly error: E;
  /** Everything that the API reported, in its order. */
  readonly errors: readonly [E, ...E[]];
  readonly meta?: ResponseMeta;
}

/** The call failed: an error of the API, or something that kept the call from getting an answer. */
export interface Failure<E> extends Failed<E>, Ended {
  /** Missing when not even the head of an HTTP answer was received. */
  readonly response?: ResponseInfo;
}

/** What every operation resolves to. Errors are values: an operation does not throw for anything that can happen on the way. */
export type Result<Data, E> = Success<Data> | Failure<E>;
