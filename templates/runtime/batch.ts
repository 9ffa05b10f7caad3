import {
  decodeEnvelope,
  decodeError,
  decodeErrors,
  isJsonObject,
} from "./decode.js";
import type { Answer, Decode, JsonObject, Operation } from "./types.js";

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
  decodeEnvelope(operation, answer, ({ results }) =>
    Array.isArray(results)
      ? results.map((result: unknown) =>
          decodeResult(operation, answer, result),
        )
      : undefined,
  );

/** A result that says neither what it brought nor why it failed is an error of its own: the others count. */
function decodeResult(
  operation: Operation,
  answer: Answer,
  result: unknown,
): BatchResult<unknown, unknown> {
  const fields: JsonObject = isJsonObject(result) ? result : {};
  const { data, request, errors } = fields;
  const known = decodeErrors(operation, answer, errors);
  if (!known && data !== undefined) return { ok: true, data, request };
  const all = known ?? ([decodeError(operation, answer, result)] as const);
  return { ok: false, error: all[0], errors: all, request };
}
