import {
  decodeError,
  decodeErrors,
  failure,
  invalid,
  isObject,
  outcomeOfErrors,
  parseJson,
  success,
} from "./decode.js";
import type { Decode } from "./types.js";

const jsonType = /^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i;

/**
 * Reads the response of an operation whose body is the data itself: JSON as its value,
 * text as a string, anything else as a `Blob`. Only the media types that the operation
 * documents are data: a login page under 200 is not. The body of any other status is an
 * error, in JSON; a page or a redirect is not one of the API.
 */
export const decodeBody: Decode = (operation, answer) => {
  const { status, headers, body } = answer;
  const { accept = "application/json" } = operation;
  const type = headers.get("content-type") ?? "";
  if (status < 200 || status > 299) {
    const json = parseJson(body);
    if (json === undefined || status < 400) {
      return invalid(answer, "no JSON with an error");
    }
    const list = isObject(json) ? json["errors"] : undefined;
    const errors = decodeErrors(operation, status, list) ?? [
      decodeError(operation, status, json),
    ];
    return failure(errors, outcomeOfErrors(errors, answer));
  }
  if (type !== "" && !accepts(accept, type)) {
    return invalid(answer, `the media type is not ${accept}`);
  }
  const meta = { status: "SUCCESS" } as const;
  if (/^text\//i.test(type) && !jsonType.test(type)) {
    return success(new TextDecoder().decode(body), meta);
  }
  // Without a type, a response is what it looks like.
  const json = type === "" || jsonType.test(type) ? parseJson(body) : undefined;
  if (json !== undefined) return success(json, meta);
  const isBinary = !jsonType.test(type) && !accept.split(",").every(isJson);
  return isBinary
    ? success(new Blob([body.slice()], { type }), meta)
    : invalid(answer, "the body is not JSON");
};

function isJson(type: string): boolean {
  return jsonType.test(type.trim());
}

/** Whether a media type is among those that an operation takes; one of JSON stands for all of them. */
function accepts(accept: string, type: string): boolean {
  const [given = ""] = type.toLowerCase().split(";");
  return accept
    .toLowerCase()
    .split(",")
    .some((each) => {
      const [range = ""] = each.split(";").map((part) => part.trim());
      const start = range.endsWith("/*") ? range.slice(0, -1) : undefined;
      return (
        range === "*/*" ||
        range === given.trim() ||
        (start !== undefined && given.startsWith(start)) ||
        (isJson(range) && isJson(given))
      );
    });
}

/** Reads the answer of an operation that may have no body: then there is no data. */
export const decodeOptionalBody: Decode = (operation, answer) => {
  const { status, body } = answer;
  const isEmpty = body.byteLength === 0 && status >= 200 && status <= 299;
  return isEmpty
    ? success(undefined, { status: "SUCCESS" })
    : decodeBody(operation, answer);
};
