import { createHash } from "node:crypto";
import path from "node:path";
import {
  createConfig,
  detectSpec,
  getTypes,
  normalizeTypes,
  resolveDocument,
  YamlParseError,
} from "@redocly/openapi-core";
import type {
  BaseResolver,
  Document,
  ResolvedRefMap,
  ResolveError,
  SpecVersion,
} from "@redocly/openapi-core";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { openProblems } from "../diagnostics/problems.js";
import type { Problems } from "../diagnostics/problems.js";
import { withinDepth } from "./depth-limit.js";
import { requireFile } from "./file-names.js";
import { graftReferences } from "./graft-references.js";
import type { OverlayDocument } from "./overlay-document.js";
import type { ReferencePolicy } from "./reference-policy.js";
import { diagnosticAt, isObject } from "./spec-document.js";
import type { SpecDocument } from "./spec-document.js";
import { foldDocuments, foldReferences, rootOf } from "./several-documents.js";
import { unpinned } from "./spec-source.js";
import type { SpecSource } from "./spec-source.js";
import { SpecResolver } from "./spec-resolver.js";
import { syntaxDiagnostic } from "./syntax-problem.js";
import { isUrl, placeOf } from "./url.js";
import { specConfig, validate } from "./validate.js";

const supportedVersions: readonly SpecVersion[] = ["oas3_0", "oas3_1"];

/**
 * Reads a description with everything that it references and validates it against
 * the OpenAPI specification.
 *
 * @param spec - path or URL of the document, YAML or JSON, or all documents that the description consists of
 * @param policy - which other documents it may refer to; those in their own folders unless given
 * @param overlays - paths of overlays to apply to it, in order
 * @throws {DiagnosticError} with every problem found, each with its place
 */
export async function loadSpec(
  spec: string | readonly SpecSource[],
  policy?: ReferencePolicy,
  overlays?: readonly string[],
): Promise<SpecDocument> {
  const { document, problems } = await readSpec(spec, policy, overlays);
  problems.throwErrors();
  return document;
}

/** A description that could be read, and what is wrong with it. */
interface ReadSpec {
  readonly document: SpecDocument;
  readonly problems: Problems;
}

/**
 * Reads a description like {@link loadSpec}, for those who look for further problems.
 *
 * @throws {DiagnosticError} when it cannot be read at all
 */
export async function readSpec(
  spec: string | readonly SpecSource[],
  policy: ReferencePolicy = { remote: false, outside: false },
  overlays: readonly string[] = [],
): Promise<ReadSpec> {
  const sources = (typeof spec === "string" ? [unpinned(spec)] : spec).map(
    ({ place, ...rest }) => ({
      ...rest,
      place: placeOf(".", place),
    }),
  );
  const resolver = new SpecResolver(
    sources.map(({ place }) => place),
    policy,
  );
  const documents = await readRoots(resolver, sources);
  const [first, ...others] = documents;
  if (!first) throw new Error("a description needs a document");
  const resolve = await openReferences(resolver, documents);
  const folded = foldDocuments(documents);
  const applied = await readOverlays(overlays, policy);
  if (applied.length > 0) {
    // Most runs have no overlays and need not load what applies them.
    const { applyOverlays } = await import("./overlay.js");
    const written = foldReferences(await resolve(), documents, folded);
    const files = await readFiles(resolver);
    applyOverlays(
      { roots: [first, ...others], files, references: written },
      applied,
    );
    resolver.requireNoReferenceLoop();
  }
  const problems = openProblems();
  problems.add(...folded.conflicts);
  for (const document of documents) {
    const { absoluteRef } = document.source;
    problems.add(
      ...(await withinDepth(absoluteRef, () => validate(document, resolver))),
    );
  }
  const references = foldReferences(await resolve(), documents, folded);
  const roots = documents.map(rootOf);
  for (const root of roots) graftReferences(root, references);
  const read: SpecDocument = {
    root: rootOf(first),
    roots,
    references,
    warnings: problems.found,
    sources: await readSources(resolver, applied),
  };
  return { document: read, problems };
}

/** Reads the documents of a description, each of which must be an OpenAPI document. */
async function readRoots(
  resolver: SpecResolver,
  sources: readonly SpecSource[],
): Promise<readonly Document[]> {
  const problems = openProblems();
  const documents: Document[] = [];
  for (const { place, sha256 } of sources) {
    try {
      if (!isUrl(place)) requireFile("spec-not-found", place);
      const document = await readRoot(resolver, place);
      requirePinned(document, sha256);
      requireOpenApi(document);
      documents.push(document);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      problems.add(...error.diagnostics);
    }
  }
  problems.throwErrors();
  return documents;
}

/** A document with a pin must be the one that was looked at when the pin was set. */
function requirePinned({ source }: Document, sha256: string | undefined): void {
  if (sha256 === undefined) return;
  const found = createHash("sha256").update(source.body).digest("hex");
  if (found === sha256) return;
  throw new DiagnosticError([
    diagnostic(
      "spec-pin",
      `the document at this address is not the pinned one any more: its SHA-256 is ${found}, not ${sha256}`,
      { location: startOf(source.absoluteRef) },
    ),
  ]);
}

/** Resolves the references of all documents, anew each time. */
async function openReferences(
  resolver: SpecResolver,
  documents: readonly Document[],
): Promise<() => Promise<ResolvedRefMap>> {
  const config = await specConfig(resolver, () => undefined);
  const resolveIn = (rootDocument: Document): Promise<ResolvedRefMap> => {
    const version = requireOpenApi(rootDocument);
    const { Root: rootType } = normalizeTypes(
      config.extendTypes(getTypes(version), version),
      config,
    );
    if (!rootType) throw new Error(`Redocly knows no root type of ${version}`);
    return resolveDocument({
      rootDocument,
      externalRefResolver: resolver,
      rootType,
    });
  };
  return async () => {
    const maps: ResolvedRefMap[] = [];
    for (const document of documents) {
      const { absoluteRef } = document.source;
      const map = await withinDepth(absoluteRef, () => resolveIn(document));
      requireNoDiagnostic(map);
      maps.push(map);
    }
    return new Map(maps.flatMap((map) => [...map]));
  };
}

/** What a document that is referred to was refused with is reported once, and not at each reference to it. */
function requireNoDiagnostic(references: ResolvedRefMap): void {
  for (const { error } of references.values()) {
    if (error instanceof DiagnosticError) throw error;
  }
}

async function readRoot(
  resolver: BaseResolver,
  file: string,
): Promise<Document> {
  try {
    const document = await resolver.resolveDocument(null, file, true);
    if ("parsed" in document) return document;
    throw document;
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw new DiagnosticError([readError(error as Error, file)]);
  }
}

function readError(
  error: YamlParseError | ResolveError | Error,
  file: string,
): Diagnostic {
  if (error instanceof YamlParseError) return syntaxDiagnostic(error);
  return diagnostic("spec-not-found", error.message, {
    location: startOf(file),
  });
}

function requireOpenApi(document: Document): SpecVersion {
  const root = { source: document.source, pointer: "#/" };
  if (!isObject(document.parsed)) {
    const message =
      document.parsed === undefined || document.parsed === null
        ? "the file is empty"
        : "the file holds no OpenAPI document: its root is no map";
    const isWebPage = /^\s*<(?:!doctype|html|\?xml)\b/i.test(
      document.source.body,
    );
    throw new DiagnosticError([
      diagnosticAt(root, "spec-empty", message, {
        ...(isWebPage && {
          help: "This is a web page: save the YAML or JSON that it shows or links to.",
        }),
      }),
    ]);
  }
  try {
    const version = detectSpec(document.parsed);
    if (supportedVersions.includes(version)) return version;
  } catch {
    // Reported below, like a version that is known but not supported.
  }
  const { openapi, swagger } = document.parsed;
  const named = openapi ?? swagger;
  throw new DiagnosticError([
    named === undefined
      ? diagnosticAt(root, "spec-version", 'the field "openapi" is missing')
      : diagnosticAt(
          {
            ...root,
            pointer: openapi === undefined ? "#/swagger" : "#/openapi",
          },
          "spec-version",
          `version ${JSON.stringify(named)} is not supported`,
          versionAdvice(openapi),
        ),
  ]);
}

/** Each overlay is named by the user and may stand anywhere; it brings no other documents. */
async function readOverlays(
  files: readonly string[],
  policy: ReferencePolicy,
): Promise<readonly OverlayDocument[]> {
  if (files.length === 0) return [];
  const { readOverlay } = await import("./overlay-document.js");
  const config = await createConfig({ rules: { struct: "error" } });
  const overlays: OverlayDocument[] = [];
  for (const file of files) {
    const absolute = path.resolve(file);
    const resolver = new SpecResolver([absolute], policy);
    overlays.push(await readOverlay(absolute, resolver, config));
  }
  return overlays;
}

/** Every document that was read, by absolute path or URL. */
async function readFiles(
  resolver: BaseResolver,
): Promise<ReadonlyMap<string, Document>> {
  const files = new Map<string, Document>();
  for (const file of [...resolver.getFiles()].sort()) {
    const document = await resolver
      .resolveDocument(null, file)
      // What cannot be read is reported by the validation.
      .catch(() => undefined);
    if (document && "source" in document && "parsed" in document) {
      files.set(file, document);
    }
  }
  return files;
}

async function readSources(
  resolver: BaseResolver,
  overlays: readonly OverlayDocument[],
): Promise<ReadonlyMap<string, string>> {
  const files = await readFiles(resolver);
  const sources = [...files.values(), ...overlays].map(({ source }) => source);
  return new Map(sources.map(({ absoluteRef, body }) => [absoluteRef, body]));
}

function versionAdvice(openapi: unknown): { readonly help?: string } {
  if (openapi === undefined) {
    return {
      help: "Swagger 2.0 has to be converted first: npx swagger2openapi turns it into OpenAPI 3.0.",
    };
  }
  const [version] = /^3\.[01]$/.exec(JSON.stringify(openapi)) ?? [];
  return version === undefined
    ? {}
    : { help: `Write it with three numbers: openapi: ${version}.0.` };
}
