declare const brand: unique symbol;

/**
 * A value that the description of the API does not list. Enums that may grow are
 * `"A" | "B" | Unrecognized`: literals stay visible, typos in what you assign do not
 * compile, and the API can add a value without breaking what is deployed.
 */
export type Unrecognized = string & { readonly [brand]: true };

/**
 * Takes what is left when every known value of an enum has been handled: a known
 * value that was forgotten does not compile here, and the compiler names it.
 *
 * @returns the same value as a plain string
 */
export function unrecognized<Value extends string>(
  value: Value extends Unrecognized ? Value : `${Value} is not handled`,
): string {
  return value;
}

/**
 * Lets a value through that the description does not list yet, for a request.
 *
 * @param value - the value as the API expects it
 * @returns the same string, typed as `Unrecognized`
 */
export function newerValue(value: string): Unrecognized {
  return value as Unrecognized;
}
