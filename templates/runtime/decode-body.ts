import {
  decodeError,
  decodeErrors,
  failure,
  invalid,
  isObject,
  parseJson,
  success,
} from "./decode.js";
import type { Decode } from "./decode.js";

/**
 * Reads the answer of an operation whose body is the data itself: JSON as its value,
 * text as a string, anything else as a `Blob`. The body of any other status is an error.
 */
export const decodeBody: Decode = (operation, answer) => {
  const { status, headers, body } = answer;
  const type = headers.get("content-type") ?? "";
  // Without a type, an answer is what it looks like.
  const isJson = /^(?:[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)|$)/i.test(type);
  const isText = !isJson && /^text\//i.test(type);
  const json = isText ? undefined : parseJson(body);
  if (status < 200 || status > 299) {
    const list = isObject(json) ? json["errors"] : undefined;
    const wire = json ?? new TextDecoder().decode(body);
    const errors = decodeErrors(operation, status, list) ?? [
      decodeError(operation, status, wire),
    ];
    return failure(errors);
  }
  const meta = { status: "SUCCESS" } as const;
  if (isText) return success(new TextDecoder().decode(body), meta);
  if (!isJson || (type === "" && json === undefined && body.byteLength > 0)) {
    return success(new Blob([body.slice()], { type }), meta);
  }
  return json === undefined
    ? invalid(answer, "the body is not JSON")
    : success(json, meta);
};

/** Reads the answer of an operation that may have no body: then there is no data. */
export const decodeOptionalBody: Decode = (operation, answer) => {
  const { status, body } = answer;
  const isEmpty = body.byteLength === 0 && status >= 200 && status <= 299;
  return isEmpty
    ? success(undefined, { status: "SUCCESS" })
    : decodeBody(operation, answer);
};
