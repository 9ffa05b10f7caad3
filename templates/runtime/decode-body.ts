import {
  decodeError,
  decodeErrors,
  failure,
  invalid,
  isJsonObject,
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
  const { status, type, body } = answer;
  if (status < 200 || status > 299) return decodePlainErrors(operation, answer);
  const { mediaTypes = ["application/json"] } = operation;
  if (type !== "" && !mediaTypes.some((range) => includes(range, type))) {
    return invalid(answer, `the media type is not ${mediaTypes.join(" or ")}`);
  }
  const meta = { status: "SUCCESS" } as const;
  const isJson = jsonType.test(type);
  if (/^text\//i.test(type) && !isJson) {
    return success(new TextDecoder().decode(body), meta);
  }
  // Without a type, a response is what it looks like.
  const json = isJson || type === "" ? parseJson(body) : undefined;
  if (json !== undefined) return success(json, meta);
  const isData =
    type === ""
      ? body.length > 0 && !mediaTypes.every((range) => jsonType.test(range))
      : !isJson;
  return isData
    ? success(new Blob([body.slice()], { type }), meta)
    : invalid(answer, "the body is not JSON");
};

const decodePlainErrors: Decode = (operation, answer) => {
  const { status } = answer;
  const json = parseJson(answer.body);
  if (json === undefined || status < 400) {
    return invalid(answer, "no JSON with an error");
  }
  const list = isJsonObject(json) ? json["errors"] : undefined;
  const errors = decodeErrors(operation, answer, list) ?? [
    decodeError(operation, answer, json),
  ];
  return failure(errors, outcomeOfErrors(errors, answer));
};

/** Whether a media type is in a range such as `image/*`; one of JSON stands for all of them. */
function includes(range: string, type: string): boolean {
  const [given = ""] = type.toLowerCase().split(/\s*;/);
  return (
    range === "*/*" ||
    range === given.trim() ||
    (range.endsWith("/*") && given.startsWith(range.slice(0, -1))) ||
    (jsonType.test(range) && jsonType.test(type))
  );
}

/** Reads the answer of an operation that may have no body: then there is no data. */
export const decodeOptionalBody: Decode = (operation, answer) => {
  const { status, body } = answer;
  const isEmpty = body.byteLength === 0 && status >= 200 && status <= 299;
  return isEmpty
    ? success(undefined, { status: "SUCCESS" })
    : decodeBody(operation, answer);
};
