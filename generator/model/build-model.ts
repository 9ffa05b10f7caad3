import { at, itemsOf, textAt } from "../load/spec-document.js";
import type { SpecDocument } from "../load/spec-document.js";
import type { ApiModel } from "./api-model.js";
import { openErrorCollector } from "./error-collector.js";
import { openNameScope } from "./identifier.js";
import { noErrorTables } from "./listed-error.js";
import type { ErrorTables } from "./listed-error.js";
import {
  draftOperations,
  nameOperation,
  nameNamespaces,
  withNamespace,
} from "./operations.js";
import { openSchemaCollector } from "./schema-collector.js";
import { collectWebhooks } from "./webhooks.js";

/**
 * Turns a description into the generator's model.
 *
 * @param document - a validated description
 * @param reservedNames - identifiers that the client itself exports
 * @param errorTables - errors that stand in the operations' Markdown only
 * @throws {DiagnosticError} with everything in the description that cannot be generated
 */
export function buildModel(
  document: SpecDocument,
  reservedNames: Iterable<string>,
  errorTables: ErrorTables = noErrorTables,
): ApiModel {
  const schemas = openSchemaCollector(document);
  const errors = openErrorCollector(document, schemas);
  const drafts = draftOperations(document, schemas, errors, errorTables);
  const webhooks = collectWebhooks(document, schemas);
  const scope = openNameScope(reservedNames);
  const namespaces = nameNamespaces(drafts, scope);
  const named = drafts.map((draft) => ({
    draft,
    identifiers: nameOperation(draft, scope),
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
      path: withNamespace(draft.path, namespaces),
      identifiers,
      errors: draft.errors.entries,
      errorGroups: draft.errors.groups
        .map((place) => groupNames.get(place) ?? "")
        .sort(),
    })),
    webhooks,
    schemas: namedSchemas,
    errors: catalogue,
  };
}
