import { existsSync } from "node:fs";
import path from "node:path";
import {
  createConfig,
  detectSpec,
  getCodeframe,
  getLineColLocation,
  getTypes,
  lintDocument,
  normalizeTypes,
  resolveDocument,
  YamlParseError,
} from "@redocly/openapi-core";
import type {
  BaseResolver,
  Config,
  Document,
  NormalizedProblem,
  ResolveError,
  SpecVersion,
} from "@redocly/openapi-core";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type {
  Diagnostic,
  DiagnosticCode,
  SourceLocation,
} from "../diagnostics/diagnostic.js";
import type { ReferencePolicy } from "./reference-policy.js";
import { requireNoReferenceLoop } from "./reference-loop.js";
import { diagnosticAt, isObject } from "./spec-document.js";
import type { SpecDocument } from "./spec-document.js";
import { SpecResolver } from "./spec-resolver.js";
import { isUrl } from "./url.js";

const supportedVersions: readonly SpecVersion[] = ["oas3_0", "oas3_1"];

/**
 * Reads a description with everything that it references and validates it against
 * the OpenAPI specification.
 *
 * @param spec - path or URL of the root document, YAML or JSON
 * @param policy - which other documents it may refer to; those in its own folder unless given
 * @throws {DiagnosticError} with every problem found, each with its place
 */
export async function loadSpec(
  spec: string,
  policy: ReferencePolicy = { remote: false, outside: false },
): Promise<SpecDocument> {
  const root = isUrl(spec) ? spec : path.resolve(spec);
  if (!isUrl(root) && !existsSync(root)) {
    throw new DiagnosticError([
      diagnostic("spec-not-found", `there is no file ${spec}`, startOf(root)),
    ]);
  }
  const config = await createConfig({
    rules: {
      struct: "error",
      "no-unresolved-refs": "error",
      "operation-operationId-unique": "error",
    },
  });
  const resolver = new SpecResolver(root, policy);
  const document = await readRoot(resolver, root);
  const version = requireOpenApi(document);
  requireNoReferenceLoop(document);
  await validate(document, config, resolver);
  const { Root: rootType } = normalizeTypes(getTypes(version), config);
  if (!rootType) throw new Error(`Redocly knows no root type of ${version}`);
  const references = await resolveDocument({
    rootDocument: document,
    externalRefResolver: resolver,
    rootType,
  });
  return {
    root: { value: document.parsed, source: document.source, pointer: "#/" },
    references,
    sources: await readSources(resolver),
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
  return diagnostic("spec-not-found", error.message, startOf(file));
}

function startOf(file: string): SourceLocation {
  return { file, line: 1, column: 1 };
}

function syntaxDiagnostic(error: YamlParseError): Diagnostic {
  const { source } = error;
  const start = { line: error.line || 1, col: error.col || 1 };
  const message = error.message
    .replace(/\s*\(\d+:\d+\)$/, "")
    .replace(
      "Maximum call stack size exceeded",
      "the document is nested too deeply",
    );
  return diagnostic(
    "spec-syntax",
    message,
    { file: source.absoluteRef, line: start.line, column: start.col },
    getCodeframe({ source, pointer: undefined, start }, false),
  );
}

function requireOpenApi(document: Document): SpecVersion {
  const root = { source: document.source, pointer: "#/" };
  if (!isObject(document.parsed)) {
    const message =
      document.source.body.trim() === ""
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
        ),
  ]);
}

async function validate(
  document: Document,
  config: Config,
  resolver: BaseResolver,
): Promise<void> {
  const problems = await lintDocument({
    document,
    config,
    externalRefResolver: resolver,
  });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw new DiagnosticError(withoutConsequences(errors).map(problemDiagnostic));
}

/** A file that does not parse is one problem, not one for each reference to it. */
function withoutConsequences(
  problems: readonly NormalizedProblem[],
): readonly NormalizedProblem[] {
  const seen = new Set<string>();
  const unparsed = problems.flatMap(({ message }) =>
    message.startsWith(unparsedPrefix)
      ? [`Can't resolve $ref: ${message.slice(unparsedPrefix.length)}`]
      : [],
  );
  return problems.filter((problem) => {
    const { line, column, file } = problemPlace(problem);
    const key = `${file}:${line}:${column}:${problem.message}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew && !unparsed.includes(problem.message);
  });
}

const unparsedPrefix = "Failed to parse: ";

function problemPlace(problem: NormalizedProblem): SourceLocation {
  const [location] = problem.location;
  if (!location) return { file: "", line: 1, column: 1 };
  const { start, source } = getLineColLocation(location);
  return {
    file: source.absoluteRef,
    line: start.line || 1,
    column: start.col || 1,
  };
}

function problemDiagnostic(problem: NormalizedProblem): Diagnostic {
  const [location] = problem.location;
  const code: DiagnosticCode = problem.message.startsWith(unparsedPrefix)
    ? "spec-syntax"
    : problem.ruleId === "no-unresolved-refs"
      ? "spec-ref"
      : "spec-invalid";
  const suggestion =
    problem.suggest[0] === undefined
      ? ""
      : `; did you mean ${problem.suggest.slice(0, 3).join(" or ")}?`;
  const message = problem.message.replace(/\.?$/, "") + suggestion;
  if (!location) return diagnostic(code, message);
  const place = getLineColLocation(location);
  return diagnostic(
    code,
    message,
    problemPlace(problem),
    getCodeframe(place, false),
  );
}

async function readSources(
  resolver: BaseResolver,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const file of [...resolver.getFiles()].sort()) {
    const document = await resolver.resolveDocument(null, file);
    if ("source" in document && "parsed" in document) {
      sources.set(file, document.source.body);
    }
  }
  return sources;
}
