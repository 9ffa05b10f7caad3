import { answer, errorBody, head, successBody } from "../support/fault-case.js";
import type { Expected, FaultCase } from "../support/fault-case.js";

const success = answer(200, successBody);
const never = new Promise<never>(() => undefined);
const signing: Expected = { code: "client.signing", outcome: "not_sent" };
const aborted = (outcome: "not_sent" | "unknown"): Expected => ({
  code: "client.aborted",
  outcome,
});
const unsent = { target: success, repeated: "never", arrives: 0 } as const;

/** Signers that fail, and calls that their callers or their deadlines end, at every stage. */
export const givenUpCases: readonly FaultCase[] = [
  {
    ...unsent,
    name: "the signer throws",
    signer: () => {
      throw new Error("no key");
    },
    expected: signing,
  },
  {
    ...unsent,
    name: "the signer rejects",
    signer: () => Promise.reject(new Error("no key")),
    expected: signing,
  },
  {
    ...unsent,
    name: "the signer rejects with nothing",
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- JavaScript may
    signer: () => Promise.reject(undefined),
    expected: signing,
  },
  ...Object.entries<unknown>({
    nothing: undefined,
    null: null,
    "a text": "authorization",
    "a list of numbers": [1, 2],
    "a header name that cannot be": { "bad name": "x" },
    "a header value with a line break": { authorization: "a\r\nx-injected: b" },
    "a header value outside Latin-1": { authorization: "\u{1F511}" },
  }).map(([what, returned]): FaultCase => ({
    ...unsent,
    name: `the signer returns ${what}`,
    signer: () => returned as HeadersInit,
    expected: signing,
  })),
  {
    ...unsent,
    name: "the signer never answers",
    signer: () => never,
    expected: signing,
    timeoutMs: 100,
  },
  {
    ...unsent,
    name: "the signer rejects when its signal ends",
    signer: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("interrupted"));
        });
      }),
    expected: signing,
    timeoutMs: 100,
  },
  {
    ...unsent,
    name: "the signer answers after the deadline",
    signer: () =>
      new Promise((resolve) => {
        setTimeout(resolve, 200, {});
      }),
    expected: signing,
    timeoutMs: 50,
  },
  {
    ...unsent,
    name: "the caller gives up before the call",
    abort: "before the call",
    expected: aborted("not_sent"),
  },
  {
    ...unsent,
    name: "the caller gives up while the signer works",
    signer: (_request, abort) => {
      setTimeout(abort, 10);
      return never;
    },
    expected: aborted("not_sent"),
  },
  {
    ...unsent,
    name: "the signer itself gives up the call, and signs",
    signer: (_request, abort) => {
      abort();
      return {};
    },
    expected: aborted("not_sent"),
  },
  {
    ...unsent,
    name: "the signer itself gives up the call, and throws",
    signer: (_request, abort) => {
      abort();
      throw new Error("no key");
    },
    expected: aborted("not_sent"),
  },
  {
    ...unsent,
    name: "the caller gives up when told of the request",
    abort: "when told of a request",
    expected: aborted("not_sent"),
  },
  ...[
    { when: "after the request", steps: [] },
    { when: "in the head", steps: [{ send: "HTTP/1.1 200 OK\r\n" }] },
    {
      when: "after the head",
      steps: [{ send: head(200, { "content-length": 100 }) }],
    },
    {
      when: "in the body",
      steps: [{ send: `${head(200, { "content-length": 100 })}{` }],
    },
    {
      when: "between two chunks",
      steps: [
        { send: `${head(200, { "transfer-encoding": "chunked" })}1\r\n{\r\n` },
      ],
    },
  ].map(({ when, steps }): FaultCase => ({
    name: `the caller gives up ${when}`,
    target: { steps: [...steps, { wait: 20 }, "notify", "stall"] },
    abort: "when notified",
    expected: aborted("unknown"),
    repeated: "never",
  })),
  {
    name: "the caller gives up before the request is read",
    target: { after: "connect", steps: ["notify", "stall"] },
    abort: "when notified",
    expected: aborted("unknown"),
    repeated: "never",
    arrives: 0,
  },
  {
    name: "the caller gives up after the head of the request",
    target: { after: "head", steps: ["notify", "stall"] },
    abort: "when notified",
    expected: aborted("unknown"),
    repeated: "never",
  },
  {
    name: "the caller gives up while the client waits to try again",
    target: answer(429, errorBody, { "retry-after": 5 }),
    abort: "soon after an answer",
    expected: aborted("not_sent"),
    repeated: "never",
  },
  {
    name: "the deadline is over before the signer can sign",
    ...unsent,
    signer: () => never,
    timeoutMs: 1,
    expected: signing,
  },
];
