import type { UndocumentedError } from "./errors.js";
import type { Result } from "./result.js";
import type { Hook } from "./types.js";

/** Something the API sent that its description does not know. */
export interface Drift {
  readonly operation: string;
  readonly traceId: string | undefined;
  /** Where it stood, such as `data.propay.queued_operations[0]` or `errors[0]`. */
  readonly path: string;
  /** The value, or the error object, exactly as received. */
  readonly value: unknown;
}

/** Known values; or shapes by property, `*` for any other and for items; or the name of a shape. */
export type Shape = readonly string[] | ShapesByProperty | string;

interface ShapesByProperty {
  readonly [property: string]: Shape;
}

/** Where the known values stand: in what each operation brings, and in shapes that it names. */
export interface KnownValues {
  readonly operations: ShapesByProperty;
  readonly shapes: ShapesByProperty;
}

/** The shape of a list of errors. */
const errorList: Shape = { "*": {} };

/** A hook for `onResult` that reports what the description does not know. */
export function driftHook(
  { operations, shapes }: KnownValues,
  report: (drift: Drift) => unknown,
): Hook<Result<unknown, unknown>> {
  return (result) => {
    const { operation, meta, apiVersion } = result;
    const found = (path: string, value: unknown): void => {
      report({ operation, traceId: meta?.trace_id, path, value });
    };
    const visit = (path: string, value: unknown, shape?: Shape): void => {
      if (typeof shape === "string") shape = member(shapes, shape);
      if (shape === undefined || typeof shape === "string") return;
      if (isList(shape)) {
        const isNews = typeof value === "string" && !shape.includes(value);
        if (isNews) found(path, value);
      } else if (isUndocumented(value)) {
        found(path, value.wire);
      } else if (typeof value === "object" && value !== null) {
        for (const [key, each] of Object.entries(value)) {
          const place = Array.isArray(value) ? `[${key}]` : `.${key}`;
          const below = member(shape, key) ?? member(shape, "*");
          visit(path + place, each, below);
        }
      }
    };
    const { version = apiVersion } = meta ?? {};
    if (apiVersion && version !== apiVersion) found("meta.version", version);
    if (result.ok) visit("data", result.data, member(operations, operation));
    else visit("errors", result.errors, errorList);
  };
}

function isList(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}

function member(shapes: ShapesByProperty, name: string): Shape | undefined {
  return Object.prototype.hasOwnProperty.call(shapes, name)
    ? shapes[name]
    : undefined;
}

function isUndocumented(value: unknown): value is UndocumentedError {
  const { code, wire } = Object(value) as Partial<UndocumentedError>;
  return code === "undocumented" && wire !== undefined;
}
