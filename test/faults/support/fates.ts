import type { Fetch } from "../../../generated/index.js";
import type { Effect } from "./perform.js";
import { errorBody, successBody } from "./fault-case.js";

/** What becomes of one request of a `fetch` in memory. */
export interface Fate {
  readonly happens: (
    signal: AbortSignal,
    giveUp: () => void,
  ) => ReturnType<Fetch>;
  /** The API may have executed the request: what changes something must not be sent again. */
  readonly mayBeExecuted: boolean;
  /** Which operations are sent again after it. */
  readonly repeated: "always" | "read" | "never";
}

function rejects(make: () => unknown): Fate["happens"] {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a run-time rejects with
  return () => Promise.reject(make());
}

/** As Node words it: the reason is the cause of a TypeError. */
function node(cause: object): Fate["happens"] {
  return rejects(
    () =>
      new TypeError("fetch failed", {
        cause: Object.assign(new Error("?"), cause),
      }),
  );
}

/** As Bun words it: the reason is the error's code. */
function bun(code: string): Fate["happens"] {
  return rejects(() =>
    Object.assign(new Error("Unable to connect."), { code }),
  );
}

function answers(
  status: number,
  body: string,
  headers?: Readonly<Record<string, string>>,
): Fate["happens"] {
  return () =>
    Promise.resolve(
      new Response(body, { status, ...(headers && { headers }) }),
    );
}

/** An answer whose body breaks off after some bytes. */
function cutOff(status: number): Fate["happens"] {
  return () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        if (pulled > 1) controller.error(new TypeError("terminated"));
        else controller.enqueue(new TextEncoder().encode('{"meta":'));
      },
    });
    return Promise.resolve(new Response(body, { status }));
  };
}

/** Nothing comes, and the caller gives up. A deadline would depend on how busy the machine is. */
function givenUp(signal: AbortSignal, giveUp: () => void): Promise<Response> {
  setTimeout(giveUp);
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(new DOMException("This operation was aborted", "AbortError"));
    });
  });
}

const notSent = { mayBeExecuted: false, repeated: "always" } as const;
const onlyReadsRepeat = { mayBeExecuted: true, repeated: "read" } as const;
const final = { mayBeExecuted: true, repeated: "never" } as const;

const past = "Wed, 21 Oct 2015 07:28:00 GMT";

/** Fates by name; errors as Node, Bun, Deno and workerd word them. */
export const fates: Readonly<Record<string, Fate>> = {
  refused: {
    happens: node({ code: "ECONNREFUSED", syscall: "connect" }),
    ...notSent,
  },
  refusedInBun: { happens: bun("ConnectionRefused"), ...notSent },
  unknownHost: {
    happens: node({ code: "ENOTFOUND", syscall: "getaddrinfo" }),
    ...notSent,
  },
  noRoute: {
    happens: node({ code: "EHOSTUNREACH", syscall: "connect" }),
    ...notSent,
  },
  connectTimeout: {
    happens: node({ code: "UND_ERR_CONNECT_TIMEOUT" }),
    ...notSent,
  },
  badCertificate: { happens: node({ code: "CERT_HAS_EXPIRED" }), ...notSent },
  throttled: { happens: answers(429, ""), ...onlyReadsRepeat },
  throttledByTheApi: { happens: answers(429, errorBody), ...notSent },
  throttledForNow: {
    happens: answers(429, errorBody, { "retry-after": "0" }),
    ...notSent,
  },
  unavailableForNow: {
    happens: answers(503, "", { "retry-after": "0" }),
    ...onlyReadsRepeat,
  },
  unavailableUntilPast: {
    happens: answers(503, "<html>", { "retry-after": past }),
    ...onlyReadsRepeat,
  },
  reset: {
    happens: node({ code: "ECONNRESET", syscall: "read" }),
    ...onlyReadsRepeat,
  },
  brokenPipe: {
    happens: node({ code: "EPIPE", syscall: "write" }),
    ...onlyReadsRepeat,
  },
  routeLostLater: {
    happens: node({ code: "EHOSTUNREACH", syscall: "read" }),
    ...onlyReadsRepeat,
  },
  otherSideClosed: {
    happens: node({ code: "UND_ERR_SOCKET" }),
    ...onlyReadsRepeat,
  },
  headersTimeout: {
    happens: node({ code: "UND_ERR_HEADERS_TIMEOUT" }),
    ...onlyReadsRepeat,
  },
  garbage: {
    happens: node({ code: "HPE_INVALID_CONSTANT" }),
    ...onlyReadsRepeat,
  },
  resetInBun: { happens: bun("ECONNRESET"), ...onlyReadsRepeat },
  closedInBun: { happens: bun("ConnectionClosed"), ...onlyReadsRepeat },
  lostInDeno: {
    happens: rejects(
      () =>
        new TypeError(
          "error sending request: connection closed before message completed",
        ),
    ),
    ...onlyReadsRepeat,
  },
  lostInWorkerd: {
    happens: rejects(() => new Error("Network connection lost.")),
    ...onlyReadsRepeat,
  },
  rejectedWithText: {
    happens: rejects(() => "ECONNREFUSED"),
    ...onlyReadsRepeat,
  },
  rejectedWithNothing: {
    happens: rejects(() => undefined),
    ...onlyReadsRepeat,
  },
  misleadingText: {
    happens: rejects(() => new Error("connect ECONNREFUSED 127.0.0.1:1")),
    ...onlyReadsRepeat,
  },
  cutOff: { happens: cutOff(200), ...onlyReadsRepeat },
  cutOffFailure: { happens: cutOff(500), ...onlyReadsRepeat },
  unavailable: { happens: answers(503, ""), ...onlyReadsRepeat },
  unavailableForAWhile: {
    happens: answers(503, "", { "retry-after": "soon" }),
    ...onlyReadsRepeat,
  },
  failed: { happens: answers(500, errorBody), ...onlyReadsRepeat },
  failedForNow: {
    happens: answers(500, "", { "retry-after": "0" }),
    ...onlyReadsRepeat,
  },
  late: {
    happens: answers(504, "", { "retry-after": "0" }),
    ...onlyReadsRepeat,
  },
  badGateway: {
    happens: answers(502, "<html>", { "retry-after": "0" }),
    ...onlyReadsRepeat,
  },
  moved: { happens: answers(307, "", { location: "/" }), ...final },
  notTheApi: { happens: answers(200, "<html>"), ...final },
  refusedByTheApi: { happens: answers(400, errorBody), ...final },
  givenUp: { happens: givenUp, ...final },
  succeeded: { happens: answers(200, successBody), ...final },
};

/** Whether an operation is sent again after a fate. */
export function repeats({ repeated }: Fate, effect: Effect): boolean {
  return repeated === "always" || repeated === effect;
}
