import path from "node:path";
import type { Source } from "@redocly/openapi-core";
import { escapePointerFragment } from "@redocly/openapi-core";
import { pointerSegments } from "./pointer.js";

/** A place in a document's text. */
export interface TextPlace {
  readonly source: Source;
  /** JSON pointer as a URI fragment. */
  readonly pointer: string;
}

/**
 * What overlays did to a document: where each place of the changed document stands
 * in its text, or in the overlay that introduced it.
 */
export interface OverlayTrace {
  /** What stands at a place now comes from an overlay. */
  introduce(keys: readonly string[], place: TextPlace): void;
  /** An element was added to the end of a list. */
  append(list: readonly string[], length: number, place: TextPlace): void;
  /** A member was removed from a map, or an element from a list of the given length. */
  remove(keys: readonly string[], length: number | undefined): void;
  /** Where a place stands in the document's own text, or in an overlay. */
  find(keys: readonly string[]): FoundPlace;
}

/** The keys of a place in the document as it was written, or its place in an overlay. */
type FoundPlace =
  { readonly keys: readonly string[] } | { readonly overlay: TextPlace };

/** Traces of the documents that overlays changed. */
const traces = new WeakMap<Source, OverlayTrace>();

/** The trace of a document; an empty one when no overlay has changed it. */
export function traceOf(source: Source): OverlayTrace {
  const trace = traces.get(source) ?? openTrace();
  traces.set(source, trace);
  return trace;
}

function openTrace(): OverlayTrace {
  /** Places in overlays, by the keys of a place as they were written. */
  const introduced = new Map<string, TextPlace>();
  /** For lists that changed: what each of their elements was called as written. */
  const elements = new Map<string, string[]>();
  let added = 0;

  /** Keys as written; an element that an overlay added has a name of its own. */
  const asWritten = (keys: readonly string[]): readonly string[] => {
    const written: string[] = [];
    for (const key of keys) {
      const names = elements.get(JSON.stringify(written));
      written.push(names?.[Number(key)] ?? key);
    }
    return written;
  };

  const namesOf = (list: readonly string[], length: number): string[] => {
    const key = JSON.stringify(asWritten(list));
    const names =
      elements.get(key) ?? Array.from({ length }, (_, index) => String(index));
    elements.set(key, names);
    return names;
  };

  const forget = (written: readonly string[]): void => {
    for (const table of [introduced, elements]) {
      for (const key of table.keys()) {
        const known = JSON.parse(key) as string[];
        const isWithin = written.every((each, index) => known[index] === each);
        if (isWithin) table.delete(key);
      }
    }
  };

  return {
    introduce: (keys, place) => {
      const written = asWritten(keys);
      forget(written);
      introduced.set(JSON.stringify(written), place);
    },
    append: (list, length, place) => {
      added += 1;
      const name = `+${added}`;
      namesOf(list, length).push(name);
      introduced.set(JSON.stringify([...asWritten(list), name]), place);
    },
    remove: (keys, length) => {
      const written = asWritten(keys);
      if (length !== undefined) {
        namesOf(keys.slice(0, -1), length).splice(Number(keys.at(-1)), 1);
      }
      forget(written);
    },
    find: (keys) => {
      const written = asWritten(keys);
      for (let end = written.length; end >= 0; end -= 1) {
        const place = introduced.get(JSON.stringify(written.slice(0, end)));
        if (place) return { overlay: below(place, keys.slice(end)) };
      }
      return { keys: written };
    },
  };
}

function below(place: TextPlace, keys: readonly string[]): TextPlace {
  const steps = keys.map((key) => `/${escapePointerFragment(key)}`);
  return { source: place.source, pointer: place.pointer + steps.join("") };
}

/** Where a place of a document stands in a text, and which overlay introduced it, if one did. */
export function writtenPlace({ source, pointer }: TextPlace): TextPlace & {
  readonly isIntroduced: boolean;
} {
  const trace = traces.get(source);
  if (!trace) return { source, pointer, isIntroduced: false };
  const found = trace.find(pointerSegments(pointer));
  if ("overlay" in found) return { ...found.overlay, isIntroduced: true };
  const steps = found.keys.map((key) => escapePointerFragment(key));
  return { source, pointer: `#/${steps.join("/")}`, isIntroduced: false };
}

/** What a diagnostic says about something that an overlay introduced. */
export function introducedBy(source: Source, line: number): string {
  return `introduced by overlay ${path.basename(source.absoluteRef)}, line ${line}`;
}
