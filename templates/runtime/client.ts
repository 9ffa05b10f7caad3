import type { HeadersInit, Signer } from "./signer.js";

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
}

/** A request was answered. */
export interface ResponseEvent {
  readonly operation: string;
  readonly attempt: number;
  readonly status: number;
  /** Milliseconds from sending the request until its answer was read. */
  readonly durationMs: number;
}

/** Settings that a call may override. */
export interface CallOptions {
  /** Gives up the call when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call: signing, sending, reading and retries; 30,000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** Additional headers; those of the signer win. */
  readonly headers?: HeadersInit | undefined;
  /** `false` sends every request once. */
  readonly retry?: RetryOptions | false | undefined;
}

export interface ClientOptions {
  /** Authenticates every request: `ksig1(...)`, or a function of your own. */
  readonly signer: Signer;
  /** Where the API is; the server of the API description unless given. */
  readonly baseUrl?: string | URL | undefined;
  /** Sent as `X-API-Version`; the version of the API description unless given. */
  readonly apiVersion?: string | undefined;
  /** The global `fetch` unless given. */
  readonly fetch?: Fetch | undefined;
  readonly retry?: RetryOptions | false | undefined;
  readonly timeoutMs?: number | undefined;
  /** Observes; what it throws is ignored. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Observes; what it throws is ignored. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
}

/** What the API description says; a client's options override it. */
export interface ClientDefaults {
  readonly baseUrl: string;
  readonly apiVersion: string;
}

/** A configured connection to the API, the first argument of every operation. Holds no credentials. */
export interface Client {
  /** Origin and path prefix without a trailing slash. */
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly signer: Signer;
  readonly fetch: Fetch;
  readonly retry: RetryOptions | false;
  readonly timeoutMs: number;
  readonly onRequest: ((event: RequestEvent) => void) | undefined;
  readonly onResponse: ((event: ResponseEvent) => void) | undefined;
}

/**
 * Checks and completes a client's options.
 *
 * @throws {TypeError} when the signer is no function or the base URL cannot carry credentials safely
 */
export function configureClient(
  defaults: ClientDefaults,
  options: ClientOptions,
): Client {
  if (typeof options.signer !== "function") {
    throw new TypeError("createClient: signer must be a function");
  }
  return Object.freeze({
    baseUrl: safeBaseUrl(options.baseUrl ?? defaults.baseUrl),
    apiVersion: options.apiVersion ?? defaults.apiVersion,
    signer: options.signer,
    fetch: options.fetch ?? globalFetch,
    retry: options.retry ?? {},
    timeoutMs: options.timeoutMs ?? 30_000,
    onRequest: options.onRequest,
    onResponse: options.onResponse,
  });
}

/** Looks `fetch` up when it is called, so that it can be replaced. */
const globalFetch: Fetch = (url, init) => fetch(url, init);

/** Credentials never travel in clear text: plain `http:` is for loopback only. */
function safeBaseUrl(baseUrl: string | URL): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new TypeError("createClient: baseUrl must be an absolute URL");
  }
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
  if (
    url.protocol !== "https:" &&
    !(url.protocol === "http:" && loopback.test(url.hostname))
  ) {
    throw new TypeError(
      `createClient: baseUrl must use https: (${url.protocol} would send credentials in clear text)`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError(
      "createClient: baseUrl must not contain credentials, a query or a fragment",
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}
