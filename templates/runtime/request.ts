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
  readonly body: Bytes;
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
 * A frozen object is read once, however often it is returned. A signer that throws,
 * rejects or hangs ends the call with `client.signing`.
 */
export type Signer = (
  request: SigningRequest,
) => HeadersInit | Promise<HeadersInit>;

interface Message {
  readonly headers: HeaderValues;
  /** A text is sent in UTF-8; empty when there is no body. */
  readonly body: string | Bytes;
}

/** A request but for its signature; the same for every attempt of a call. */
export interface Draft extends Message {
  /** The operation's name and HTTP method. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
}

/** An input in its places. */
export interface EncodedInput extends Message {
  /** Goes below the base URL and includes the query. */
  readonly path: string;
}

/** The input as JSON body; no body when there is no input. */
export function encodeJson(path: string, input: unknown): EncodedInput {
  const body = (JSON.stringify(input) as string | undefined) ?? "";
  return {
    path,
    headers: body ? { "content-type": "application/json" } : {},
    body,
  };
}

/**
 * Puts a call's request together, once for all attempts.
 *
 * @throws {TypeError} when HTTP cannot express a header
 */
export function draftRequest(
  { baseUrl, apiVersion }: Client,
  { name, method, accept = "application/json" }: Operation,
  { path, headers, body }: EncodedInput,
  options: CallOptions,
): Draft {
  return {
    operation: name,
    method,
    url: baseUrl + path,
    // Several times as fast as spreading, which engines do slowly for such names.
    headers: Object.assign(
      { accept },
      headers,
      apiVersion && { "x-api-version": apiVersion },
      options.headers && headerValues(options.headers),
    ),
    body,
  };
}

/** Closes a request with what its signer returned: its headers are frozen from here on. */
export function sealHeaders(draft: Draft, signed: unknown): HeaderValues {
  if (Object(signed) !== signed) {
    throw new TypeError("the signer returned no headers");
  }
  const added = headerValues(signed as HeadersInit);
  return Object.freeze(Object.assign({}, draft.headers, added));
}

export const encoder: InstanceType<typeof TextEncoder> =
  /* @__PURE__ */ new TextEncoder();

/** What the signer gets. Most signers read little of it, so copies are made on demand. */
export class SealedRequest implements SigningRequest {
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly attempt: number;
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

  get body(): Bytes {
    const { body } = this.#draft;
    return typeof body === "string" ? encoder.encode(body) : body.slice();
  }

  get signal(): AbortSignal {
    return this.#signal();
  }
}

/**
 * What `fetch` gets. The body and the signal are made when they are read, which stand-ins
 * for `fetch` do not do. They are properties of its own, so that copies have them, with
 * getters that all requests share, because engines are slow with others.
 */
export class SentRequest {
  declare readonly method: string;
  declare readonly headers: HeaderValues;
  declare readonly body: Bytes | null;
  declare readonly redirect: "manual";
  declare readonly signal: AbortSignal;
  readonly #sealed: SealedRequest;

  constructor(sealed: SealedRequest, headers: HeaderValues) {
    this.method = sealed.method;
    this.headers = headers;
    this.redirect = "manual";
    this.#sealed = sealed;
    Object.defineProperty(this, "body", SentRequest.#body);
    Object.defineProperty(this, "signal", SentRequest.#signal);
  }

  static readonly #body: PropertyDescriptor & ThisType<SentRequest> = {
    enumerable: true,
    get() {
      const { body } = this.#sealed;
      return body.length > 0 ? body : null;
    },
  };

  static readonly #signal: PropertyDescriptor & ThisType<SentRequest> = {
    enumerable: true,
    get() {
      return this.#sealed.signal;
    },
  };
}

/** Values of headers that cannot change. */
const known = /* @__PURE__ */ new WeakMap<object, HeaderValues>();

function headerValues(headers: HeadersInit): HeaderValues {
  const found = known.get(headers);
  if (found) return found;
  const values: Record<string, string> = {};
  try {
    new Headers(headers).forEach((value, name) => {
      values[name] = value;
    });
  } catch {
    // The platform's message repeats the value, which may be a secret.
    throw new TypeError("a header cannot be sent over HTTP");
  }
  if (Object.isFrozen(headers)) known.set(headers, values);
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
  let open = text;
  for (const [name, value] of Object.entries(headers)) {
    for (const word of openHeaders.test(name) ? [] : value.split(" ")) {
      if (word.length >= 8) open = open.replaceAll(word, "***");
    }
  }
  return open;
}
