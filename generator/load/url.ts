import path from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "../hash.js";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { maskUrls } from "../printing/visible.js";

/** Whether a description is named by URL rather than by path. */
export function isUrl(reference: string): boolean {
  return /^https?:\/\//i.test(reference);
}

/**
 * What files that are committed call a document on the network: its URL without user
 * and password, and with a hash in place of the query, which can hold a token.
 */
export function committedName(url: string): string {
  if (!URL.canParse(url)) return maskUrls(url);
  const { origin, pathname, search } = new URL(url);
  const query = search === "" ? "" : `?${hashOf(search).slice(0, 8)}`;
  return `${origin}${pathname}${query}`;
}

/**
 * The place of a document as somebody named it: a URL, or the absolute path that a
 * path or a `file:` URL stands for.
 *
 * @param folder - what relative paths start from
 * @throws {DiagnosticError} when it is a URL of another kind
 */
export function placeOf(folder: string, named: string): string {
  if (isUrl(named)) {
    return named.replace(/^https?:/i, (scheme) => scheme.toLowerCase());
  }
  const isOtherUrl = /^[a-z][a-z\d+.-]+:\/\//i.test(named);
  return path.resolve(folder, isOtherUrl ? fileOf(named) : named);
}

function fileOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new DiagnosticError([
      diagnostic(
        "spec-not-found",
        `${url} names no description that can be read`,
        {
          help: "Name a file by its path, or a document on the network by its https: URL.",
        },
      ),
    ]);
  }
}
