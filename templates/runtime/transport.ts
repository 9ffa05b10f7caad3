import type { Fetch } from "./client.js";
import type { Outcome } from "./errors.js";

/** A complete HTTP answer, read into memory. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Longest body that is read, in bytes. */
const maxBodyBytes = 10 * 1024 * 1024;

/** A body that is not what a JSON API answers with; what was read so far is kept. */
export class UnreadableBody extends Error {
  override readonly name: string = "UnreadableBody";
  readonly status: number;
  readonly headers: Headers;
  readonly excerpt: string;

  constructor(message: string, response: Response, excerpt: string) {
    super(message);
    this.status = response.status;
    this.headers = response.headers;
    this.excerpt = excerpt;
  }
}

/**
 * Sends one request and reads its answer.
 *
 * @throws {UnreadableBody} when the body is too long or not UTF-8
 * @throws whatever `fetch` or the body's stream throws; see {@link outcomeOf}
 */
export async function send(
  fetch: Fetch,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const response = await fetch(url, init);
  const bytes = await readBody(response);
  try {
    const body = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { status: response.status, headers: response.headers, body };
  } catch {
    const excerpt = new TextDecoder().decode(bytes);
    throw new UnreadableBody("the body is not UTF-8", response, excerpt);
  }
}

async function readBody(response: Response): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenate(chunks, length);
    chunks.push(value);
    length += value.byteLength;
    if (length > maxBodyBytes) {
      void reader.cancel().catch(() => undefined);
      throw new UnreadableBody(
        `the body is longer than ${maxBodyBytes} bytes`,
        response,
        new TextDecoder().decode(chunks[0]),
      );
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

/** Codes of the run-times' errors that come before the first byte of a request. */
const notSentCodes =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

/** Tells whether a failed `fetch` may have sent the request; without a sign that it did not, it may have. */
export function outcomeOf(error: unknown): Outcome {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof current !== "object" || current === null) break;
    if (
      "code" in current &&
      typeof current.code === "string" &&
      notSentCodes.test(current.code)
    ) {
      return "not_sent";
    }
    current = "cause" in current ? current.cause : undefined;
  }
  return "unknown";
}
