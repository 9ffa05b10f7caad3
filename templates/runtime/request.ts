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

const encoder = /* @__PURE__ */ new TextEncoder();

/** The input as JSON body; no body when there is no input. */
export function encodeJson(path: string, input: unknown): EncodedInput {
  // Without an input there is no JSON, and what is encoded is empty.
  const body = encoder.encode(JSON.stringify(input));
  const type = body.byteLength > 0 && { "content-type": "application/json" };
  return { path, headers: type || {}, body };
}

/**
 * Puts a call's request together, once for all attempts.
 *
 * @throws {TypeError} when HTTP cannot express a header
 */
export function draftRequest(
  { baseUrl, apiVersion }: Client,
  { name, method }: Operation,
  { path, headers, body }: EncodedInput,
  options: CallOptions,
): Draft {
  return {
    operation: name,
    method,
    url: baseUrl + path,
    // Several times as fast as spreading, which engines do slowly for such names.
    headers: Object.assign(
      { accept: "application/json" },
      headers,
      apiVersion && { "x-api-version": apiVersion },
      options.headers && headerValues(options.headers),
    ),
    body,
  };
}

/** Asks the signer, and closes the request: its headers are frozen from here on. */
export async function signRequest(
  { signer }: Client,
  draft: Draft,
  attempt: number,
  signal: () => AbortSignal,
): Promise<HeaderValues> {
  const signed: unknown = await signer(
    new SealedRequest(draft, attempt, signal),
  );
  if (Object(signed) !== signed) {
    throw new TypeError("the signer returned no headers");
  }
  const added = headerValues(signed as HeadersInit);
  return Object.freeze(Object.assign({}, draft.headers, added));
}

/** Makes its copies when they are read: most signers read few of them. */
class SealedRequest implements SigningRequest {
  readonly operation: string;
  readonly method: string;
  readonly attempt: number;
  readonly #draft: Draft;
  readonly #signal: () => AbortSignal;

  constructor(draft: Draft, attempt: number, signal: () => AbortSignal) {
    this.operation = draft.operation;
    this.method = draft.method;
    this.attempt = attempt;
    this.#draft = draft;
    this.#signal = signal;
  }

  get url(): URL {
    return new URL(this.#draft.url);
  }

  get headers(): Headers {
    return new Headers(this.#draft.headers);
  }

  get body(): Uint8Array {
    return this.#draft.body.slice();
  }

  get signal(): AbortSignal {
    return this.#signal();
  }
}

/** What `fetch` gets. */
export class SentRequest {
  readonly method: string;
  readonly headers: HeaderValues;
  readonly body: Bytes | null;
  readonly redirect = "manual";
  declare readonly signal: AbortSignal;
  readonly #signal: () => AbortSignal;

  constructor(
    { method, body }: Draft,
    headers: HeaderValues,
    signal: () => AbortSignal,
  ) {
    this.method = method;
    this.headers = headers;
    this.body = body.byteLength > 0 ? body.slice() : null;
    this.#signal = signal;
    Object.defineProperty(this, "signal", SentRequest.#lazily);
  }

  /** A property of its own, so that copies have it; made when it is read, for that takes time. */
  static readonly #lazily: ThisType<SentRequest> & PropertyDescriptor = {
    enumerable: true,
    get() {
      return this.#signal();
    },
  };
}

/** A name and a value that `Headers` would take as they are. */
const plainHeader = /^[a-z\d-]+:[!-~](?:[ -~]*[!-~])?$/;

function isPlain([name, value]: readonly [string, unknown]): boolean {
  return typeof value === "string" && plainHeader.test(`${name}:${value}`);
}

function headerValues(headers: HeadersInit): HeaderValues {
  const values: Record<string, string> = {};
  const entries = Symbol.iterator in headers ? [] : Object.entries(headers);
  // `Headers` takes longer than all else that is done to a request.
  if (entries.length > 0 && entries.every(isPlain)) {
    for (const [name, value] of entries) values[name] = value;
    return values;
  }
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
