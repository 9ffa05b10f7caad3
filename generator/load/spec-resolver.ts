import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { BaseResolver, Source, YamlParseError } from "@redocly/openapi-core";
import type { Document } from "@redocly/openapi-core";
import { structureProblem } from "./document-limits.js";
import type { ReferencePolicy } from "./reference-policy.js";
import { fetchDocument } from "./remote-document.js";
import { isUrl } from "./url.js";

/** Longest document that is read, in bytes. */
const maxDocumentBytes = 256 * 1024 * 1024;

/**
 * Loads the documents of a description, and no other: a `$ref` is somebody else's
 * text and must not make a build read files or hosts that it has no business with.
 */
export class SpecResolver extends BaseResolver {
  readonly #root: string;
  readonly #policy: ReferencePolicy;

  /** @param root - absolute path or URL of the root document, which is always allowed */
  constructor(root: string, policy: ReferencePolicy) {
    super();
    this.#root = root;
    this.#policy = policy;
  }

  override async loadExternalRef(reference: string): Promise<Source> {
    if (isUrl(reference)) {
      if (reference !== this.#root) this.#requireRemote(reference);
      return new Source(reference, await fetchDocument(reference));
    }
    if (reference !== this.#root) this.#requireInside(reference);
    const { size } = statSync(reference);
    if (size > maxDocumentBytes) {
      throw new Error(`the file is larger than ${maxDocumentBytes} bytes`);
    }
    return super.loadExternalRef(reference);
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    const document = super.parseDocument(source, isRoot);
    const problem = structureProblem(document.parsed);
    if (problem === undefined) return document;
    throw new YamlParseError(new Error(problem), source);
  }

  #requireRemote(reference: string): void {
    const isSameHost =
      isUrl(this.#root) &&
      new URL(reference).origin === new URL(this.#root).origin;
    if (isSameHost || this.#policy.remote) return;
    throw new Error(
      "references to the network are off; allow them with allowRemoteReferences in the configuration",
    );
  }

  #requireInside(reference: string): void {
    if (this.#policy.outside) return;
    if (!isUrl(this.#root)) {
      const folder = realpathSync(path.dirname(this.#root));
      const relative = path.relative(folder, realpathSync(reference));
      if (!relative.startsWith("..") && !path.isAbsolute(relative)) return;
    }
    throw new Error(
      "the file is outside the description's folder; allow it with allowReferencesOutside in the configuration",
    );
  }
}
