import { membersOf, queryPairs, text } from "./query.js";
import type { Bytes } from "./types.js";

/** How a field of a form is written. */
export interface Field {
  /** Media type of its part in a multipart form. */
  readonly type?: string;
  /** How lists and objects are written in a URL-encoded form. */
  readonly style?: string;
  readonly explode?: boolean;
}

type Fields = Readonly<Record<string, Field>>;

interface EncodedBody {
  readonly type: string | undefined;
  readonly bytes: Bytes;
}

/**
 * The bytes of a body in its media type, which is JSON unless given.
 *
 * @param mediaType - of several for bytes, theirs if it is among them, or else the first
 */
export async function encodeBody(
  body: unknown,
  mediaType = "application/json",
  fields: Fields = {},
): Promise<EncodedBody> {
  if (body === undefined) return { type: undefined, bytes: new Uint8Array() };
  if (/^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType)) {
    return bytesOf(JSON.stringify(body), mediaType);
  }
  if (typeof body === "object" && body !== null) {
    if (/^multipart\//i.test(mediaType)) {
      return multipartBody(body, mediaType, fields);
    }
    if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) {
      return bytesOf(urlEncoded(body, fields), mediaType);
    }
  }
  const tag = Object.prototype.toString.call(body);
  if (tag === "[object Object]" || tag === "[object Array]") {
    throw new TypeError(`${mediaType} takes a text or bytes as body`);
  }
  const types = mediaType.split(/\s*,\s*/);
  const own = body instanceof Blob ? body.type : "";
  const type = types.includes(own)
    ? own
    : types.find((each) => !each.includes("*"));
  return bytesOf(body as BodyInit, type);
}

function urlEncoded(body: object, fields: Fields): string {
  return membersOf(body)
    .flatMap(([name, value]) => {
      const field = fieldOf(fields, name);
      if (field) return queryPairs({ name, ...field }, value);
      const items = [value].flat().map((item) => [name, text(item)]);
      return items.length > 0 ? [new URLSearchParams(items).toString()] : [];
    })
    .join("&");
}

/**
 * A form in parts. A list is a part for each item; objects are JSON, and other values
 * text without a type unless their field has one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
function multipartBody(
  body: object,
  mediaType: string,
  fields: Fields,
): Promise<EncodedBody> {
  const boundary = `form-${crypto.randomUUID()}`;
  const parts: (string | Blob)[] = [];
  for (const [name, value] of membersOf(body)) {
    for (const item of [value].flat()) {
      if (item === undefined) continue;
      const type = partType(item, fieldOf(fields, name)?.type);
      parts.push(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"${fileName(item)}\r\n`,
        type ? `Content-Type: ${type}\r\n\r\n` : "\r\n",
        item instanceof Blob ? item : text(item),
        "\r\n",
      );
    }
  }
  parts.push(`--${boundary}--\r\n`);
  const type = `${mediaType.replace(/\s*;.*/, "")}; boundary=${boundary}`;
  return bytesOf(new Blob(parts), type);
}

function partType(item: unknown, type: string | undefined): string | undefined {
  if (item instanceof Blob)
    return item.type || (type ?? "application/octet-stream");
  const isObject = typeof item === "object" && item !== null;
  return type ?? (isObject ? "application/json" : undefined);
}

/** Fields can be called like what every object has. */
function fieldOf(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Bytes are a file, with a name or without one of their own. */
function fileName(item: unknown): string {
  if (!(item instanceof Blob)) return "";
  const name = "name" in item ? String(item.name) : "blob";
  return `; filename="${quotable(name)}"`;
}

/** As forms in HTML escape names. */
function quotable(name: string): string {
  return name.replace(/[\r\n"]/g, encodeURIComponent);
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
