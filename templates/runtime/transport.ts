import { ignore } from "./deadline.js";
import type { Outcome } from "./errors.js";
import { Refusal, withoutSecrets } from "./request.js";
import type { ResponseInfo } from "./result.js";
import type { HeaderValues } from "./types.js";

/** The parts of a `Response` that are used, whichever library made it. */
interface Received extends ResponseInfo {
  readonly body?: {
    getReader?: () => Reader;
    /** Of streams of the platform, and of Node's. */
    cancel?: () => unknown;
    destroy?: () => unknown;
  } | null;
  readonly arrayBuffer?: () => Promise<ArrayBuffer>;
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): unknown;
  destroy?: never;
}

/** The head of a response, and what reads or drops its body. */
export interface OpenResponse {
  readonly info: ResponseInfo;
  /** The media type, as received; empty when there was none. */
  readonly type: string;
  /** Reads the body to its end, to the first problem or until nobody waits for it. */
  readBody(maxBytes: number, isOver: () => unknown): Promise<ReceivedBody>;
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
    const all = headers instanceof Headers ? headers : new Headers(headers);
    return {
      info: responseInfo(status, all, sent),
      type: all.get("content-type") ?? "",
      readBody: (maxBytes, isOver) => readChunks(read, maxBytes, isOver),
      discard: () => {
        // Whatever it throws, rejects with or does not return.
        new Promise((resolve) => {
          const source = reader ?? body;
          resolve(source?.cancel ? source.cancel() : source?.destroy?.());
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
  all: Headers,
  sent: HeaderValues,
): ResponseInfo {
  let open: Headers | undefined;
  return {
    status,
    // Made when it is read, which few callers do.
    get headers() {
      if (open) return open;
      open = new Headers();
      for (const [name, value] of all) {
        open.append(name, withoutSecrets(value, sent));
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
  isOver: () => unknown,
): Promise<ReceivedBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let problem: string | undefined;
  let isLost = false;
  try {
    while (!problem && !isOver()) {
      const { done, value } = await read();
      if (done) break;
      if (!ArrayBuffer.isView(value)) {
        problem = "the body is not made of bytes";
        break;
      }
      const { buffer, byteOffset, byteLength } = value;
      // A copy: a stream may fill the same buffer again.
      chunks.push(new Uint8Array(buffer, byteOffset, byteLength).slice());
      length += byteLength;
      if (length > maxBytes)
        problem = `the body is longer than ${String(maxBytes)} bytes`;
    }
  } catch (cause) {
    isLost = true;
    problem = `the connection broke: ${reasonOf(cause) ?? "no reason known"}`;
  }
  const [first] = chunks;
  const body =
    first && chunks.length === 1 ? first : concatenate(chunks, length);
  return { body, problem, isLost };
}

function concatenate(
  chunks: readonly Uint8Array[],
  length: number,
): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** Codes of errors that come before the first byte of a request, whichever call of the system they come from. */
const notSentCodes = [
  // Node: no address for the name; nothing listens; no route; no socket or port left.
  /^E(?:NOTFOUND|AI_\w+|CONNREFUSED|(?:HOST|NET)UNREACH|MFILE|NFILE|ADDRNOTAVAIL)$/,
  // undici: no connection in time; a header that it refuses; no TLS to the proxy.
  /^UND_ERR_(?:CONNECT_TIMEOUT|INVALID_ARG|NOT_SUPPORTED|PRX_TLS)$/,
  // Bun.
  /^(?:ConnectionRefused|FailedToOpenSocket)$/,
  // OpenSSL, of the handshake only what nothing later shares.
  /^ERR_SSL_\w*ALERT_(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION)$/,
  /^(?:(?:ERR_TLS_)?CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+)$/,
];

/** What run-times say in words alone. */
const notSentMessages = [
  // Deno names the phase.
  /client error \(Connect\)/,
  // A port that `fetch` blocks.
  /^bad port$/,
  // undici: the proxy refuses the tunnel.
  /^Proxy response \(\d+\) !== 200 when HTTP Tunneling/,
];

function matchesAny(patterns: readonly RegExp[], text: unknown): boolean {
  return patterns.some((pattern) => pattern.test(String(text)));
}

/** Calls of the system, and questions of c-ares to a name server, that come before any byte of a request. */
const connecting = /^(?:bind|connect|getaddrinfo|query[A-Z]\w*|socket)$/;

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
  if (typeof syscall === "string") return connecting.test(syscall);
  return (
    matchesAny(notSentCodes, code) ||
    matchesAny(notSentMessages, message) ||
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
