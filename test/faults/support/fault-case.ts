import type { SigningRequest } from "../../../generated/index.js";
import type { Fault } from "./fault-server.js";

/** What a call must come to. */
export interface Expected {
  /** The member of the error union, or `ok`. */
  readonly code: string;
  readonly outcome?: "not_sent" | "unknown";
  /** Stands in the field of this name, and in the message. */
  readonly reason?: string;
  /** HTTP status of the result. */
  readonly status?: number;
  /** `meta.trace_id` of the result. */
  readonly traceId?: string;
  /** The whole excerpt; it is bounded in any case. */
  readonly excerpt?: string;
}

/** Where requests go. */
export type Target =
  /** A server that treats every request by this fault. */
  | Fault
  /** Nothing listens there. */
  | "refused port"
  /** Its name does not resolve (RFC 2606 reserves `.invalid`). */
  | "unknown host";

/** How the server speaks TLS. */
export interface Tls {
  readonly certificate: "loopback" | "other-host" | "expired" | "self-signed";
  /** The client trusts the test authority, which all but `self-signed` come from. */
  readonly trusted?: boolean;
  /** Asks for a client certificate, which the client has not. */
  readonly requestsCertificate?: boolean;
  /** The client asks for TLS, the server does not speak it. */
  readonly plainText?: boolean;
}

export interface FaultCase {
  /** What goes wrong, distinct from all others. */
  readonly name: string;
  readonly target: Target;
  readonly expected: Expected;
  /** Which operations are sent again after it. */
  readonly repeated: "always" | "read" | "never";
  /** How many requests the server sees of one attempt; 1 unless given. */
  readonly arrives?: 0 | 1;
  readonly tls?: Tls;
  /** Milliseconds that the call has; long enough unless given. */
  readonly timeoutMs?: number;
  /** Node's `fetch` goes on with a handshake, for ten seconds at most, when its request is aborted. */
  readonly keepsConnecting?: boolean;
  readonly signer?: Sign;
  /** When the caller gives up. */
  readonly abort?:
    | "before the call"
    | "when told of a request"
    | "when notified"
    | "soon after an answer";
}

type Sign = (
  request: SigningRequest,
  abort: () => void,
) => HeadersInit | Promise<HeadersInit>;

/** The envelope of a success as the API sends it. */
export const successBody: string = JSON.stringify({
  meta: { status: "SUCCESS", trace_id: "trc_fault", version: "2025-03-24" },
  data: { propay: { propay_id: "ape_1", queued_operations: ["ONBOARDING"] } },
});

/** The envelope of a documented error. */
export const errorBody: string = JSON.stringify({
  meta: { status: "ERROR", trace_id: "trc_fault", version: "2025-03-24" },
  errors: [{ code: "ENTITY_NOT_FOUND", message: "There is none." }],
});

/** The head of an answer; the connection ends with it. */
export function head(
  status: number | string,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `HTTP/1.1 ${status} Reason\r\nconnection: close\r\n${lines.join("")}\r\n`;
}

/** A complete answer with a length. */
export function answer(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string | number>> = {},
): Fault {
  const bytes = Buffer.from(body);
  const length = { "content-length": bytes.length };
  const type = { "content-type": "application/json" };
  return {
    steps: [
      { send: head(status, { ...type, ...length, ...headers }) },
      { send: bytes },
      "end",
    ],
  };
}

/** A success after which the connection stays open for the next request. */
export const successKeptOpen: Fault = {
  steps: [
    {
      send: `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(successBody)}\r\n\r\n${successBody}`,
    },
  ],
};

/** Bytes that are sent as they are, then the connection is closed in order. */
export function raw(...texts: readonly (string | Uint8Array)[]): Fault {
  return { steps: [...texts.map((send) => ({ send })), "end"] };
}

export const ok: Expected = { code: "ok", status: 200, traceId: "trc_fault" };

export const lost: Expected = { code: "client.network", outcome: "unknown" };

export const neverSent: Expected = {
  code: "client.network",
  outcome: "not_sent",
};

export const late: Expected = { code: "client.timeout", outcome: "unknown" };

export function invalid(status: number, excerpt?: string): Expected {
  const error = {
    code: "client.invalid_response",
    outcome: "unknown",
  } as const;
  return { ...error, status, ...(excerpt !== undefined && { excerpt }) };
}
