import type { HeadersInit, HeaderValues, Signer } from "./request.js";
import type { Result } from "./result.js";

/** Anything with the shape of the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** When and how often a request is sent again. */
export interface RetryOptions {
  /** Requests in total, the first included; 3 unless given. */
  readonly attempts?: number | undefined;
  /** Upper bound of the first wait in milliseconds; it doubles with every attempt; 250 unless given. */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of any wait in milliseconds, `Retry-After` included; 10,000 unless given. */
  readonly maxDelayMs?: number | undefined;
}

/** A request is about to be sent. */
export interface RequestEvent {
  readonly operation: string;
  readonly attempt: number;
  /** What is sent; values that may be secret are `***`. */
  readonly headers: HeaderValues;
}

/** A request was answered, or never will be. */
export interface ResponseEvent extends RequestEvent {
  /** Milliseconds from sending the request until its answer was read. */
  readonly durationMs: number;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  readonly traceId: string | undefined;
  /** Code of the first error; undefined when there was none. */
  readonly code: string | undefined;
}

/** The request will be sent again. */
export interface RetryEvent extends ResponseEvent {
  /** Milliseconds until then. */
  readonly delayMs: number;
}

/** Watches calls. It cannot change them, and what it throws is ignored. */
export type Hook<Event> = (event: Event) => unknown;

/** Settings of a client that a call may override. */
export interface Settings {
  /** Milliseconds for the whole call: signing, sending, reading and retries; 30,000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** `false` sends every request once. */
  readonly retry?: RetryOptions | false | undefined;
  /** Longest body that is read of an answer, in bytes; 10 MiB unless given. */
  readonly maxBodyBytes?: number | undefined;
  readonly onRequest?: Hook<RequestEvent> | undefined;
  readonly onResponse?: Hook<ResponseEvent> | undefined;
  readonly onRetry?: Hook<RetryEvent> | undefined;
  /** Sees what the caller gets, such as `detectDrift`. */
  readonly onResult?: Hook<Result<unknown, unknown>> | undefined;
}

export interface CallOptions extends Settings {
  /** Gives up the call when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Additional headers; those of the signer win. */
  readonly headers?: HeadersInit | undefined;
}

export interface ClientOptions extends Settings {
  /** Authenticates every request: `ksig1(...)`, or a function of your own. */
  readonly signer: Signer;
  /** Where the API is; the server of the API description unless given. */
  readonly baseUrl?: string | URL | undefined;
  /** Sent as `X-API-Version`; the version of the API description unless given. */
  readonly apiVersion?: string | undefined;
  /** The global `fetch` unless given. */
  readonly fetch?: Fetch | undefined;
}

/** Where the API is, and in which version. */
interface Target {
  /** Origin and path prefix without a trailing slash. */
  readonly baseUrl: string;
  readonly apiVersion: string;
}

/** A configured connection to the API, the first argument of every operation. Its credentials cannot be read back. */
export interface Client extends Settings, Target {
  readonly signer: Signer;
  readonly fetch: Fetch;
}

/**
 * Checks and completes a client's options.
 *
 * @param defaults - what the API description says
 * @throws {TypeError} when the signer is no function or the base URL cannot carry credentials safely
 */
export function configureClient(
  defaults: Target,
  options: ClientOptions,
): Client {
  const {
    signer,
    baseUrl = defaults.baseUrl,
    apiVersion = defaults.apiVersion,
    fetch = globalFetch,
  } = options;
  if (typeof signer !== "function") {
    throw new TypeError("createClient: signer must be a function");
  }
  return Object.freeze({
    ...options,
    apiVersion,
    fetch,
    baseUrl: safeBaseUrl(baseUrl),
  });
}

/** Looks `fetch` up when it is called, so that it can be replaced. */
const globalFetch: Fetch = (url, init) => fetch(url, init);

/** Credentials never travel in clear text: plain `http:` is for loopback only. */
const safeUrl =
  /^(?:https:\/\/[^/@]+|http:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?)\/[^?#]*\??#?$/;

function safeBaseUrl(baseUrl: string | URL): string {
  let href = "";
  try {
    ({ href } = new URL(baseUrl));
  } catch {
    // Refused below.
  }
  if (!safeUrl.test(href)) {
    throw new TypeError(
      "createClient: baseUrl must be https: (http: on loopback) without credentials, query or fragment",
    );
  }
  return href.replace(/[/?#]+$/, "");
}
