import path from "node:path";
import { getLineColLocation, Source } from "@redocly/openapi-core";
import type { SpecDocument } from "../load/spec-document.js";
import { isUrl } from "../load/url.js";
import { relativeName } from "../model/origin.js";
import type { Locate } from "./compare-models.js";

/**
 * Finds places in the texts of a loaded description.
 *
 * @param cwd - file names are given relative to it
 */
export function openLocator(document: SpecDocument, cwd: string): Locate {
  const sources = new Map(
    [...document.sources].map(([file, text]) => [
      relativeName(document, file),
      new Source(file, text),
    ]),
  );
  return ({ file, pointer }) => {
    const source = sources.get(file);
    if (!source) return undefined;
    const { absoluteRef } = source;
    const { start } = getLineColLocation({
      source,
      pointer,
      reportOnKey: true,
    });
    return {
      file: isUrl(absoluteRef) ? absoluteRef : path.relative(cwd, absoluteRef),
      line: start.line,
      column: start.col,
    };
  };
}
