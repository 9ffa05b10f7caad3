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
