declare const unrecognized: unique symbol;

/**
 * A value that the description of the API does not list. Enums that may grow are
 * `"A" | "B" | Unrecognized`: literals stay visible, typos do not compile, and the
 * API can add a value without breaking what is deployed.
 */
export type Unrecognized = string & { readonly [unrecognized]: true };

/**
 * Lets a value through that the description does not list yet, for a request.
 *
 * @param value - the value as the API expects it
 * @returns the same string, typed as `Unrecognized`
 */
export function newerValue(value: string): Unrecognized {
  return value as Unrecognized;
}
