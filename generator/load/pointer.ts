import {
  escapePointerFragment,
  unescapePointerFragment,
} from "@redocly/openapi-core";

/** Segments of a JSON pointer in the form of a URI fragment, unescaped. */
export function pointerSegments(pointer: string): readonly string[] {
  return pointer
    .replace(/^#?\/?/, "")
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => unescapePointerFragment(segment));
}

/** A JSON pointer in the form of a URI fragment. */
export function toPointer(segments: readonly (string | number)[]): string {
  return `#/${segments.map((segment) => escapePointerFragment(String(segment))).join("/")}`;
}
