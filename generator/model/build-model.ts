import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  at,
  diagnosticAt,
  entriesOf,
  follow,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type {
  ApiModel,
  OperationIdentifiers,
  OperationModel,
  Schema,
} from "./api-model.js";
import { documentationOf } from "./documentation.js";
import { openErrorCollector } from "./error-collector.js";
import type { ErrorCollector, OperationErrors } from "./error-collector.js";
import { openNameScope, typeName, valueName } from "./identifier.js";
import type { NameScope } from "./identifier.js";
import { jsonContent } from "./media-type.js";
import { originOf } from "./origin.js";
import { openSchemaCollector } from "./schema-collector.js";
import type { SchemaCollector } from "./schema-collector.js";

const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

/** An operation before anything has a name. */
interface OperationDraft extends Pick<
  OperationModel,
  "name" | "documentation" | "origin" | "method" | "urlPath" | "effect"
> {
  readonly input: Schema | undefined;
  readonly data: Schema;
  readonly errors: OperationErrors;
}

/**
 * Turns a description into the generator's model.
 *
 * @param document - a validated description
 * @param reservedNames - identifiers that the client itself exports
 * @throws {DiagnosticError} with everything in the description that cannot be generated
 */
export function buildModel(
  document: SpecDocument,
  reservedNames: Iterable<string>,
): ApiModel {
  const schemas = openSchemaCollector(document);
  const errors = openErrorCollector(document, schemas);
  const drafts = draftOperations(document, schemas, errors);
  const scope = openNameScope(reservedNames);
  const named = drafts.map((draft) => ({
    draft,
    identifiers: nameOperation(draft.name, scope),
  }));
  const { catalogue, groupNames } = errors.finish(scope);
  const namedSchemas = schemas.finish(scope);
  const { root } = document;
  return {
    title: textAt(at(root, "info"), "title") ?? "",
    version: textAt(at(root, "info"), "version") ?? "",
    serverUrl: itemsOf(at(root, "servers"))
      .map((server) => textAt(server, "url"))
      .find((url) => url !== undefined),
    operations: named.map(({ draft, identifiers }) => ({
      ...draft,
      identifiers,
      path: draft.name.split("."),
      errors: draft.errors.entries,
      errorGroups: draft.errors.groups
        .map((place) => groupNames.get(place) ?? "")
        .sort(),
    })),
    schemas: namedSchemas,
    errors: catalogue,
  };
}

function draftOperations(
  document: SpecDocument,
  schemas: SchemaCollector,
  errors: ErrorCollector,
): readonly OperationDraft[] {
  const problems: Diagnostic[] = [];
  const drafts: OperationDraft[] = [];
  for (const { node, method, urlPath } of operationNodes(document)) {
    const problem = unsupported(document, node);
    if (problem) {
      problems.push(problem);
      continue;
    }
    const name = textAt(node, "operationId") ?? "";
    const input = inputNode(document, node);
    drafts.push({
      name,
      documentation: documentationOf(node),
      origin: originOf(document, node),
      method: method.toUpperCase(),
      urlPath,
      effect: textAt(node, "x-kompliant-effect") === "read" ? "read" : "write",
      input: input && schemas.collect(input),
      data: schemas.collect(dataNode(document, node)),
      errors: errors.collect(name, at(node, "responses")),
    });
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return drafts.sort((left, right) => (left.name < right.name ? -1 : 1));
}

interface OperationNode {
  readonly node: SpecNode;
  readonly method: string;
  readonly urlPath: string;
}

function operationNodes(document: SpecDocument): readonly OperationNode[] {
  return entriesOf(at(document.root, "paths")).flatMap(
    ([urlPath, reference]) => {
      const item = follow(document, reference);
      return httpMethods
        .map((method) => ({ method, urlPath, node: at(item, method) }))
        .filter(({ node }) => isObject(node.value));
    },
  );
}

/** What keeps an operation from being generated, if anything does. */
function unsupported(
  document: SpecDocument,
  node: SpecNode,
): Diagnostic | undefined {
  const name = textAt(node, "operationId");
  if (name === undefined) {
    return diagnosticAt(
      node,
      "spec-operation",
      "the operation has no operationId",
      true,
    );
  }
  if (!/^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*$/.test(name)) {
    return diagnosticAt(
      at(node, "operationId"),
      "spec-operation",
      `operationId ${JSON.stringify(name)} is no dotted method name`,
    );
  }
  const parameters = at(node, "parameters");
  if (itemsOf(parameters).length > 0) {
    return diagnosticAt(
      parameters,
      "spec-operation",
      `${name} takes parameters outside its body`,
    );
  }
  const body = at(node, "requestBody");
  if (body.value !== undefined && !inputNode(document, node)) {
    return diagnosticAt(
      body,
      "spec-operation",
      `${name} has a request body that is not JSON`,
    );
  }
  if (dataNode(document, node).value === undefined) {
    return diagnosticAt(
      at(node, "responses"),
      "spec-operation",
      `${name} has no response 200 with a JSON object that has a property "data"`,
    );
  }
  return undefined;
}

function inputNode(
  document: SpecDocument,
  node: SpecNode,
): SpecNode | undefined {
  const content = jsonContent(follow(document, at(node, "requestBody")));
  return content && at(content, "schema");
}

function dataNode(document: SpecDocument, node: SpecNode): SpecNode {
  const response = follow(document, at(node, "responses", "200"));
  const content = jsonContent(response) ?? response;
  const envelope = follow(document, at(content, "schema"));
  return at(envelope, "properties", "data");
}

function nameOperation(name: string, scope: NameScope): OperationIdentifiers {
  const base = typeName(name);
  return {
    function: scope.claim(valueName(base)),
    input: scope.claim(`${base}Input`),
    data: scope.claim(`${base}Data`),
    error: scope.claim(`${base}Error`),
    errorCode: scope.claim(`${base}ErrorCode`),
  };
}
