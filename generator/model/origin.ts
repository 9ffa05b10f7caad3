import path from "node:path";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { Origin } from "./api-model.js";

/** Where a node stands, independent of where the description lies on this machine. */
export function originOf(document: SpecDocument, node: SpecNode): Origin {
  return {
    file: relativeName(document, node.source.absoluteRef),
    pointer: node.pointer,
  };
}

/**
 * What the ledger of names calls a place. The root document has no name there, because
 * a new version of a description often comes under another one.
 */
export function placeOf(document: SpecDocument, node: SpecNode): string {
  const { file, pointer } = originOf(document, node);
  const isRoot = node.source.absoluteRef === document.root.source.absoluteRef;
  return `${isRoot ? "" : file}${pointer}`.replaceAll(" ", "%20");
}

/** The texts of a description's files, by name relative to the root document's folder. */
export function relativeSources(
  document: SpecDocument,
): ReadonlyMap<string, string> {
  return new Map(
    [...document.sources].map(([file, text]) => [
      relativeName(document, file),
      text,
    ]),
  );
}

/** A file's name relative to the root document's folder, with forward slashes. */
export function relativeName(document: SpecDocument, file: string): string {
  const folder = path.dirname(document.root.source.absoluteRef);
  return path.relative(folder, file).split(path.sep).join("/");
}
