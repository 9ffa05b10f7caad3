import type { AnyError } from "./errors.js";
import { KompliantError } from "./kompliant-error.js";

/** The values of a field in a union of errors; never where they have none. */
export type FieldOf<E, Field extends string> =
  E extends Readonly<Record<Field, infer Value extends string>> ? Value : never;

/** The errors of a union with this entity type and sub-code; an error without them as it is. */
export type WithFields<E extends AnyError, Type, SubCode> = E extends {
  readonly entity_type: string;
  readonly sub_code: string;
}
  ? E extends { readonly entity_type: Type; readonly sub_code: SubCode }
    ? E
    : never
  : E;

/** An error on its own, or as `unwrap` throws it. */
export type OrThrown<E extends AnyError> = E | KompliantError<E>;

/**
 * Whether a value is an error with this code, and this entity type and sub-code
 * where they are given, or a {@link KompliantError} with such an error.
 */
export function matches(
  value: unknown,
  code: string,
  entityType?: string,
  subCode?: string,
): boolean {
  const error: unknown = value instanceof KompliantError ? value.error : value;
  if (typeof error !== "object" || error === null) return false;
  const fields = error as Readonly<Record<string, unknown>>;
  return (
    fields["code"] === code &&
    (entityType ?? fields["entity_type"]) === fields["entity_type"] &&
    (subCode ?? fields["sub_code"]) === fields["sub_code"]
  );
}
