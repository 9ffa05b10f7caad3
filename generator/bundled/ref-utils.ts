// The build puts this in the place of the one module of Redocly 1 that
// openapi-typescript needs here; see build.config.mjs.

/** Splits a `$ref` into its document and the unescaped segments of its pointer (RFC 6901). */
export function parseRef(reference: string): {
  readonly uri: string | null;
  readonly pointer: readonly string[];
} {
  const [uri = "", pointer = ""] = reference.split("#/");
  return {
    uri: uri === "" ? null : uri,
    pointer: pointer
      .split("/")
      .map((segment) =>
        decoded(segment.replaceAll("~1", "/").replaceAll("~0", "~")),
      )
      .filter((segment) => segment !== ""),
  };
}

/** openapi-typescript builds pointers of names that hold any text, such as `50%`. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Escapes a segment of a pointer (RFC 6901). */
export function escapePointer(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
