import {
  answer,
  errorBody,
  head,
  invalid,
  late,
  lost,
  ok,
  raw,
  successBody,
} from "../support/fault-case.js";
import type { Expected, FaultCase } from "../support/fault-case.js";

const page = "<html><body><h1>Not the API</h1></body></html>";
const html = { "content-type": "text/html" };
const final = head(200, { "content-length": successBody.length }) + successBody;

/** `undocumented`, whatever the status: the API's own errors are told by their code. */
const documented = (status: number): Expected => ({
  code: "ENTITY_NOT_FOUND",
  status,
  traceId: "trc_fault",
});

/** Which operations are sent again after a status that anybody on the way may have sent. */
function repeatedAfter(status: number): FaultCase["repeated"] {
  const passing = [408, 425, 429, 500, 502, 503, 504];
  return passing.includes(status) ? "read" : "never";
}

const redirects = [301, 302, 303, 307, 308];
const failures = [
  400, 401, 403, 404, 408, 409, 413, 415, 418, 422, 425, 429, 451,
];
const breakdowns = [500, 501, 502, 503, 504, 507, 521, 599];

/** Every kind of status, with the body that belongs to it and with others. */
export const statusCases: readonly FaultCase[] = [
  {
    name: "103 Early Hints come before the answer",
    target: raw(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${final}`),
    expected: ok,
    repeated: "never",
  },
  {
    name: "102 Processing comes twice before the answer",
    target: raw(`${"HTTP/1.1 102 Processing\r\n\r\n".repeat(2)}${final}`),
    expected: ok,
    repeated: "never",
  },
  {
    // The client did not ask for it; Node takes it for a breach of the protocol.
    name: "100 Continue comes unasked",
    target: raw(`HTTP/1.1 100 Continue\r\n\r\n${final}`),
    expected: lost,
    repeated: "read",
  },
  {
    name: "101 switches to a protocol that nobody asked for",
    target: raw(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    ),
    expected: lost,
    repeated: "read",
  },
  {
    name: "103 Early Hints come, and nothing after them",
    target: { steps: [{ send: "HTTP/1.1 103 Early Hints\r\n\r\n" }, "stall"] },
    expected: late,
    repeated: "never",
    timeoutMs: 150,
  },
  {
    name: "103 Early Hints come, then a reset",
    target: {
      steps: [
        { send: "HTTP/1.1 103 Early Hints\r\n\r\n" },
        { wait: 20 },
        "reset",
      ],
    },
    expected: lost,
    repeated: "read",
  },
  ...[201, 202, 206, 299].map((status): FaultCase => ({
    name: `${status} with the envelope of a success`,
    target: answer(status, successBody),
    expected: { ...invalid(status, successBody), traceId: "trc_fault" },
    repeated: "never",
  })),
  ...[204, 205, 304].map((status): FaultCase => ({
    name: `${status}, which has no body`,
    target: raw(head(status)),
    expected: invalid(status, ""),
    repeated: "never",
  })),
  ...[300, 305, 306, 399].map((status): FaultCase => ({
    name: `${status} with a page`,
    target: answer(status, page, html),
    expected: invalid(status, page),
    repeated: "never",
  })),
  ...redirects.map((status): FaultCase => ({
    name: `${status} without a Location`,
    target: answer(status, ""),
    expected: invalid(status, ""),
    repeated: "never",
  })),
  ...[...failures, ...breakdowns].flatMap((status): FaultCase[] => [
    {
      name: `${status} with a page`,
      target: answer(status, page, html),
      expected: invalid(status, page),
      repeated: repeatedAfter(status),
    },
    {
      name: `${status} without a body`,
      target: answer(status, ""),
      expected: invalid(status, ""),
      repeated: repeatedAfter(status),
    },
    {
      name: `${status} with an error of the API`,
      target: answer(status, errorBody),
      expected: documented(status),
      repeated: status === 429 ? "always" : repeatedAfter(status),
    },
  ]),
  {
    name: "503 that asks to come back at once",
    target: answer(503, page, { ...html, "retry-after": 0 }),
    expected: invalid(503, page),
    repeated: "read",
  },
  {
    name: "503 that asks to come back at a time that has passed",
    target: answer(503, page, {
      "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT",
    }),
    expected: invalid(503, page),
    repeated: "read",
  },
  {
    name: "503 that asks to come back after the deadline",
    target: answer(503, page, { "retry-after": 3600 }),
    expected: invalid(503, page),
    repeated: "never",
  },
  {
    name: "503 with a Retry-After that says nothing",
    target: answer(503, page, { "retry-after": "in a while" }),
    expected: invalid(503, page),
    repeated: "read",
  },
  {
    name: "500 with a Retry-After, which promises nothing",
    target: answer(500, page, { "retry-after": 0 }),
    expected: invalid(500, page),
    repeated: "read",
  },
];
