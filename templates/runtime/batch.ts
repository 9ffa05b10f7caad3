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
