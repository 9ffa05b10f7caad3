import type { Bytes, EncodedInput } from "./request.js";

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
 * @throws {TypeError} when a parameter of the path is missing or empty
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export async function encodeParameters(
  template: string,
  input: unknown,
  parameters: readonly Parameter[],
  mediaType?: string,
): Promise<EncodedInput> {
  const placed = (input ?? {}) as PlacedInput;
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const cookies: string[] = [];
  let path = template;
  for (const parameter of parameters) {
    const { name } = parameter;
    const value = placed[parameter.in]?.[name];
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
  const { type, bytes } = await encodeBody(mediaType, placed.body);
  if (type) headers["content-type"] = type;
  const search = query.length > 0 ? `?${query.join("&")}` : "";
  return { path: path + search, headers, body: bytes };
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
      ? Object.entries(value).flatMap(([key, item]) =>
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

/** `name=value` pairs in the styles `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`. */
function queryPairs(
  { name, style = "form", explode = style === "form", json }: Parameter,
  value: unknown,
): string[] {
  const key = encodeURIComponent(name);
  const pair = (left: string, right: unknown): string =>
    `${left}=${encodeURIComponent(text(right))}`;
  if (json) return [pair(key, JSON.stringify(value))];
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => pair(key, item));
    const separators: Readonly<Record<string, string>> = {
      spaceDelimited: "%20",
      pipeDelimited: "|",
    };
    const items = value.map((item) => encodeURIComponent(text(item)));
    return [`${key}=${items.join(separators[style] ?? ",")}`];
  }
  if (typeof value !== "object" || value === null) return [pair(key, value)];
  const entries = Object.entries(value).filter(
    ([, item]) => item !== undefined,
  );
  if (style === "deepObject") {
    return entries.map(([member, item]) =>
      pair(`${key}[${encodeURIComponent(member)}]`, item),
    );
  }
  if (explode) {
    return entries.map(([member, item]) =>
      pair(encodeURIComponent(member), item),
    );
  }
  const flat = entries.flatMap(([member, item]) => [member, text(item)]);
  return [`${key}=${flat.map(encodeURIComponent).join(",")}`];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface EncodedBody {
  readonly type: string | undefined;
  readonly bytes: Bytes;
}

async function encodeBody(
  mediaType = "application/json",
  body: unknown,
): Promise<EncodedBody> {
  if (body === undefined) {
    return { type: undefined, bytes: new TextEncoder().encode("") };
  }
  const isForm = typeof body === "object" && body !== null;
  if (/^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType)) {
    return bytesOf(JSON.stringify(body), mediaType);
  }
  if (isForm && mediaType.startsWith("multipart/")) {
    return bytesOf(formData(body), undefined);
  }
  if (isForm && mediaType === "application/x-www-form-urlencoded") {
    const fields = Object.entries(body).filter(
      ([, value]) => value !== undefined,
    );
    const pairs = fields.flatMap(([name, value]) =>
      [value].flat().map((item) => [name, text(item)]),
    );
    return bytesOf(new URLSearchParams(pairs), mediaType);
  }
  const isRange = mediaType.includes("*");
  return bytesOf(body as BodyInit, isRange ? undefined : mediaType);
}

function formData(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item instanceof Blob) form.append(name, item);
      else if (item !== undefined) form.append(name, text(item));
    }
  }
  return form;
}

/** The bytes that the platform would send for a body, and their type unless one is given. */
async function bytesOf(
  body: BodyInit,
  mediaType: string | undefined,
): Promise<EncodedBody> {
  const response = new Response(body);
  const type = mediaType ?? response.headers.get("content-type") ?? undefined;
  return { type, bytes: new Uint8Array(await response.arrayBuffer()) };
}
