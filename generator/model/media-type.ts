import { at, entriesOf } from "../load/spec-document.js";
import type { SpecNode } from "../load/spec-document.js";

/** The JSON alternative of a request body or response (RFC 6839 suffixes included), or undefined. */
export function jsonContent(holder: SpecNode): SpecNode | undefined {
  return entriesOf(at(holder, "content")).find(([mediaType]) =>
    /^application\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType),
  )?.[1];
}
