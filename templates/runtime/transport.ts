import type { Outcome } from "./errors.js";
import type { HeaderValues } from "./request.js";
import type { ResponseInfo } from "./result.js";

/** An HTTP answer, read into memory. */
export interface Answer extends ResponseInfo {
  readonly body: Uint8Array;
  /** Headers of the request: an answer may repeat the secrets in them. */
  readonly sent?: HeaderValues;
}

/** The reader of a body, whichever library declares it. */
export interface Reader {
  read(): Promise<{
    readonly done: boolean;
    readonly value?: Uint8Array | undefined;
  }>;
  cancel(): Promise<void>;
}

/** What arrived of a body. */
interface Received {
  readonly body: Uint8Array;
  /** Why it is not complete, if it is not. */
  readonly problem: string | undefined;
  /** Set when the connection ended it. */
  readonly lost: "unknown" | undefined;
}

/** Reads a body to its end or to the first problem. */
export async function readBody(
  reader: Reader | undefined,
  maxBytes: number,
): Promise<Received> {
  let bytes: Uint8Array | undefined;
  let length = 0;
  let problem: string | undefined;
  let lost: "unknown" | undefined;
  try {
    while (reader && !problem) {
      const { value } = await reader.read();
      if (!value) break;
      const end = length + value.byteLength;
      // The first chunk is mostly the only one, and not copied.
      bytes ??= value;
      if (length > 0) {
        if (end > bytes.byteLength) {
          const grown = new Uint8Array(2 * end);
          grown.set(bytes);
          bytes = grown;
        }
        bytes.set(value, length);
      }
      length = end;
      if (end > maxBytes) problem = `the body is longer than ${maxBytes} bytes`;
    }
  } catch {
    problem = "the connection broke";
    lost = "unknown";
  }
  const body = bytes?.subarray(0, length) ?? new Uint8Array();
  return { body, problem, lost };
}

/** Codes of errors that come before the first byte of a request; of the handshake only where nothing later shares them. */
const notSentCodes =
  /^(?:E(?:CONNREFUSED|NOTFOUND|AI_\w+|(?:HOST|NET)UNREACH)|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|ERR_SSL_\w*ALERT_(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION)|(?:ERR_TLS_)?CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+)$/;

/** Tells whether a failed `fetch` may have sent the request; without a sign that it did not, it may have. */
export function outcomeOf(error: unknown, depth = 4): Outcome {
  const { code, syscall, message, cause } = Object(error) as Readonly<
    Record<string, unknown>
  >;
  const isEarly =
    notSentCodes.test(String(code)) ||
    // Deno names the phase in the message alone.
    String(message).includes("client error (Connect)");
  // The operating system gives the same codes to a connection in use.
  const inUse = syscall && syscall !== "connect" && syscall !== "getaddrinfo";
  if (isEarly && !inUse) return "not_sent";
  return depth > 0 ? outcomeOf(cause, depth - 1) : "unknown";
}
