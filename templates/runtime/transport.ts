import { ignore } from "./deadline.js";
import type { Outcome } from "./errors.js";
import { Refusal, withoutSecrets } from "./request.js";
import type { ResponseInfo } from "./result.js";
import type { HeaderValues } from "./types.js";

/** The parts of a `Response` that are used, whichever library made it. */
interface Received extends ResponseInfo {
  readonly body?: {
    getReader?: () => Reader;
    cancel?: () => unknown;
  } | null;
  readonly arrayBuffer?: () => Promise<ArrayBuffer>;
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): unknown;
}

/** The head of a response, and what reads or drops its body. */
export interface OpenResponse {
  readonly info: ResponseInfo;
  /** Reads the body to its end or to the first problem. */
  readBody(maxBytes: number, signal: AbortSignal): Promise<ReceivedBody>;
  /** Frees the connection of a body that is not read any further. */
  discard(): void;
}

/** What arrived of a body. */
interface ReceivedBody {
  readonly body: Uint8Array;
  /** Why it is not complete, if it is not. */
  readonly problem: string | undefined;
  /** The connection ended it. */
  readonly isLost: boolean;
}

/**
 * Opens what `fetch` resolved to: a `Response`, or what a library or a test has made in
 * its shape, even with plain headers or without a stream.
 *
 * @throws {Refusal} when it is none
 */
export function openResponse(
  received: unknown,
  sent: HeaderValues,
): OpenResponse {
  try {
    const response = received as Received;
    const { status, headers, body } = response;
    const reader = body?.getReader?.();
    if (!Number.isInteger(status) || Object(headers) !== headers)
      throw received;
    if (!reader && body !== null && !response.arrayBuffer) throw received;
    const read = reader ? () => reader.read() : wholeBody(response);
    return {
      info: responseInfo(status, headers, sent),
      readBody: (maxBytes, signal) => readChunks(read, maxBytes, signal),
      discard: () => {
        // Whatever it throws, rejects with or does not return.
        new Promise((resolve) => {
          resolve((reader ?? body)?.cancel?.());
        }).catch(ignore);
      },
    };
  } catch {
    throw new Refusal("fetch did not return a Response that can be read");
  }
}

/** The head of a response. Its headers do not show those secrets of the request that they repeat. */
function responseInfo(
  status: number,
  received: Headers,
  sent: HeaderValues,
): ResponseInfo {
  const all = received instanceof Headers ? received : new Headers(received);
  let open: Headers | undefined;
  return {
    status,
    // Made when it is read, which few callers do.
    get headers() {
      if (open) return open;
      open = new Headers(all);
      for (const [name, value] of all) {
        open.set(name, withoutSecrets(value, sent));
      }
      return open;
    },
  };
}

/** A body that is no stream, as its only chunk. */
function wholeBody(response: Received): Reader["read"] {
  let isRead = response.body === null;
  return async () => {
    if (isRead) return { done: true };
    isRead = true;
    const bytes = await response.arrayBuffer?.();
    return { done: false, value: bytes && new Uint8Array(bytes) };
  };
}

async function readChunks(
  read: Reader["read"],
  maxBytes: number,
  signal: AbortSignal,
): Promise<ReceivedBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let problem: string | undefined;
  let isLost = false;
  try {
    while (!problem && !signal.aborted) {
      const { done, value } = await read();
      if (done) break;
      // A stream may fill the same buffer again.
      const chunk = new Uint8Array(value as Uint8Array);
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > maxBytes)
        problem = `the body is longer than ${String(maxBytes)} bytes`;
    }
  } catch (cause) {
    isLost = true;
    problem = `the connection broke: ${reasonOf(cause) ?? "no reason known"}`;
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return { body, problem, isLost };
}

/** Codes of errors that come before the first byte of a request, whichever call of the system they come from. */
const notSentCodes = new RegExp(
  `^(?:${[
    // Node: no address for the name; nothing listens; no route; no socket or port left.
    "E(?:NOTFOUND|AI_\\w+|CONNREFUSED|(?:HOST|NET)UNREACH|MFILE|NFILE|ADDRNOTAVAIL)",
    // undici: no connection in time; a header that it refuses; no TLS to the proxy.
    "UND_ERR_(?:CONNECT_TIMEOUT|INVALID_ARG|NOT_SUPPORTED|PRX_TLS)",
    // Bun.
    "ConnectionRefused|FailedToOpenSocket",
    // OpenSSL, of the handshake only what nothing later shares.
    "ERR_SSL_\\w*ALERT_(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION)",
    "(?:ERR_TLS_)?CERT_\\w+|\\w*SELF_SIGNED_CERT\\w*|UNABLE_TO_\\w+",
  ].join("|")})$`,
);

/** What run-times say in words alone: Deno names the phase; a port that `fetch` blocks; a proxy that refuses the tunnel. */
const notSentMessages =
  /client error \(Connect\)|^bad port$|^Proxy response \(\d+\) !== 200 when HTTP Tunneling/;

/** Calls of the system that come before any byte of a request. */
const connecting = ["bind", "connect", "getaddrinfo", "socket"];

/** Tells whether a failed `fetch` may have sent the request; without a proof that it did not, it may have. */
export function outcomeOf(error: unknown, depth = 4): Outcome {
  try {
    return isProof(error, depth) ? "not_sent" : "unknown";
  } catch {
    // A getter of the error threw.
    return "unknown";
  }
}

function isProof(error: unknown, depth: number): boolean {
  const { code, syscall, message, cause, errors } = Object(error) as Readonly<
    Record<string, unknown>
  >;
  if (depth < 0) return false;
  // Node tries several addresses of a host, one after the other.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((each) => isProof(each, depth - 1));
  }
  // The system gives the same codes to a connection in use.
  if (typeof syscall === "string") return connecting.includes(syscall);
  return (
    notSentCodes.test(String(code)) ||
    notSentMessages.test(String(message)) ||
    isProof(cause, depth - 1)
  );
}

/** Words of run-times that have no codes, safe to show because they are all listed here. */
const knownWords =
  /connection (?:refused|reset|closed|lost|error)|dns error|certificate (?:has )?expired|unknownissuer|self[- ]signed certificate|bad port|timed out|illegal invocation/i;

/**
 * Why something failed, in a word that is safe to show: a code of the system such as
 * `ECONNREFUSED`, the name of a class of errors, or what our own checks found.
 */
export function reasonOf(error: unknown, depth = 4): string | undefined {
  try {
    if (error instanceof Refusal) return error.message;
    const { code, name, message, cause, errors } = Object(error) as Readonly<
      Record<string, unknown>
    >;
    const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
    // The cause is mostly the more exact one.
    const deeper = depth > 0 ? (cause ?? first) : undefined;
    return (
      (deeper === undefined ? undefined : reasonOf(deeper, depth - 1)) ??
      /^[A-Z][A-Za-z]*(?:_[A-Z\d_]+|)$/.exec(String(code))?.[0] ??
      knownWords.exec(String(message))?.[0] ??
      /^(?!(?:Type)?Error$)[A-Z][A-Za-z]+$/.exec(String(name))?.[0]
    );
  } catch {
    return undefined;
  }
}
