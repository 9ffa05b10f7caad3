import { getLineColLocation } from "@redocly/openapi-core";
import type { Document, NormalizedProblem } from "@redocly/openapi-core";
import { writtenPlace } from "./overlay-trace.js";
import type { TextPlace } from "./overlay-trace.js";
import { pointerSegments } from "./pointer.js";
import { isObject } from "./spec-document.js";

/**
 * Whether a number or a truth value stands where a text for people belongs, so that it
 * can be taken as it is written.
 */
export function isUnquotedText({
  message,
  location,
}: NormalizedProblem): boolean {
  const segments = pointerSegments(location[0]?.pointer ?? "#/");
  const [field = "", holder, outer] = segments.toReversed();
  return (
    /^Expected type `string` but got `(?:number|integer|boolean)`/.test(
      message,
    ) &&
    (["description", "summary", "title"].includes(field) ||
      holder === "tags" ||
      (field === "version" && holder === "info") ||
      (field === "name" && outer === "tags"))
  );
}

/** Whether something is missing that the client does not depend on: the text of a response; the paths beside components. */
export function isMissingWithoutHarm(
  { message }: NormalizedProblem,
  { parsed }: Document,
): boolean {
  const [, name] = /^The field `(.*)` must be present/.exec(message) ?? [];
  return (
    name === "description" ||
    (name === "paths" && isObject(parsed) && isObject(parsed["components"]))
  );
}

/** Puts the text that stands at a place in the place of what YAML reads there. */
export function takeAsWritten(document: Document, place: TextPlace): void {
  const keys = [...pointerSegments(place.pointer)];
  const last = keys.pop();
  let holder: unknown = document.parsed;
  for (const key of keys) {
    holder = (holder as Readonly<Record<string, unknown>>)[key];
  }
  if (last === undefined || typeof holder !== "object" || !holder) return;
  const written = writtenPlace(place);
  const { start, end } = getLineColLocation({
    ...written,
    reportOnKey: false,
  });
  const line = written.source.getLines()[start.line - 1] ?? "";
  const text = line.slice(start.col - 1, end && end.col - 1);
  (holder as Record<string, unknown>)[last] = text;
}
