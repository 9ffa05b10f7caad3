import type { Fetch } from "./client.js";
import type { Outcome } from "./errors.js";

/** A complete HTTP answer, read into memory. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Longest body that is read, in bytes. */
const maxBodyBytes = 10 * 1024 * 1024;

/** A body that was not read to its end; its beginning is kept. */
export class IncompleteBody extends Error {
  override readonly name: string = "IncompleteBody";
  readonly answer: Answer;
  /** The connection ended it; otherwise it was too long. */
  readonly lost: boolean;

  constructor(message: string, answer: Answer, lost: boolean) {
    super(message);
    this.answer = answer;
    this.lost = lost;
  }
}

/**
 * Sends one request and reads its answer.
 *
 * @throws {IncompleteBody} when the body is too long or cut off
 * @throws whatever `fetch` or the body's stream throws; see {@link outcomeOf}
 */
export async function send(
  fetch: Fetch,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const response = await fetch(url, init);
  const { status, headers } = response;
  return { status, headers, body: await readBody(response) };
}

async function readBody(response: Response): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const { status, headers } = response;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const incomplete = (message: string, lost: boolean): IncompleteBody => {
    const body = concatenate(chunks, length);
    return new IncompleteBody(message, { status, headers, body }, lost);
  };
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw incomplete("the connection broke before the body ended", true);
    });
    if (done) return concatenate(chunks, length);
    chunks.push(value);
    length += value.byteLength;
    if (length > maxBodyBytes) {
      void reader.cancel().catch(() => undefined);
      throw incomplete(`the body is longer than ${maxBodyBytes} bytes`, false);
    }
  }
}

function concatenate(
  chunks: readonly Uint8Array[],
  length: number,
): Uint8Array {
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** Codes of the run-times' errors that come before the first byte of a request, of the handshake only where nothing later shares them. */
const notSentCodes =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_\w*ALERT_(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION)|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

/** What the operating system was asked for: the same codes also come from a connection in use. */
const connecting: readonly unknown[] = [undefined, "connect", "getaddrinfo"];

/** Tells whether a failed `fetch` may have sent the request; without a sign that it did not, it may have. */
export function outcomeOf(error: unknown): Outcome {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof current !== "object" || current === null) break;
    if (
      "code" in current &&
      typeof current.code === "string" &&
      notSentCodes.test(current.code) &&
      connecting.includes("syscall" in current ? current.syscall : undefined)
    ) {
      return "not_sent";
    }
    current = "cause" in current ? current.cause : undefined;
  }
  return "unknown";
}
