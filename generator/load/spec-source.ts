/** Where a document of the description is. */
export interface SpecSource {
  /** Absolute path, or URL. */
  readonly place: string;
  /** SHA-256 that the document must have, as 64 hexadecimal digits; undefined when it may have any. */
  readonly sha256: string | undefined;
}

/** A path or URL as a source without a pin. */
export function unpinned(place: string): SpecSource {
  return { place, sha256: undefined };
}
