import type { ApiModel } from "../model/api-model.js";
import { emitDrift } from "./emit-drift.js";
import { emitErrorCatalogue } from "./emit-error-catalogue.js";
import { emitErrors } from "./emit-errors.js";
import { emitNamespaces, topNamespaces } from "./emit-namespaces.js";
import { emitOperation, isStream, operationFile } from "./emit-operation.js";
import { emitSchemas, emitWebhooks } from "./emit-declarations.js";
import { stringLiteral } from "./encoded.js";
import type { Encoded } from "./encoded.js";
import { importStyle } from "./import-style.js";
import type { ImportExtension, ImportStyle } from "./import-style.js";
import { runtimeFiles } from "./runtime-files.js";
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
  const imports = importStyle(options.importExtension);
  const types = schemaTypes(model);
  const template = loadTemplate("operation");
  const { operations, webhooks } = model;
  const files: readonly SourceFile[] = [
    emitSchemas(model.schemas, types, imports),
    emitErrors(model, types, imports),
    emitErrorCatalogue(model, loadTemplate("error-catalogue"), imports),
    emitDrift(model, imports),
    ...(webhooks.length === 0 ? [] : [emitWebhooks(webhooks, types, imports)]),
    ...operations.map((operation) =>
      emitOperation(operation, { model, types, imports, template }),
    ),
    ...runtimeFiles(operations, imports),
    emitIsError(imports),
    ...emitNamespaces(operations, loadTemplate("namespace"), imports),
    emitClientModule(model, imports),
    emitIndex(model, imports),
  ];
  return [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
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
    stream: model.operations.some(({ output }) => isStream(output.place))
      ? module("runtime/stream")
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
