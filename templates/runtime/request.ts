import type { Deadline } from "./deadline.js";
import type {
  Bytes,
  Client,
  Draft,
  EncodedInput,
  HeaderValues,
  HeadersInit,
  Operation,
  SigningRequest,
} from "./types.js";

/** What our own checks found wrong. Its message repeats nothing of anybody's: it is safe to show. */
export class Refusal extends TypeError {}

/** Whether an error is a refusal; a revoked proxy cannot even be asked. */
export function isRefusal(error: unknown): error is Refusal {
  try {
    return error instanceof Refusal;
  } catch {
    return false;
  }
}

/** The input as JSON body; no body when there is no input. */
function encodeJson(path: string, input: unknown): EncodedInput {
  const body = (JSON.stringify(input) as string | undefined) ?? "";
  return {
    path,
    headers: body ? { "content-type": "application/json" } : {},
    body,
  };
}

/** What URLs resolve, so that another path is asked than the operation's. */
const dotSegment = /[/\\](?:\.|%2e){1,2}(?![^/\\])/i;

/**
 * Puts a call's request together, once for all attempts. Reads everything of the
 * caller's before it waits for anything.
 *
 * @throws {TypeError} when JSON, a URL or HTTP cannot express the input or a header
 */
export async function draftRequest(
  { baseUrl, apiVersion }: Client,
  operation: Operation,
  input: unknown,
  given: HeadersInit | undefined,
): Promise<Draft> {
  const { name, accept = "application/json", path, encode } = operation;
  try {
    const added = given === undefined ? {} : headerValues(given, "headers: ");
    const encoded = encode
      ? await encode(path, input)
      : encodeJson(path, input);
    if (dotSegment.test(encoded.path.replace(/[?#].*/, ""))) {
      throw new TypeError(`${name}: the path has a dot segment`);
    }
    return {
      operation,
      url: baseUrl + encoded.path,
      // Several times as fast as spreading, which engines do slowly for such names.
      headers: Object.assign(
        { accept },
        ownHeaders(),
        encode ? headerValues(encoded.headers, "input: ") : encoded.headers,
        apiVersion && { "x-api-version": apiVersion },
        added,
      ) as HeaderValues,
      body: encoded.body,
    };
  } catch (cause) {
    if (cause instanceof TypeError) throw cause;
    // Half a surrogate pair in a path, a structure too deep for JSON.
    throw new TypeError(`${name}: the input cannot be sent`, { cause });
  }
}

/** What tells a call from others. In a browser, CORS would have to allow it, so it is not sent there. */
function ownHeaders(): HeaderValues {
  const isBrowser = "document" in globalThis || "importScripts" in globalThis;
  if (isBrowser || !("randomUUID" in crypto)) return {};
  const requestId = crypto.randomUUID();
  return { "user-agent": "kompliant-codegen", "x-request-id": requestId };
}

/** Closes a request with what its signer returned: its headers are frozen from here on. */
export function sealHeaders(draft: Draft, signed: unknown): HeaderValues {
  const added =
    Object(signed) === signed && headerValues(signed as HeadersInit, "");
  if (!added || Object.keys(added).length === 0) {
    throw new Refusal("it returned no headers");
  }
  return Object.freeze(Object.assign({}, draft.headers, added));
}

export const encoder: InstanceType<typeof TextEncoder> =
  /* @__PURE__ */ new TextEncoder();

function bytesOf(body: string | Bytes): Bytes {
  return typeof body === "string" ? encoder.encode(body) : body.slice();
}

/** What the signer gets. Most signers read little of it, so copies are made on demand. */
export function signingRequest(
  { operation, url, headers, body }: Draft,
  attempt: number,
  deadline: Pick<Deadline, "signal">,
): SigningRequest {
  const { name, method } = operation;
  return {
    operation: name,
    method,
    attempt,
    get signal() {
      return deadline.signal;
    },
    get url() {
      return new URL(url);
    },
    get headers() {
      return new Headers(headers);
    },
    get body() {
      return bytesOf(body);
    },
  };
}

/** What `fetch` gets: an object of its own for every request, which wrappers may change. */
export function requestInit(
  { operation: { method, effect }, body }: Draft,
  headers: HeaderValues,
  deadline: Pick<Deadline, "signal">,
): RequestInit {
  let other: AbortSignal | null | undefined;
  return {
    method,
    headers: Object.assign({}, headers),
    body: body.length > 0 ? bytesOf(body) : null,
    redirect: "manual",
    // Made when it is read, unless a wrapper has set another.
    get signal() {
      return other === undefined ? deadline.signal : other;
    },
    set signal(value: AbortSignal | null) {
      other = value;
    },
    // Frameworks such as Next.js answer from a cache of their own; old workerd throws on the option.
    ...("cache" in Request.prototype && { cache: "no-store" }),
    // Bun before 1.4 sends a request again by itself when a connection that it reuses dies.
    ...(effect === "write" && { keepalive: false }),
  };
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

export function isHeaderValue(value: unknown): value is string {
  return typeof value === "string" && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** Headers that belong to the connection: set by hand, they break the request or make it hang. */
const framing =
  /^(?:connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/;

/** Headers by name, checked without repeating a value, which may be a secret. */
function headerValues(headers: HeadersInit, where: string): HeaderValues {
  const values = new Map<string, string>();
  if (Object(headers) !== headers) throw new Refusal(`${where}not an object`);
  const isList = Symbol.iterator in headers;
  const pairs: Iterable<unknown> = isList ? headers : Object.entries(headers);
  for (const pair of pairs) {
    const isPair = Array.isArray(pair) && pair.length === 2;
    const [key, value] = isPair ? (pair as readonly unknown[]) : [];
    const isName = typeof key === "string" && headerName.test(key);
    const name = isName ? key.toLowerCase() : "a header";
    if (!isName || framing.test(name) || !isHeaderValue(value)) {
      throw new Refusal(`${where}${name} cannot be sent over HTTP`);
    }
    const others = values.get(name);
    const text = value.trim();
    values.set(name, others === undefined ? text : `${others}, ${text}`);
  }
  return Object.fromEntries(values);
}

/** Headers whose values anyone may see. */
const openHeaders =
  /^(?:accept|content-type|user-agent|x-request-id|x-api-(?:version|signed-elements|timestamp|nonce|content-hash))$/;

/** Headers for logs: the value of any other header is `***`. */
export function maskHeaders(headers: HeaderValues): HeaderValues {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    masked[name] = openHeaders.test(name) ? value : "***";
  }
  return masked;
}

/**
 * A text, such as a page that repeats the request, without the values that
 * {@link maskHeaders} masks. Pages escape them in many ways, all of which leave letters
 * and digits as they are, and may break off within one.
 */
export function withoutSecrets(text: string, headers: HeaderValues): string {
  let open = text;
  for (const [name, value] of Object.entries(headers)) {
    for (const word of openHeaders.test(name) ? [] : value.split(" ")) {
      if (word.length < 8) continue;
      open = open.replaceAll(word, "***");
      const pieces = word.match(/[a-z\d]{4,8}/gi) ?? [];
      const long = pieces.filter(({ length }) => length === 8).join("|");
      // Short pieces are too common to be told from other text, unless a long one is there.
      if (!long || !new RegExp(long, "i").test(open)) continue;
      const all = new RegExp(`(?:${pieces.join("|")})[a-z\\d]*`, "gi");
      open = open.replace(all, "***");
    }
  }
  return open;
}
