import { KompliantError } from "./kompliant-error.js";

/** An error on its own, or as `unwrap` throws it. */
export type OrThrown<E> = E | (KompliantError & { readonly error: E });

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
