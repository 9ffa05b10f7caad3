import {
  head,
  invalid,
  late,
  lost,
  successBody,
} from "../support/fault-case.js";
import type { FaultCase } from "../support/fault-case.js";
import type { Fault, Step } from "../support/fault-server.js";

const length = { "content-length": successBody.length };
const chunked = { "transfer-encoding": "chunked" };
const half = successBody.slice(0, 40);
const chunk = (text: string): string =>
  `${text.length.toString(16)}\r\n${text}\r\n`;

/** How far an answer comes before something happens to the connection. */
const stages: readonly {
  readonly after: string;
  readonly sent: readonly Step[];
  /** The status has arrived, and this much of the body. */
  readonly excerpt?: string;
}[] = [
  { after: "the request", sent: [] },
  { after: "half a status line", sent: [{ send: "HTTP/1.1 2" }] },
  { after: "the status line", sent: [{ send: "HTTP/1.1 200 OK\r\n" }] },
  { after: "half a header", sent: [{ send: "HTTP/1.1 200 OK\r\ncontent-" }] },
  { after: "the head", sent: [{ send: head(200, length) }], excerpt: "" },
  {
    after: "half a body",
    sent: [{ send: head(200, length) + half }],
    excerpt: half,
  },
  {
    after: "all but one byte",
    sent: [{ send: head(200, length) + successBody.slice(0, -1) }],
    excerpt: successBody.slice(0, -1),
  },
  {
    after: "the head of a chunked body",
    sent: [{ send: head(200, chunked) }],
    excerpt: "",
  },
  {
    after: "the size of a chunk",
    sent: [{ send: `${head(200, chunked)}40\r\n` }],
    excerpt: "",
  },
  {
    after: "half a chunk",
    sent: [{ send: `${head(200, chunked)}40\r\n${half}` }],
    excerpt: half,
  },
  {
    after: "a chunk",
    sent: [{ send: head(200, chunked) + chunk(half) }],
    excerpt: half,
  },
  {
    after: "every chunk but the last",
    sent: [{ send: head(200, chunked) + chunk(successBody) }],
    excerpt: successBody,
  },
];

/** What becomes of the connection then. */
const endings = [
  { does: "resets the connection", step: "reset" },
  { does: "closes the connection", step: "end" },
  { does: "says no more", step: "stall" },
] as const;

/** What goes wrong while an answer is on its way. */
export const cutOffCases: readonly FaultCase[] = stages.flatMap(
  ({ after, sent, excerpt }) =>
    endings.map(({ does, step }): FaultCase => {
      const name = `the server ${does} after ${after}`;
      // A moment passes, or a reset overtakes what was sent.
      const target: Fault = { steps: [...sent, { wait: 20 }, step] };
      if (step === "stall") {
        return {
          name,
          target,
          expected: late,
          repeated: "never",
          timeoutMs: 150,
        };
      }
      const expected = excerpt === undefined ? lost : invalid(200, excerpt);
      return { name, target, expected, repeated: "read" };
    }),
);
