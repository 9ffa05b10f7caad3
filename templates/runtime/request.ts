import type { CallOptions, Client } from "./client.js";
import type { Operation } from "./operation.js";

/** What the `Headers` constructor accepts. */
export type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** Header values by name in lower case. */
export type HeaderValues = Readonly<Record<string, string>>;

/** Bytes in a type that `fetch` and WebCrypto take, under TypeScript before and after 5.7. */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>["encode"]>;

/** The request as it is about to be sent. Every read of a property returns a copy: changing it changes nothing that is sent. */
export interface SigningRequest {
  /** Name of the API method, such as `propay.execute`. */
  readonly operation: string;
  /** HTTP method in upper case. */
  readonly method: string;
  readonly url: URL;
  /** Everything that is sent besides the headers that the signer returns. */
  readonly headers: Headers;
  /** The exact bytes of the body; empty when there is none. */
  readonly body: Uint8Array;
  /** 1 for the first request of a call; every retry is signed anew. */
  readonly attempt: number;
  /** Aborted when the call's deadline passes or its caller gives up. */
  readonly signal: AbortSignal;
  /** Takes down what was signed, for `explain`; a signer may call it. */
  readonly onSigned?: ((signed: SignedText) => void) | undefined;
}

/** What a signature was made of. */
export interface SignedText {
  /** Names of the data elements, in their order. */
  readonly elements: readonly string[];
  readonly stringToSign: string;
}

/**
 * Returns the headers that authenticate a request. They are added to the request
 * and win over headers of the same name; afterwards nothing changes any more.
 * A signer that throws, rejects or hangs ends the call with `client.signing`.
 */
export type Signer = (
  request: SigningRequest,
) => HeadersInit | Promise<HeadersInit>;

/** A request but for its signature; the same for every attempt of a call. */
export interface Draft {
  /** The operation's name and HTTP method. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderValues;
  readonly body: Bytes;
}

/** An input in its places; `path` goes below the base URL and includes the query. */
export type EncodedInput = Pick<Draft, "headers" | "body"> & {
  readonly path: string;
};

/** The input as JSON body; no body when there is no input. */
function encodeJson(path: string, input: unknown): EncodedInput {
  // Without an input there is no JSON, and what is encoded is empty.
  const body = new TextEncoder().encode(JSON.stringify(input));
  const type = body.byteLength > 0 && { "content-type": "application/json" };
  return { path, headers: type || {}, body };
}

/**
 * Builds a call's request and serialises its input, once for all attempts.
 *
 * @throws {TypeError} when JSON cannot express the input, or HTTP a header
 */
export async function draftRequest(
  { baseUrl, apiVersion }: Client,
  { name, method, path, encode = encodeJson }: Operation,
  input: unknown,
  options: CallOptions,
): Promise<Draft> {
  const encoded = await encode(path, input);
  // Several times as fast as spreading, which engines do slowly for such names.
  const headers = Object.assign(
    { accept: "application/json" },
    encoded.headers,
    apiVersion && { "x-api-version": apiVersion },
    options.headers && headerValues(options.headers),
  );
  const url = baseUrl + encoded.path;
  return { operation: name, method, url, headers, body: encoded.body };
}

/** Asks the signer, and closes the request: its headers are frozen from here on. */
export async function signRequest(
  signer: Signer,
  { operation, method, url, headers, body }: Draft,
  attempt: number,
  deadline: Pick<SigningRequest, "signal">,
): Promise<HeaderValues> {
  const signed: unknown = await signer({
    operation,
    method,
    attempt,
    get url() {
      return new URL(url);
    },
    get headers() {
      return new Headers(headers);
    },
    get body() {
      return body.slice();
    },
    get signal() {
      return deadline.signal;
    },
  });
  if (Object(signed) !== signed) {
    throw new TypeError("the signer returned no headers");
  }
  const added = headerValues(signed as HeadersInit);
  return Object.freeze(Object.assign({}, headers, added));
}

function headerValues(headers: HeadersInit): HeaderValues {
  const values: Record<string, string> = {};
  try {
    new Headers(headers).forEach((value, name) => {
      values[name] = value;
    });
  } catch {
    // The platform's message repeats the value, which may be a secret.
    throw new TypeError("a header cannot be sent over HTTP");
  }
  return values;
}

/** Headers whose values anyone may see. */
const openHeaders =
  /^(?:accept|content-type|x-request-id|x-api-(?:version|signed-elements|timestamp|nonce|content-hash))$/;

/** Headers for logs: the value of any other header is `***`. */
export function maskHeaders(headers: HeaderValues): HeaderValues {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    masked[name] = openHeaders.test(name) ? value : "***";
  }
  return masked;
}

/** A text, such as a page that repeats the request, without the values that {@link maskHeaders} masks. */
export function withoutSecrets(text: string, headers: HeaderValues): string {
  return Object.entries(headers)
    .filter(([name]) => !openHeaders.test(name))
    .flatMap(([, value]) => value.split(" "))
    .filter((secret) => secret.length >= 8)
    .reduce((open, secret) => open.split(secret).join("***"), text);
}
