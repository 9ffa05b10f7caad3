import type { AnyError } from "./errors.js";
import type { Failed, Result, Succeeded } from "./result.js";

/** What the `Headers` constructor accepts. */
export type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** Header values by name in lower case. */
export type HeaderValues = Readonly<Record<string, string>>;

/** What a JSON object is read as. */
export type JsonObject = Readonly<Record<string, unknown>>;

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
 * Returns the headers that authenticate a request: at least one. They are added to the
 * request and win over headers of the same name. A signer that throws, rejects or hangs
 * ends the call with `client.signing`.
 */
export type Signer = (
  request: SigningRequest,
) => HeadersInit | Promise<HeadersInit>;

/** Anything with the shape of the global `fetch`. It may change its `init`: every request gets its own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** When and how often a request is sent again. */
export interface RetryOptions {
  /** Requests in total, the first included, at least 1; 3 unless given. */
  readonly attempts?: number | undefined;
  /** Upper bound of the first back-off in milliseconds; it doubles with every attempt; 250 unless given. */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of the back-off and of an accepted `Retry-After`, in milliseconds; 10,000 unless given. */
  readonly maxDelayMs?: number | undefined;
}

/** A request is about to be sent. */
export interface RequestEvent {
  readonly operation: string;
  readonly attempt: number;
  /** `x-request-id` of the call, the same for all of its requests; undefined in a browser. */
  readonly requestId: string | undefined;
  /** What is sent; values that may be secret are `***`. */
  readonly headers: HeaderValues;
}

/** A request got a response, or never will. */
export interface ResponseEvent extends RequestEvent {
  /** Milliseconds from sending the request until its response was read. */
  readonly durationMs: number;
  /** HTTP status; undefined when there was no response. */
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

/** Watches calls. What it throws is ignored. */
export type Hook<Event> = (event: Event) => unknown;

/** Observers of a client or a call. Those of both are called, the client's first. */
interface HookSettings {
  readonly onRequest?: Hook<RequestEvent> | undefined;
  readonly onResponse?: Hook<ResponseEvent> | undefined;
  readonly onRetry?: Hook<RetryEvent> | undefined;
  /** Sees what the caller gets, such as `detectDrift`. */
  readonly onResult?: Hook<Result<unknown, unknown>> | undefined;
}

/** Settings of a client that a call may override. */
export interface Settings extends HookSettings {
  /** Milliseconds for the whole call: signing, sending, reading and retries, at least 1; 30,000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for each attempt, at least 1; unlimited unless given. */
  readonly attemptTimeoutMs?: number | undefined;
  /** `false` sends every request once. What a call leaves out is taken from the client. */
  readonly retry?: RetryOptions | false | undefined;
  /** Longest body that is read of a response, in bytes; 10 MiB unless given. */
  readonly maxBodyBytes?: number | undefined;
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
  /** Lets credentials travel in clear text: accepts an `http:` base URL that is not loopback. */
  readonly allowInsecure?: boolean | undefined;
  /** Sent as `X-API-Version`; the version of the API description unless given. */
  readonly apiVersion?: string | undefined;
  /** The global `fetch` unless given. */
  readonly fetch?: Fetch | undefined;
}

/** Limits of a call, complete. */
export interface Limits {
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxBodyBytes: number;
}

/** Retry options, complete. */
export interface Retry {
  readonly attempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** Every observer of a call. */
export type Hooks = {
  readonly [Name in keyof HookSettings]-?: readonly NonNullable<
    HookSettings[Name]
  >[];
};

/** Settings that were checked, copied and completed. */
export interface CompleteSettings {
  readonly limits: Limits;
  readonly retry: Retry | false;
  readonly hooks: Hooks;
}

/** Where the API is, and in which version. */
export interface Target {
  /** Origin and path prefix without a trailing slash. */
  readonly baseUrl: string;
  readonly apiVersion: string;
}

/** A configured connection to the API, the first argument of every operation. Its credentials cannot be read back. */
export interface Client extends Target {
  readonly signer: Signer;
  readonly fetch: Fetch;
  readonly settings: CompleteSettings;
  /** What is left for retries; they stop for a while when it is used up. */
  readonly retryBudget: { tokens: number };
  /** Nothing is sent, retried or observed: `explain` only wants to see the request. */
  readonly isDryRun?: true;
}

/** A body and the headers that describe it. */
interface Message {
  readonly headers: HeaderValues;
  /** A text is sent in UTF-8; empty when there is no body. */
  readonly body: string | Bytes;
}

/** A request but for its signature; the same for every attempt of a call. */
export interface Draft extends Message {
  readonly operation: Operation;
  readonly url: string;
}

/** An input in its places. */
export interface EncodedInput extends Message {
  /** Goes below the base URL and includes the query. */
  readonly path: string;
}

/** What the client knows of an API method at run time. */
export interface Operation {
  /** Name of the API method, such as `propay.execute`. */
  readonly name: string;
  /** HTTP method in upper case. */
  readonly method: string;
  /** Path below the base URL. */
  readonly path: string;
  /** `read` operations can be repeated safely; the description says which they are. */
  readonly effect: "read" | "write";
  /** Media types to ask for; JSON unless given. */
  readonly accept?: string;
  /** Media types and ranges of its successes, without parameters and in lower case, where its body is the data; JSON unless given. */
  readonly mediaTypes?: readonly string[];
  /** Puts an input into a request; it becomes the JSON body unless given. */
  readonly encode?: (
    path: string,
    input: unknown,
  ) => EncodedInput | Promise<EncodedInput>;
  /** Reads the operation's responses. */
  readonly decode: Decode;
  /**
   * Keys of the errors that it documents, as `errorKey` makes them, with `/*` behind a
   * code that may come with any sub-code; those that operations share are in lists.
   */
  readonly errors: readonly (string | readonly string[])[];
}

/** An HTTP response, read into memory. */
export interface Answer {
  readonly status: number;
  /** The media type, as received; empty when there was none. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Headers of the request: a response may repeat the secrets in them. */
  readonly sent?: HeaderValues;
}

/** What a response says: a result but for the call that it belongs to. */
export type Decoded = Succeeded<unknown> | Failed<AnyError>;

/** Reads a response of an operation. */
export type Decode = (operation: Operation, answer: Answer) => Decoded;
