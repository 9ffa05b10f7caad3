import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  answer,
  errorBody,
  head,
  invalid,
  ok,
  raw,
  successBody,
} from "../support/fault-case.js";
import type { Expected, FaultCase } from "../support/fault-case.js";

const mebibyte = 1024 * 1024;
const meta = { status: "ERROR", trace_id: "trc_fault", version: "2025-03-24" };
const json = JSON.stringify;
const traced = { traceId: "trc_fault" };
const undocumented = (status: number): Expected => ({
  code: "undocumented",
  status,
});
const x1000 = "x".repeat(1000);

/** Bodies under 200 that are not the envelope of a success. */
const notAnAnswer: Readonly<Record<string, string | Uint8Array>> = {
  "a page": "<html>Sign in</html>",
  "white space": " \r\n\t",
  "JSON with a comma too many": '{"meta":{"status":"SUCCESS"},"data":{},}',
  "JSON that was cut off": successBody.slice(0, -5),
  "two JSON documents": "{}{}",
  "JSON lines": '{"a":1}\n{"a":2}\n',
  "a JSON array": "[]",
  "a JSON text": '"ok"',
  "a JSON number": "42",
  "JSON null": "null",
  "JSON true": "true",
  "an empty object": "{}",
  NaN: '{"data":NaN}',
  "a NUL": "\0",
  "data without meta": json({ data: {} }),
  "meta that is a text": json({ meta: "SUCCESS", data: {} }),
  "meta that is a list": json({ meta: [{ status: "SUCCESS" }], data: {} }),
  "a status that nobody knows": json({ meta: { status: "MAYBE" }, data: {} }),
  "JSON in UTF-16": Buffer.from(successBody, "utf16le"),
  "a member of Object's prototype":
    '{"__proto__":{"meta":{"status":"SUCCESS"},"data":{}}}',
};

/** Answers of the API, or of something in its place, by what their bodies say. */
export const bodyCases: readonly FaultCase[] = [
  ...Object.entries(notAnAnswer).map(([what, body]): FaultCase => ({
    name: `200 with ${what}`,
    target: answer(200, body),
    expected: invalid(200, Buffer.from(body).toString()),
    repeated: "never",
  })),
  {
    name: "200 with text that is not UTF-8",
    target: answer(
      200,
      Buffer.from(successBody.replace("ape_1", "Müller"), "latin1"),
    ),
    expected: invalid(200, successBody.replace("ape_1", "M\u{FFFD}ller")),
    repeated: "never",
  },
  {
    name: "200 with a surrogate in UTF-8",
    target: answer(200, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
    expected: invalid(200),
    repeated: "never",
  },
  {
    name: "200 with a byte order mark before the JSON",
    target: answer(200, `\u{FEFF}${successBody}`),
    expected: ok,
    repeated: "never",
  },
  {
    name: "200 with brackets a million deep",
    target: answer(200, "[".repeat(mebibyte)),
    expected: invalid(200, "[".repeat(1000)),
    repeated: "never",
  },
  {
    name: "200 with data a hundred thousand deep",
    target: answer(
      200,
      `{"meta":{"status":"SUCCESS","trace_id":"trc_fault"},"data":{"propay":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    ),
    // Some engines parse it and others do not: Node's does.
    expected: ok,
    repeated: "never",
  },
  {
    name: "200 with __proto__ in its data",
    target: answer(
      200,
      successBody.replace(
        '"data":{',
        '"data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
      ),
    ),
    expected: ok,
    repeated: "never",
  },
  {
    name: "200 with meta twice, of which the last counts",
    target: answer(
      200,
      `{"meta":{"status":"ERROR","trace_id":"trc_first"},${successBody.slice(1)}`,
    ),
    expected: ok,
    repeated: "never",
  },
  {
    name: "200 with status ERROR and no errors",
    target: answer(200, json({ meta })),
    expected: { ...invalid(200), ...traced },
    repeated: "never",
  },
  {
    name: "200 with status ERROR and data",
    target: answer(200, json({ meta, data: {} })),
    expected: { ...invalid(200), ...traced },
    repeated: "never",
  },
  {
    name: "200 with status ERROR and errors",
    target: answer(200, errorBody),
    expected: { code: "ENTITY_NOT_FOUND", status: 200, ...traced },
    repeated: "never",
  },
  {
    name: "200 with SUCCESS and no data",
    target: answer(200, json({ meta: { ...meta, status: "SUCCESS" } })),
    expected: { ...invalid(200), ...traced },
    repeated: "never",
  },
  ...Object.entries<unknown>({
    "no errors": { meta },
    "an empty list of errors": { meta, errors: [] },
    "errors that are an object": { meta, errors: { code: "BAD_REQUEST" } },
    "errors that are a text": { meta, errors: "BAD_REQUEST" },
    "errors that are null": { meta, errors: null },
    "the data of a success": { meta, data: {} },
  }).map(([what, body]): FaultCase => ({
    name: `400 with ${what}`,
    target: answer(400, json(body)),
    expected: { ...invalid(400, json(body)), ...traced },
    repeated: "never",
  })),
  ...Object.entries<unknown>({
    "is null": null,
    "is a text": "BAD_REQUEST",
    "is a number": 7,
    "is a list": [],
    "has no code": { message: "?" },
    "has a code that is a number": { code: 400, message: "?" },
    "has no message": { code: "ENTITY_NOT_FOUND" },
    "has a code that nobody knows": { code: "TOMORROW", message: "?" },
    "is named like Object's prototype": { code: "__proto__", message: "?" },
    "is named like a member of every object": {
      code: "constructor",
      message: "?",
    },
    "claims to be the client's": { code: "client.timeout", message: "?" },
    "claims to be undocumented": { code: "undocumented", message: "?" },
    "has a pair that nobody knows": {
      code: "SYSTEM_RULE_VIOLATION",
      entity_type: "Moon",
      sub_code: "FULL",
      message: "?",
    },
    "has a sub-code of the wrong type": {
      code: "SYSTEM_RULE_VIOLATION",
      entity_type: "Workflow",
      sub_code: 1,
      message: "?",
    },
  }).map(([what, error]): FaultCase => ({
    name: `400 with an error that ${what}`,
    target: answer(400, json({ meta, errors: [error] })),
    expected: { ...undocumented(400), ...traced },
    repeated: "never",
  })),
  ...[
    "text/plain",
    "text/html; charset=utf-8",
    "application/octet-stream",
    "nonsense",
    "",
  ].map((type): FaultCase => ({
    name: `200 with a success whose content type is ${type || "empty"}`,
    target: answer(200, successBody, { "content-type": type }),
    expected: ok,
    repeated: "never",
  })),
  {
    name: "200 with a success without a content type",
    target: raw(
      head(200, { "content-length": successBody.length }),
      successBody,
    ),
    expected: ok,
    repeated: "never",
  },
  {
    name: "200 with a page that claims to be JSON",
    target: answer(200, "<html>", { "content-type": "application/json" }),
    expected: invalid(200, "<html>"),
    repeated: "never",
  },
  {
    name: "502 with a page of five thousand characters",
    target: answer(502, "x".repeat(5000), { "content-type": "text/html" }),
    expected: invalid(502, x1000),
    repeated: "read",
  },
  ...[200, 400, 502].map((status): FaultCase => ({
    // The excerpt must not show what authenticated the request.
    name: `${status} with a page that repeats the request`,
    target: { steps: [{ echo: status }, "end"] },
    expected: invalid(status),
    repeated: status === 502 ? "read" : "never",
  })),
  ...compressed(),
  ...oversized(),
];

function compressed(): FaultCase[] {
  const encodings = {
    gzip: gzipSync(successBody),
    deflate: deflateSync(successBody),
    br: brotliCompressSync(successBody),
  };
  const whole = Object.entries(encodings).map(
    ([encoding, body]): FaultCase => ({
      name: `200 with a success in ${encoding}`,
      target: answer(200, body, { "content-encoding": encoding }),
      expected: ok,
      repeated: "never",
    }),
  );
  const claimed = Object.keys(encodings).map((encoding): FaultCase => ({
    name: `200 with plain text that claims to be ${encoding}`,
    target: answer(200, "this is not compressed", {
      "content-encoding": encoding,
    }),
    expected: invalid(200, ""),
    repeated: "read",
  }));
  return [
    ...whole,
    ...claimed,
    {
      name: "200 with a success in an encoding that nobody knows",
      target: answer(200, successBody, { "content-encoding": "sdch" }),
      expected: ok,
      repeated: "never",
    },
    {
      name: "200 with gzip that is damaged",
      target: answer(200, damaged(encodings.gzip), {
        "content-encoding": "gzip",
      }),
      expected: invalid(200),
      repeated: "read",
    },
    {
      name: "200 with a few kilobytes of gzip that become a gigabyte",
      target: answer(200, gzipOfGigabyte(), { "content-encoding": "gzip" }),
      expected: invalid(200, x1000),
      repeated: "never",
    },
  ];
}

function damaged(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 20 ? byte ^ 0xff : byte));
}

function oversized(): FaultCase[] {
  const flood = { flood: "x".repeat(mebibyte) };
  const chunk = `${mebibyte.toString(16)}\r\n${"x".repeat(mebibyte)}\r\n`;
  return [
    {
      name: "a body longer than the limit, by its length",
      target: {
        steps: [{ send: head(200, { "content-length": 2 ** 40 }) }, flood],
      },
      expected: invalid(200),
      repeated: "never",
    },
    {
      name: "a body of chunks without end",
      target: {
        steps: [
          { send: head(200, { "transfer-encoding": "chunked" }) },
          { flood: chunk },
        ],
      },
      expected: invalid(200, x1000),
      repeated: "never",
    },
    {
      name: "a body without a length and without end",
      target: { steps: [{ send: head(200) }, flood] },
      expected: invalid(200, x1000),
      repeated: "never",
    },
    {
      name: "an error whose body has no end",
      target: { steps: [{ send: head(400) }, flood] },
      expected: invalid(400, x1000),
      repeated: "never",
    },
  ];
}

/** Gzip members may follow each other: a mebibyte of `x`, over and over. */
function gzipOfGigabyte(): Uint8Array {
  const member = gzipSync("x".repeat(mebibyte));
  return Buffer.concat(Array.from({ length: 1024 }, () => member));
}
