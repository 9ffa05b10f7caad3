import { encodeBody } from "./encode-body.js";
import type { Field } from "./encode-body.js";
import { membersOf, queryPairs, text } from "./query.js";
import type { EncodedInput } from "./types.js";

/** A parameter outside the body, as the API description defines it. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  /** How lists and objects are written; the default of the place unless given. */
  readonly style?: string;
  readonly explode?: boolean;
  /** The value is sent as JSON. */
  readonly json?: true;
}

/** An input by the places that its parts go to. */
type PlacedInput = Readonly<
  Partial<Record<Parameter["in"], Readonly<Record<string, unknown>>>>
> & { readonly body?: unknown };

/**
 * Puts the parts of an input into path, query, headers and body.
 *
 * @param template - the path, with `{name}` for each of its parameters
 * @param mediaType - of the body; JSON unless given
 * @param fields - how fields of a form are written, where it is not the usual way
 * @throws {TypeError} when a parameter of the path is missing or empty
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export async function encodeParameters(
  template: string,
  input: unknown,
  parameters: readonly Parameter[],
  mediaType?: string,
  fields?: Readonly<Record<string, Field>>,
): Promise<EncodedInput> {
  const placed = (input ?? {}) as PlacedInput;
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const cookies: string[] = [];
  let path = template;
  for (const parameter of parameters) {
    const { name } = parameter;
    const values = placed[parameter.in];
    // Parameters can be called like what every object has.
    const value =
      values && Object.hasOwn(values, name) ? values[name] : undefined;
    if (parameter.in === "path") {
      const text = serialise(parameter, value, encodeURIComponent);
      // A dot segment would name another path than the operation's.
      if (/^(?:|\.|\.\.)$/.test(text)) {
        throw new TypeError(`path parameter ${name} is missing or a dot`);
      }
      path = path.split(`{${name}}`).join(text);
    } else if (value === undefined) {
      continue;
    } else if (parameter.in === "query") {
      query.push(...queryPairs(parameter, value));
    } else if (parameter.in === "header") {
      headers[name.toLowerCase()] = serialise(parameter, value, String);
    } else {
      cookies.push(
        `${name}=${serialise(parameter, value, encodeURIComponent)}`,
      );
    }
  }
  if (cookies.length > 0) headers["cookie"] = cookies.join("; ");
  const { type, bytes } = await encodeBody(placed.body, mediaType, fields);
  if (type) headers["content-type"] = type;
  // Some descriptions tell operations apart by a query or a fragment in their paths.
  const [place = ""] = path.split("#");
  const start = place.includes("?") ? "&" : "?";
  const search = query.length > 0 ? start + query.join("&") : "";
  return { path: place + search, headers, body: bytes };
}

type Escape = (text: string) => string;

/** A value in the styles `simple`, `label` and `matrix`. */
function serialise(
  { name, style, explode, json }: Parameter,
  value: unknown,
  escape: Escape,
): string {
  if (value === undefined || value === null) return "";
  if (json) return escape(JSON.stringify(value));
  const isLabel = style === "label";
  const isMatrix = style === "matrix";
  const separator = isLabel && explode ? "." : isMatrix && explode ? ";" : ",";
  const items = Array.isArray(value)
    ? value.map((item) =>
        isMatrix && explode
          ? `${name}=${escape(text(item))}`
          : escape(text(item)),
      )
    : typeof value === "object"
      ? membersOf(value).flatMap(([key, item]) =>
          explode
            ? [`${escape(key)}=${escape(text(item))}`]
            : [escape(key), escape(text(item))],
        )
      : [escape(text(value))];
  const joined = items.join(separator);
  if (isLabel) return `.${joined}`;
  if (!isMatrix) return joined;
  return explode && typeof value === "object"
    ? `;${joined}`
    : `;${name}=${joined}`;
}
