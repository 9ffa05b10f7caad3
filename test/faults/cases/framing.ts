import {
  head,
  invalid,
  late,
  lost,
  ok,
  raw,
  successBody,
} from "../support/fault-case.js";
import type { FaultCase } from "../support/fault-case.js";

const chunked = { "transfer-encoding": "chunked" };
const length = { "content-length": successBody.length };
const wholeChunk = `${successBody.length.toString(16)}\r\n${successBody}\r\n`;

/** HTTP that is slow, unusual or none at all. */
export const framingCases: readonly FaultCase[] = [
  ...garbage({
    "a greeting of another protocol": "220 mail.example.com ESMTP\r\n",
    "bytes that mean nothing": "\x00\xff\x16\x03\x01\r\n\r\n",
    "a status line without a status": "HTTP/1.1 OK\r\n\r\n",
    "a status of four digits": "HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n",
    "a status that is no number":
      "HTTP/1.1 abc OK\r\ncontent-length: 0\r\n\r\n",
    "an unknown HTTP version": "HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n",
    "a head without a status line": "content-type: text/plain\r\n\r\n",
    "an HTML page without HTTP": "<html><body>It works!</body></html>",
    "a request instead of an answer": "GET / HTTP/1.1\r\nhost: a\r\n\r\n",
    "a header without a colon": "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
    "a header with a NUL": "HTTP/1.1 200 OK\r\nx-a: \0\r\n\r\n",
    "a length that is no number": head(200, { "content-length": "many" }),
    "two lengths that differ": `HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
    "a negative length": head(200, { "content-length": "-5" }),
    "a head of a mebibyte": `HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(1024 * 1024)}\r\n\r\n`,
  }),
  {
    name: "a body is longer than its length says, and the rest is dropped",
    target: raw(head(200, { ...length }), `${successBody}GARBAGE`),
    expected: ok,
    repeated: "never",
  },
  {
    name: "a body is shorter than its length says",
    target: {
      steps: [
        { send: head(200, { "content-length": 1000 }) + successBody },
        { wait: 20 },
        "end",
      ],
    },
    expected: invalid(200, successBody),
    repeated: "read",
  },
  {
    name: "the size of a chunk is no number",
    target: {
      steps: [
        { send: head(200, chunked) },
        { wait: 20 },
        { send: "zz\r\n{}\r\n" },
        { wait: 20 },
        "end",
      ],
    },
    expected: invalid(200, ""),
    repeated: "read",
  },
  {
    name: "a body ends with the connection",
    target: raw(head(200), successBody),
    expected: ok,
    repeated: "never",
  },
  {
    name: "a body comes in chunks, with trailers",
    target: raw(head(200, chunked), `${wholeChunk}0\r\nx-checksum: 1\r\n\r\n`),
    expected: ok,
    repeated: "never",
  },
  {
    name: "an answer comes byte by byte",
    target: {
      steps: [{ drip: head(200, length) + successBody, pieceLength: 3 }, "end"],
    },
    expected: ok,
    repeated: "never",
  },
  {
    name: "a head comes byte by byte, without end",
    target: {
      steps: [
        { send: "HTTP/1.1 200 OK\r\nx-slow: " },
        { drip: "x".repeat(5000) },
      ],
    },
    expected: late,
    repeated: "never",
    timeoutMs: 200,
  },
  {
    name: "a body comes byte by byte, without end",
    target: { steps: [{ send: head(200) }, { drip: " ".repeat(5000) }] },
    expected: late,
    repeated: "never",
    timeoutMs: 200,
  },
  {
    name: "chunks of one byte come without end",
    target: {
      steps: [
        { send: head(200, chunked) },
        { drip: "1\r\n \r\n".repeat(2000), pieceLength: 6 },
      ],
    },
    expected: late,
    repeated: "never",
    timeoutMs: 200,
  },
  {
    name: "an answer stops the clock no longer than the call has",
    target: {
      steps: [{ wait: 60_000 }, { send: head(200, length) + successBody }],
    },
    expected: late,
    repeated: "never",
    timeoutMs: 150,
  },
];

function garbage(texts: Readonly<Record<string, string>>): FaultCase[] {
  return Object.entries(texts).map(([what, text]) => ({
    name: `the server sends ${what}`,
    target: raw(Buffer.from(text, "latin1")),
    expected: lost,
    repeated: "read",
  }));
}
