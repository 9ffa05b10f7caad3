import { at, entriesOf } from "../load/spec-document.js";
import type { SpecNode } from "../load/spec-document.js";

/** Whether a media type is JSON, structured syntax suffixes (RFC 6839) included. */
export function isJson(mediaType: string): boolean {
  return /^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType);
}

/** Whether a media type range, such as the one for everything, includes JSON. */
export function includesJson(mediaType: string): boolean {
  return /^(?:\*|application)\/\*/.test(mediaType);
}

/** The media type of plain JSON, whatever its parameters say. */
export function isPlainJson(mediaType: string): boolean {
  return /^application\/json\s*(?:;|$)/i.test(mediaType);
}

/** The JSON alternative of a request body or response, or undefined. */
export function jsonContent(holder: SpecNode): SpecNode | undefined {
  return entriesOf(at(holder, "content")).find(([mediaType]) =>
    isJson(mediaType),
  )?.[1];
}
