import type { AnyError, UndocumentedError } from "./errors.js";
import type { Result } from "./result.js";

interface Violation extends AnyError {
  readonly entity_type: string;
  readonly sub_code: string;
}

/** Catches what its level, and the levels below, have no handler for. */
interface Rest<E> {
  readonly _?: (error: E) => unknown;
}

type SubCodeHandlers<E extends Violation> = Rest<E> & {
  readonly [Each in E as Each["sub_code"]]?: (error: Each) => unknown;
};

type EntityTypeHandlers<E extends Violation> = Rest<E> & {
  readonly [Each in E as Each["entity_type"]]?:
    ((error: Each) => unknown) | SubCodeHandlers<Each>;
};

/**
 * Handlers by code; for a violation, instead of a function, handlers by entity
 * type, and below that by sub-code. `_` catches the rest of its level and of the
 * levels below.
 */
export type ErrorHandlers<E extends AnyError> = Rest<E> & {
  readonly [Each in E as Each["code"]]?:
    | ((error: Each) => unknown)
    | ([Each] extends [Violation] ? EntityTypeHandlers<Each> : never);
};

type AnyFunction = (error: never) => unknown;

/**
 * What a level must have: no key but its own, and all that are needed unless a `_`
 * catches the rest. The first question has the answer for most matches.
 */
type Level<
  Keys extends string,
  Given,
  Above,
  Needed extends string = Keys,
  Present extends keyof Given = keyof Given,
> = [Present, Needed] extends [Keys | "_", Present]
  ? unknown
  : [Present] extends [Keys | "_"]
    ? "_" extends Present | Above
      ? unknown
      : unknown extends Given
        ? unknown
        : Record<Exclude<Needed, Present>, unknown>
    : {
        readonly [
          Key in Exclude<Present, Keys | "_">
        ]: `${Key & string} is not documented here`;
      };

type CompleteSubCodes<
  V extends Violation,
  Given,
  Above,
> = Given extends AnyFunction ? unknown : Level<V["sub_code"], Given, Above>;

/**
 * The violations that a description lists under an unread code stand in for others:
 * they need one `_`, whichever of them have handlers.
 */
type CompleteEntityTypes<
  V extends Violation,
  Given,
  Above,
  Unread,
> = Given extends AnyFunction
  ? unknown
  : Level<
      V["entity_type"],
      Given,
      Above,
      V["code"] extends Unread ? "_" : V["entity_type"]
    > & {
      readonly [Each in V as Each["entity_type"]]?: CompleteSubCodes<
        Each,
        Given[Each["entity_type"] & keyof Given],
        Above | keyof Given | (V["code"] extends Unread ? "_" : never)
      >;
    };

/** The codes of an operation whose violations could not be read. */
type UnreadCodes<E> = E extends UndocumentedError<infer Codes> ? Codes : never;

/**
 * Makes a set of handlers that forgets an error, or names one that does not exist,
 * a compile error. The compiler evaluates it for every match: it is written for few
 * instantiations, and goes below the first level only where there are handlers. Any
 * object is a set whose handlers are all optional: such a set has to have them.
 */
type Complete<
  E extends AnyError,
  Given,
  V extends Violation = E extends Violation ? E : never,
> = Level<E["code"], Given, never> &
  (object extends Given
    ? [keyof Given] extends [never]
      ? unknown
      : Record<E["code"], unknown>
    : {
        readonly [Each in V as Each["code"]]?: CompleteEntityTypes<
          Each,
          Given[Each["code"] & keyof Given],
          keyof Given,
          UnreadCodes<E>
        >;
      });

declare const refused: unique symbol;

/** What a set of handlers has to be; what `refused` marks is what the compiler takes it for when it is not. */
type Checked<E extends AnyError, Given> = ErrorHandlers<E> &
  Complete<E, Given> & { readonly [refused]?: never };

interface HandlerTree<Value> {
  readonly [key: string]:
    ((error: never) => Value) | HandlerTree<Value> | undefined;
}

/**
 * What any of the handlers returns. Of a set that does not compile it is `never`, so
 * that what is wrong with the set is the only thing that the compiler reports.
 */
export type Returned<Given> = typeof refused extends keyof Given
  ? never
  : Given extends HandlerTree<infer Value>
    ? Value
    : unknown;

/**
 * Calls the handler for an error. Without a catch-all `_`, leaving out an error that
 * the operation documents does not compile, and neither does a key that no error has.
 *
 * @param error - `result.error`, or the `error` of a caught `KompliantError`
 * @param handlers - functions by code, or by code, entity type and sub-code
 * @returns what the handler returned
 */
export function matchError<E extends AnyError, Given extends Checked<E, Given>>(
  error: E,
  handlers: Given,
): Returned<Given> {
  return dispatch(error, handlers) as Returned<Given>;
}

/**
 * Calls `onData` with the data of a success, or the handler for the error of a failure.
 *
 * @param handlers - as for {@link matchError}
 * @returns what was returned by the function that was called
 */
export function matchResult<
  Data,
  E extends AnyError,
  Value,
  Given extends Checked<E, Given>,
>(
  result: Result<Data, E>,
  onData: (data: Data) => Value,
  handlers: Given,
): Value | Returned<Given> {
  return result.ok
    ? onData(result.data)
    : (dispatch(result.error, handlers) as Returned<Given>);
}

/** Goes down the handlers along the error's fields, and remembers the last catch-all. */
function dispatch(error: AnyError, handlers: unknown): unknown {
  let handler = handlers;
  let rest: unknown;
  for (const key of ["code", "entity_type", "sub_code"] as const) {
    if (typeof handler !== "object" || handler === null) break;
    rest = own(handler, "_") ?? rest;
    handler = own(handler, (error as Partial<Violation>)[key]);
  }
  const chosen = typeof handler === "function" ? handler : rest;
  if (typeof chosen !== "function") {
    throw new TypeError(`matchError: no handler for ${error.code}`);
  }
  return (chosen as (error: AnyError) => unknown)(error);
}

function own(target: object, key: unknown): unknown {
  return typeof key === "string" &&
    Object.prototype.hasOwnProperty.call(target, key)
    ? (target as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
