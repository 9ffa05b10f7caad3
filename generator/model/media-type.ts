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

/** Whether a media type is that of server-sent events. */
export function isEventStream(mediaType: string): boolean {
  return /^\s*text\/event-stream\s*(?:;|$)/i.test(mediaType);
}

/** Whether a media type is lines of JSON or a sequence of JSON texts (RFC 7464), by any of their names. */
export function isJsonLines(mediaType: string): boolean {
  return /^\s*application\/(?:(?:x-)?(?:ndjson|jsonl|json-?lines|json-?seq|ldjson|json-stream)|[^;\s]+\+json-seq)\s*(?:;|$)/i.test(
    mediaType,
  );
}
