import { openProblems } from "../diagnostics/problems.js";
import { at, textAt } from "../load/spec-document.js";
import type { SpecDocument } from "../load/spec-document.js";
import type { ApiModel } from "./api-model.js";
import { errorCatalogue, errorClaims } from "./error-catalogue.js";
import { openErrorCollector } from "./error-collector.js";
import { noErrorTables } from "./listed-error.js";
import type { ErrorTables } from "./listed-error.js";
import { assignNames } from "./name-ledger.js";
import type { NameLedger } from "./name-ledger.js";
import {
  draftOperations,
  nameOperations,
  operationClaims,
} from "./operations.js";
import { noPreviousModel, previousNames } from "./previous-model.js";
import type { PreviousModel } from "./previous-model.js";
import { openSchemaCollector } from "./schema-collector.js";
import { inOrder } from "./schema-order.js";
import { serverUrl } from "./server-url.js";
import { collectWebhooks } from "./webhooks.js";

/**
 * Turns a description into the generator's model.
 *
 * @param document - a validated description
 * @param reservedNames - identifiers that the client itself exports
 * @param errorTables - errors that stand in the operations' Markdown only
 * @param previous - what the last run made: names that are in use do not move, nor does what was merely rearranged
 * @throws {DiagnosticError} with everything in the description that cannot be generated
 */
export function buildModel(
  document: SpecDocument,
  reservedNames: Iterable<string>,
  errorTables: ErrorTables = noErrorTables,
  previous: PreviousModel = noPreviousModel,
): ApiModel {
  const schemas = openSchemaCollector(document);
  const problems = openProblems();
  const errors = openErrorCollector(document, schemas, problems);
  const drafts = draftOperations(
    document,
    schemas,
    errors,
    errorTables,
    problems,
  );
  const webhooks =
    problems.attempt(() => collectWebhooks(document, schemas)) ?? [];
  const errorDrafts = errors.finish();
  const schemaClaims = schemas.claims();
  const types = new Set(schemaClaims.map(({ wanted }) => wanted));
  const names = assignNames(
    [
      ...operationClaims(drafts, previous.names, types),
      ...errorClaims(document, errorDrafts),
      ...schemaClaims,
    ],
    reservedNames,
    previousNames(previous),
  );
  const { operations, places } = nameOperations(drafts, names, previous.names);
  const namedSchemas = problems.attempt(() => schemas.finish(names)) ?? [];
  problems.throwErrors();
  const { catalogue, groupNames } = errorCatalogue(
    document,
    errorDrafts,
    names,
  );
  const { root } = document;
  const model: ApiModel = {
    title: textAt(at(root, "info"), "title") ?? "",
    version: textAt(at(root, "info"), "version") ?? "",
    serverUrl: serverUrl(document),
    operations: operations.map(({ draft, path, identifiers }) => ({
      ...draft.model,
      path,
      identifiers,
      errors: draft.errors.entries,
      errorGroups: draft.errors.groups
        .map((place) => groupNames.get(place) ?? "")
        .sort(),
      unreadCodes: draft.errors.unreadCodes,
    })),
    webhooks,
    schemas: namedSchemas,
    errors: catalogue,
    names: sortedLedger({ ...Object.fromEntries(names), ...places }),
  };
  return inOrder(model, previous.snapshot);
}

function sortedLedger(ledger: NameLedger): NameLedger {
  return Object.fromEntries(
    Object.entries(ledger).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
