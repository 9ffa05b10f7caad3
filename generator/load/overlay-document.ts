import path from "node:path";
import { lintDocument, YamlParseError } from "@redocly/openapi-core";
import type {
  BaseResolver,
  Config,
  Document,
  Source,
} from "@redocly/openapi-core";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { requireFile } from "./file-names.js";
import { problemDiagnostic } from "./problem.js";
import { syntaxDiagnostic } from "./syntax-problem.js";
import {
  at,
  diagnosticAt,
  isObject,
  itemsOf,
  textAt,
} from "./spec-document.js";
import type { SpecNode } from "./spec-document.js";

/** An OpenAPI Overlay document, version 1.0 or 1.1. */
export interface OverlayDocument {
  readonly source: Source;
  /** Whether targets may be single values, as from version 1.1 on. */
  readonly allowsPrimitives: boolean;
  readonly actions: readonly OverlayAction[];
}

/** One change that an overlay asks for. */
export interface OverlayAction {
  readonly node: SpecNode;
  /** JSONPath of what is to change. */
  readonly target: string;
  readonly change:
    | { readonly kind: "remove" }
    | { readonly kind: "update"; readonly value: unknown }
    | { readonly kind: "copy"; readonly from: string };
}

/**
 * Reads an overlay and validates it against the Overlay specification.
 *
 * @throws {DiagnosticError} with every problem found, each with its place
 */
export async function readOverlay(
  file: string,
  resolver: BaseResolver,
  config: Config,
): Promise<OverlayDocument> {
  const document = await parseOverlay(file, resolver);
  const root: SpecNode = {
    value: document.parsed,
    source: document.source,
    pointer: "#/",
  };
  const version = requireVersion(root);
  const problems = await lintDocument({
    document: { ...document, parsed: withoutUpdates(document.parsed) },
    config,
    externalRefResolver: resolver,
  });
  const invalid = [
    ...problems
      .filter(({ severity }) => severity === "error")
      .map((problem) => problemDiagnostic(problem, "overlay-invalid")),
    ...itemsOf(at(root, "actions")).flatMap((node) =>
      actionProblems(node, version),
    ),
  ];
  if (invalid.length > 0) throw new DiagnosticError(invalid);
  return {
    source: document.source,
    allowsPrimitives: version !== "1.0",
    actions: itemsOf(at(root, "actions")).map(readAction),
  };
}

async function parseOverlay(
  file: string,
  resolver: BaseResolver,
): Promise<Document> {
  requireFile("overlay-not-found", file);
  try {
    const document = await resolver.resolveDocument(null, file, true);
    if ("parsed" in document) return document;
    throw document;
  } catch (error) {
    if (error instanceof YamlParseError) {
      throw new DiagnosticError([syntaxDiagnostic(error, "overlay-invalid")]);
    }
    const { message } = error as Error;
    throw new DiagnosticError([
      diagnostic("overlay-not-found", message, {
        location: startOf(path.resolve(file)),
      }),
    ]);
  }
}

/** The overlay alone: what it brings into a description is validated with the description. */
function withoutUpdates(overlay: unknown): unknown {
  if (!isObject(overlay)) return overlay;
  const { actions } = overlay;
  if (!Array.isArray(actions)) return overlay;
  return {
    ...overlay,
    actions: actions.map((action: unknown) =>
      isObject(action) && "update" in action
        ? { ...action, update: true }
        : action,
    ),
  };
}

function requireVersion(root: SpecNode): string {
  const version = textAt(root, "overlay");
  const [known] = /^1\.[01](?=\.\d+$)/.exec(version ?? "") ?? [];
  if (known !== undefined) return known;
  const isMissing = !isObject(root.value) || version === undefined;
  throw new DiagnosticError([
    diagnosticAt(
      isMissing ? root : at(root, "overlay"),
      "overlay-invalid",
      isMissing
        ? 'the file is no overlay: the field "overlay" with its version is missing'
        : `Overlay version ${JSON.stringify(version)} is not supported; use 1.0.0 or 1.1.0`,
    ),
  ]);
}

function actionProblems(
  node: SpecNode,
  version: string,
): readonly Diagnostic[] {
  if (!isObject(node.value)) return [];
  const problem = (message: string): readonly Diagnostic[] => [
    diagnosticAt(node, "overlay-invalid", message),
  ];
  if ("$ref" in node.value)
    return problem("reusable actions are not supported");
  if ("copy" in node.value && version === "1.0") {
    return problem('"copy" needs Overlay version 1.1.0');
  }
  const { remove, update, copy } = node.value;
  const changes = remove === true || update !== undefined || copy !== undefined;
  return changes ? [] : problem("the action has no update, copy or remove");
}

function readAction(node: SpecNode): OverlayAction {
  const target = textAt(node, "target") ?? "";
  if (at(node, "remove").value === true) {
    return { node, target, change: { kind: "remove" } };
  }
  const update = at(node, "update").value;
  return {
    node,
    target,
    change:
      update === undefined
        ? { kind: "copy", from: textAt(node, "copy") ?? "" }
        : { kind: "update", value: update },
  };
}
