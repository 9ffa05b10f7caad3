import path from "node:path";
import { committedName, isUrl } from "../load/url.js";
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
 * What the ledger of names calls a place. The description's own documents have no names
 * there: a new version often comes under another one, and what several of them have
 * in common is one thing.
 */
export function placeOf(document: SpecDocument, node: SpecNode): string {
  const { file, pointer } = originOf(document, node);
  const isRoot = document.roots.some(
    ({ source }) => source.absoluteRef === node.source.absoluteRef,
  );
  return `${isRoot ? "" : file}${pointer}`.replaceAll(" ", "%20");
}

const namesOf = new WeakMap<SpecDocument, Map<string, string>>();

/** A file's name relative to the first document's folder, with forward slashes; elsewhere on the network, its URL. No name holds a secret of the URL. */
export function relativeName(document: SpecDocument, file: string): string {
  const names = namesOf.get(document) ?? new Map<string, string>();
  namesOf.set(document, names);
  const name = names.get(file) ?? nameOf(document, file);
  names.set(file, name);
  return name;
}

function nameOf(document: SpecDocument, file: string): string {
  const { absoluteRef } = document.root.source;
  if (!isUrl(file)) {
    return isUrl(absoluteRef)
      ? path.basename(file)
      : path
          .relative(path.dirname(absoluteRef), file)
          .split(path.sep)
          .join("/");
  }
  const name = committedName(file);
  if (!isUrl(absoluteRef)) return name;
  if (new URL(file).origin !== new URL(absoluteRef).origin) return name;
  return path.posix.relative(
    path.posix.dirname(committedName(absoluteRef)),
    name,
  );
}
