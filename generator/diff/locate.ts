import path from "node:path";
import { getLineColLocation, Source } from "@redocly/openapi-core";
import type { SpecDocument } from "../load/spec-document.js";
import type { Locate } from "./compare-models.js";

/**
 * Finds places in the texts of a loaded description.
 *
 * @param cwd - file names are given relative to it
 */
export function openLocator(document: SpecDocument, cwd: string): Locate {
  const folder = path.dirname(document.root.source.absoluteRef);
  const sources = new Map<string, Source>();
  const sourceOf = (file: string): Source | undefined => {
    const absolute = path.resolve(folder, file);
    const known = sources.get(absolute);
    if (known) return known;
    const text = document.sources.get(absolute);
    if (text === undefined) return undefined;
    const source = new Source(absolute, text);
    sources.set(absolute, source);
    return source;
  };
  return ({ file, pointer }) => {
    const source = sourceOf(file);
    if (!source) return undefined;
    const { start } = getLineColLocation({
      source,
      pointer,
      reportOnKey: true,
    });
    return {
      file: path.relative(cwd, source.absoluteRef),
      line: start.line,
      column: start.col,
    };
  };
}
