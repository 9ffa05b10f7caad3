import type { AnyError } from "./errors.js";

interface Violation extends AnyError {
  readonly entity_type: string;
  readonly sub_code: string;
}

type AnyFunction = (...args: never[]) => unknown;

type Handler<E> = (error: E) => unknown;

type OfCode<E, Code> = Extract<E, { readonly code: Code }>;
type OfEntityType<E, Type> = Extract<E, { readonly entity_type: Type }>;
type OfSubCode<E, SubCode> = Extract<E, { readonly sub_code: SubCode }>;

/** Catches what its level has no handler for. */
interface Rest<E> {
  readonly _?: Handler<E>;
}

type SubCodeHandlers<E extends Violation> = Rest<E> & {
  readonly [SubCode in E["sub_code"]]?: Handler<OfSubCode<E, SubCode>>;
};

type EntityTypeHandlers<E extends Violation> = Rest<E> & {
  readonly [Type in E["entity_type"]]?:
    Handler<OfEntityType<E, Type>> | SubCodeHandlers<OfEntityType<E, Type>>;
};

type CodeHandlers<E> = [E] extends [Violation]
  ? Handler<E> | EntityTypeHandlers<E>
  : Handler<E>;

/**
 * Handlers by code; for a violation, instead of a function, handlers by entity
 * type, and below that by sub-code. `_` catches the rest of its level and of the
 * levels below.
 */
export type ErrorHandlers<E extends AnyError> = Rest<E> & {
  readonly [Code in E["code"]]?: CodeHandlers<OfCode<E, Code>>;
};

/** What one level must still have: every key of its own unless it has `_`, and no other. */
type Complete<Keys extends string, Given> = Record<
  "_" extends keyof Given ? never : Exclude<Keys, keyof Given>,
  unknown
> & {
  readonly [
    Key in Exclude<keyof Given, Keys | "_">
  ]: `${Key & string} is not documented here`;
};

type CompleteSubCodes<E, Given> = Given extends AnyFunction
  ? unknown
  : [E] extends [Violation]
    ? Complete<E["sub_code"], Given>
    : unknown;

type CompleteEntityTypes<E, Given> = Given extends AnyFunction
  ? unknown
  : [E] extends [Violation]
    ? Complete<E["entity_type"], Given> & {
        readonly [Type in E["entity_type"] & keyof Given]?: CompleteSubCodes<
          OfEntityType<E, Type>,
          Given[Type]
        >;
      }
    : unknown;

/** Makes a set of handlers that forgets an error, or names one that does not exist, a compile error. */
type CompleteCodes<E extends AnyError, Given> = Complete<E["code"], Given> & {
  readonly [Code in E["code"] & keyof Given]?: CompleteEntityTypes<
    OfCode<E, Code>,
    Given[Code]
  >;
};

type Returned<Given> = Given extends (...args: never[]) => infer Value
  ? Value
  : { [Key in keyof Given]: Returned<Given[Key]> }[keyof Given];

/**
 * Calls the handler for an error. Without a catch-all `_`, leaving out an error that
 * the operation documents does not compile, and neither does a key that no error has.
 *
 * @param error - `result.error`, or the `error` of a caught `KompliantError`
 * @param handlers - functions by code, or by code, entity type and sub-code
 * @returns what the handler returned
 */
export function matchError<E extends AnyError, Given extends ErrorHandlers<E>>(
  error: E,
  handlers: Given & CompleteCodes<E, Given>,
): Returned<Given> {
  const { code } = error;
  const entityType = "entity_type" in error ? error.entity_type : undefined;
  const subCode = "sub_code" in error ? error.sub_code : undefined;
  let rest: unknown;
  let handler: unknown = handlers;
  for (const key of [code, entityType, subCode]) {
    if (typeof handler !== "object" || handler === null) break;
    rest = own(handler, "_") ?? rest;
    handler = typeof key === "string" ? own(handler, key) : undefined;
  }
  if (typeof handler !== "function") handler = rest;
  if (typeof handler !== "function") {
    throw new TypeError(`matchError: no handler for ${code}`);
  }
  return (handler as (error: E) => Returned<Given>)(error);
}

function own(target: object, key: string): unknown {
  return Object.prototype.hasOwnProperty.call(target, key)
    ? (target as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
