import { decodeEnvelope, decodeErrors, isObject } from "./decode.js";
import type { Decode, JsonObject } from "./decode.js";
import type { Operation } from "./operation.js";

/** What became of one item of a batch. */
export type BatchResult<Data, E> = BatchSuccess<Data> | BatchFailure<E>;

export interface BatchSuccess<Data> {
  readonly ok: true;
  readonly data: Data;
  /** Says which item of the request this is about, as the API sent it. */
  readonly request: unknown;
}

export interface BatchFailure<E> {
  readonly ok: false;
  /** The first of `errors`. */
  readonly error: E;
  readonly errors: readonly [E, ...E[]];
  /** Says which item of the request this is about, as the API sent it. */
  readonly request: unknown;
}

/** Reads the answer of a batch: `results`, one for each item of the request. */
export const decodeBatch: Decode = (operation, answer) =>
  decodeEnvelope(operation, answer, ({ results }) => {
    if (!Array.isArray(results)) return undefined;
    const decoded = results.map((result: unknown) =>
      isObject(result)
        ? decodeResult(operation, answer.status, result)
        : undefined,
    );
    return decoded.includes(undefined) ? undefined : decoded;
  });

/** Undefined when a result says neither what it brought nor why it failed. */
function decodeResult(
  operation: Operation,
  status: number,
  result: JsonObject,
): BatchResult<unknown, unknown> | undefined {
  const { data, request } = result;
  const errors = decodeErrors(operation, status, result["errors"]);
  if (errors) return { ok: false, error: errors[0], errors, request };
  return data === undefined ? undefined : { ok: true, data, request };
}
