import { existsSync } from "node:fs";
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
import { missingFile } from "./file-names.js";
import type { OverlayDocument } from "./overlay-document.js";
import type { ReferencePolicy } from "./reference-policy.js";
import { requireNoReferenceLoop } from "./reference-loop.js";
import { diagnosticAt, isObject } from "./spec-document.js";
import type { SpecDocument } from "./spec-document.js";
import { SpecResolver } from "./spec-resolver.js";
import { syntaxDiagnostic } from "./syntax-problem.js";
import { isUrl } from "./url.js";
import { specConfig, validate } from "./validate.js";

const supportedVersions: readonly SpecVersion[] = ["oas3_0", "oas3_1"];

/**
 * Reads a description with everything that it references and validates it against
 * the OpenAPI specification.
 *
 * @param spec - path or URL of the root document, YAML or JSON
 * @param policy - which other documents it may refer to; those in its own folder unless given
 * @param overlays - paths of overlays to apply to it, in order
 * @throws {DiagnosticError} with every problem found, each with its place
 */
export async function loadSpec(
  spec: string,
  policy: ReferencePolicy = { remote: false, outside: false },
  overlays: readonly string[] = [],
): Promise<SpecDocument> {
  const root = isUrl(spec) ? spec : path.resolve(spec);
  if (!isUrl(root) && !existsSync(root)) {
    throw new DiagnosticError([missingFile("spec-not-found", root)]);
  }
  const resolver = new SpecResolver(root, policy);
  const document = await readRoot(resolver, root);
  const version = requireOpenApi(document);
  const config = await specConfig(resolver, () => undefined);
  const { Root: rootType } = normalizeTypes(
    config.extendTypes(getTypes(version), version),
    config,
  );
  if (!rootType) throw new Error(`Redocly knows no root type of ${version}`);
  const resolve = (): Promise<ResolvedRefMap> =>
    resolveDocument({
      rootDocument: document,
      externalRefResolver: resolver,
      rootType,
    });
  requireNoReferenceLoop(document);
  const applied = await readOverlays(overlays, policy);
  if (applied.length > 0) {
    // Most runs have no overlays and need not load what applies them.
    const { applyOverlays } = await import("./overlay.js");
    const references = await resolve();
    const files = await readFiles(resolver);
    applyOverlays({ root: document, files, references }, applied);
    requireNoReferenceLoop(document);
  }
  const problems = openProblems();
  problems.add(...(await validate(document, resolver)));
  problems.throwErrors();
  const references = await resolve();
  return {
    root: { value: document.parsed, source: document.source, pointer: "#/" },
    references,
    warnings: problems.found,
    sources: await readSources(resolver, applied),
  };
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
    throw new DiagnosticError([diagnosticAt(root, "spec-empty", message)]);
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
          openapi === undefined
            ? {
                help: "Swagger 2.0 has to be converted first: npx swagger2openapi turns it into OpenAPI 3.0.",
              }
            : {},
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
    const resolver = new SpecResolver(absolute, policy);
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
