import type {
  ApiModel,
  ErrorCatalogue,
  ErrorEntry,
  OperationModel,
} from "../model/api-model.js";
import { tagAlternatives } from "./discriminators.js";
import { emitDrift } from "./emit-drift.js";
import { emitErrorCatalogue } from "./emit-error-catalogue.js";
import { emitErrors } from "./emit-errors.js";
import { emitNamespaces, topNamespaces } from "./emit-namespaces.js";
import { emitOperation, operationFile } from "./emit-operation.js";
import { emitSchemas, emitWebhooks } from "./emit-declarations.js";
import { stringLiteral } from "./encoded.js";
import type { Encoded } from "./encoded.js";
import { planFile, plannedAs } from "./file-plan.js";
import type { FilePlan } from "./file-plan.js";
import { importStyle } from "./import-style.js";
import type { ImportExtension, ImportStyle } from "./import-style.js";
import { runtimeFiles } from "./runtime-files.js";
import { schemaDigests } from "./schema-digests.js";
import { schemaTypes } from "./schema-types.js";
import type { SourceFile } from "./source-file.js";
import { loadTemplate } from "./templates.js";

/** Choices about the form of the output. */
export interface EmitOptions {
  readonly importExtension: ImportExtension;
}

/** Renders every file of the client, sorted by path. */
export function emitClient(
  model: ApiModel,
  options: EmitOptions,
): readonly SourceFile[] {
  return planClient(model, options).map(({ render }) => render());
}

/**
 * Plans every file of the client, sorted by path, so that only those have to be
 * rendered that come out differently.
 */
export function planClient(
  model: ApiModel,
  options: EmitOptions,
): readonly FilePlan[] {
  const imports = importStyle(options.importExtension);
  const files: readonly FilePlan[] = [
    ...planned(model, imports),
    ...[
      ...runtimeFiles(model.operations, imports),
      emitIsError(imports),
      ...emitNamespaces(model.operations, loadTemplate("namespace"), imports),
      emitClientModule(model, imports),
      emitIndex(model, imports),
    ].map(plannedAs),
  ];
  return [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The files with the types and tables of the description. */
function planned(model: ApiModel, imports: ImportStyle): readonly FilePlan[] {
  const types = once(() => schemaTypes(model));
  const template = once(() => loadTemplate("operation"));
  const { operations, errors, webhooks } = model;
  const tagged = tagAlternatives(model);
  const digests = schemaDigests(tagged);
  const schemas = model.schemas.map(({ name, schema }) => ({ name, schema }));
  const failures = operations.map(
    ({ name, errors: own, errorGroups, unreadCodes }) => [
      name,
      own,
      errorGroups,
      unreadCodes,
    ],
  );
  const outputs = operations.map(({ name, output }) => [name, output]);
  const entries = entriesByKey(errors);
  return [
    planFile("schemas.ts", [...tagged], () =>
      emitSchemas(model.schemas, types(), imports),
    ),
    planFile("errors.ts", [errors, failures, digests.of(errors)], () =>
      emitErrors(model, types(), imports),
    ),
    planFile("error-catalogue.ts", [errors, failures], () =>
      emitErrorCatalogue(model, loadTemplate("error-catalogue"), imports),
    ),
    planFile("drift.ts", [outputs, schemas], () => emitDrift(model, imports)),
    ...(webhooks.length === 0
      ? []
      : [
          planFile("webhooks.ts", [webhooks, digests.of(webhooks)], () =>
            emitWebhooks(webhooks, types(), imports),
          ),
        ]),
    ...operations.map((operation) =>
      planFile(
        operationFile(operation),
        [
          operation,
          operation.errors.map((key) => {
            const entry = entries.get(key);
            return entry && inOperation(entry, operation);
          }),
          errors.groups.filter(({ name }) =>
            operation.errorGroups.includes(name),
          ),
          digests.of(operation),
        ],
        () =>
          emitOperation(operation, {
            model,
            types: types(),
            imports,
            template: template(),
          }),
      ),
    ),
  ];
}

function entriesByKey({
  entries,
}: ErrorCatalogue): ReadonlyMap<string, ErrorEntry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

/** What an operation's module depends on of an error that it lists. */
function inOperation(
  entry: ErrorEntry,
  operation: OperationModel,
): Readonly<Record<string, unknown>> {
  const { key, name, schema, documentation, operations, meanings } = entry;
  return {
    key,
    name,
    schema,
    meaning: meanings[operation.name] ?? documentation.description,
    isDocumented: operations.includes(operation.name),
  };
}

/** Makes something when it is needed first, and keeps it. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function emitIsError(imports: ImportStyle): SourceFile {
  return {
    path: "is-error.ts",
    isLaidOut: true,
    text: loadTemplate("is-error")({
      errors: stringLiteral(imports.specifier("./errors.js")),
      runtime: stringLiteral(imports.specifier("./runtime/is-error.js")),
    }),
  };
}

function emitClientModule(
  { serverUrl, version }: ApiModel,
  imports: ImportStyle,
): SourceFile {
  return {
    path: "client.ts",
    text: loadTemplate("client")({
      module: stringLiteral(imports.specifier("./runtime/client.js")),
      types: stringLiteral(imports.specifier("./runtime/types.js")),
      baseUrl: stringLiteral(serverUrl ?? ""),
      apiVersion: stringLiteral(version),
    }),
  };
}

function emitIndex(model: ApiModel, imports: ImportStyle): SourceFile {
  const module = (path: string): Encoded =>
    stringLiteral(imports.specifier(`./${path}.js`));
  const text = loadTemplate("index")({
    batch: model.operations.some(({ output }) => output.place === "results")
      ? module("runtime/batch")
      : undefined,
    runtime: {
      drift: module("runtime/drift"),
      errors: module("runtime/errors"),
      explain: module("runtime/explain"),
      kompliantError: module("runtime/kompliant-error"),
      ksig1: module("runtime/ksig1"),
      matchError: module("runtime/match-error"),
      openEnum: module("runtime/open-enum"),
      result: module("runtime/result"),
      types: module("runtime/types"),
    },
    client: module("client"),
    isError: module("is-error"),
    drift: module("drift"),
    errors: module("errors"),
    schemas: module("schemas"),
    webhooks: model.webhooks.length > 0 ? module("webhooks") : undefined,
    namespaces: topNamespaces(model.operations, imports),
    operations: model.operations.map((operation) =>
      module(operationFile(operation).replace(/\.ts$/, "")),
    ),
  });
  return { path: "index.ts", text };
}
