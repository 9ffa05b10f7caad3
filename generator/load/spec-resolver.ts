import { existsSync } from "node:fs";
import { BaseResolver, YamlParseError } from "@redocly/openapi-core";
import type { Document, Source } from "@redocly/openapi-core";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import { readDocument } from "./document-bytes.js";
import { decodeDocument } from "./document-text.js";
import {
  DocumentTooBig,
  structureProblem,
  textProblem,
} from "./document-limits.js";
import { referenceLoops } from "./reference-loop.js";
import { BlockedReference, isInFoldersOf } from "./reference-policy.js";
import type { ReferencePolicy } from "./reference-policy.js";
import { requireNoJsonComment } from "./json-comment.js";
import { fetchDocument } from "./remote-document.js";
import { at } from "./spec-document.js";
import { rootOf } from "./several-documents.js";
import { isUrl } from "./url.js";

/**
 * Loads the documents of a description, and no other: a `$ref` is somebody else's
 * text and must not make a build read files or hosts that it has no business with.
 */
export class SpecResolver extends BaseResolver {
  readonly #roots: readonly string[];
  readonly #policy: ReferencePolicy;
  readonly #documents = new Map<string, Document>();

  /** @param roots - absolute paths or URLs of the description's documents, which are always allowed */
  constructor(roots: readonly string[], policy: ReferencePolicy) {
    super();
    this.#roots = roots;
    this.#policy = policy;
  }

  /** A document that was read already, by absolute path or URL. */
  documentAt(reference: string): Document | undefined {
    return this.#documents.get(reference);
  }

  /** Whether the components of a document of the description have a schema of that name. */
  hasSchema(name: string): boolean {
    return this.#roots.some((root) => {
      const document = this.documentAt(root);
      if (!document) return false;
      const schema = at(rootOf(document), "components", "schemas", name);
      return schema.value !== undefined;
    });
  }

  override resolveExternalRef(base: string | null, reference: string): string {
    // Otherwise taken for the name of a file.
    if (otherScheme.test(reference)) return reference;
    const literal = super.resolveExternalRef(base, reference);
    const isAsWritten =
      !reference.includes("%") || isUrl(literal) || existsSync(literal);
    return isAsWritten
      ? literal
      : super.resolveExternalRef(base, decodedName(reference));
  }

  override async loadExternalRef(reference: string): Promise<Source> {
    requireKnownScheme(reference);
    if (isUrl(reference)) {
      if (!this.#roots.includes(reference)) this.#requireRemote(reference);
      return decodeDocument(reference, await fetchDocument(reference));
    }
    if (!this.#roots.includes(reference)) this.#requireInside(reference);
    return decodeDocument(reference, await readDocument(reference));
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    const tooBig = (problem: string): YamlParseError =>
      new YamlParseError(new DocumentTooBig(problem), source);
    const inText = textProblem(source.body);
    if (inText !== undefined) throw tooBig(inText);
    requireNoJsonComment(source);
    const document = super.parseDocument(source, isRoot);
    this.#documents.set(source.absoluteRef, document);
    const inStructure = structureProblem(document.parsed);
    if (inStructure !== undefined) throw tooBig(inStructure);
    // Redocly follows no reference into a document that is not handed out yet.
    this.#requireNoLoop([document]);
    return document;
  }

  /**
   * For documents that changed after they were read.
   *
   * @throws {DiagnosticError} with every `$ref` that leads back to itself
   */
  requireNoReferenceLoop(): void {
    this.#requireNoLoop([...this.#documents.values()]);
  }

  #requireNoLoop(documents: readonly Document[]): void {
    const loops = referenceLoops(documents, (from, reference) =>
      this.#target(from, reference),
    );
    if (loops.length > 0) throw new DiagnosticError(loops);
  }

  /** The document that a reference leads to, if it was read already. */
  #target(from: Document, reference: string): Document | undefined {
    const [file = ""] = reference.split("#");
    if (file === "") return from;
    return this.documentAt(
      this.resolveExternalRef(from.source.absoluteRef, file),
    );
  }

  #requireRemote(reference: string): void {
    const { origin } = new URL(reference);
    const isSameHost = this.#roots.some(
      (root) => isUrl(root) && new URL(root).origin === origin,
    );
    if (isSameHost || this.#policy.remote) return;
    throw new BlockedReference(
      `references to the network are off: ${new URL(reference).host} was not asked`,
      "Keep a copy of the document beside the description, or set allowRemoteReferences in the configuration.",
    );
  }

  /** By name, and by what the name leads to when it is a symbolic link. */
  #requireInside(reference: string): void {
    if (this.#policy.outside) return;
    const isInside = isInFoldersOf(
      this.#roots.filter((root) => !isUrl(root)),
      reference,
    );
    if (isInside) return;
    throw new BlockedReference(
      "the file is outside the description's folder",
      "Move it there, or set allowReferencesOutside in the configuration.",
    );
  }
}

/** URLs that are read by nobody here, such as `file:` and `data:`; a drive's letter is none. */
const otherScheme = /^(?!https?:)[a-z][a-z\d+.-]+:/i;

/** What a reference names as the URI that it is: a space in a file's name is %20 there. */
function decodedName(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

function requireKnownScheme(reference: string): void {
  const [scheme] = otherScheme.exec(reference) ?? [];
  if (scheme === undefined) return;
  throw new BlockedReference(
    `${scheme} URLs are not read`,
    "Name the file by its path relative to the document that refers to it.",
  );
}
