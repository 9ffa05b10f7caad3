import type {
  ApiModel,
  ErrorCatalogue,
  InputModel,
  OperationModel,
  OutputModel,
} from "../model/api-model.js";
import { isJson } from "../model/media-type.js";
import {
  docComment,
  identifier,
  jsonLiteral,
  stringLiteral,
} from "./encoded.js";
import type { Encoded } from "./encoded.js";
import { entriesOfKeys } from "./emit-errors.js";
import { documentedKeys } from "./documented-keys.js";
import { errorList } from "./error-docs.js";
import type { ImportStyle } from "./import-style.js";
import type { SchemaTypes } from "./schema-types.js";
import type { SourceFile } from "./source-file.js";
import type { Template } from "./templates.js";
import { typeImports } from "./type-imports.js";

/** Folder of the operations' modules inside the output. */
export const operationsFolder = "operations";

/** What rendering an operation needs besides the operation. */
export interface OperationContext {
  readonly model: ApiModel;
  readonly types: SchemaTypes;
  readonly imports: ImportStyle;
  readonly template: Template;
}

/** Functions of the run-time that read an answer, by where the data stands in it, if it does. */
const decoders = {
  data: { name: "decodeData", module: "decode" },
  results: { name: "decodeBatch", module: "batch" },
  body: { name: "decodeBody", module: "decode-body" },
  optionalBody: { name: "decodeOptionalBody", module: "decode-body" },
} as const;

/** Types of the run-time for what is read item by item, by where the data stands. */
const streamTypes = {
  events: "EventStream",
  textEvents: "EventStream",
  lines: "LineStream",
  bytes: "ByteStream",
} as const;

/** Whether what an operation answers with is a stream. */
export function isStream(
  place: OutputModel["place"],
): place is keyof typeof streamTypes {
  return place in streamTypes;
}

/** No body is something where the description does not say what there is. */
function decoderOf({
  place,
  schema,
  mayBeEmpty,
}: OutputModel): keyof typeof decoders {
  const isOpen = typeof schema === "object" && Object.keys(schema).length === 0;
  const isOptional = mayBeEmpty || schema === true || isOpen;
  // The response of a stream is a body like others when it is no success.
  if (isStream(place)) return mayBeEmpty ? "optionalBody" : "body";
  return place === "body" && isOptional ? "optionalBody" : place;
}

/** The module of one operation: its types, its table of errors and its function. */
export function emitOperation(
  operation: OperationModel,
  context: OperationContext,
): SourceFile {
  const { model, types, imports, template } = context;
  const { identifiers } = operation;
  const root = operation.path.map(() => "..").join("/");
  const runtime = (module: string): Encoded =>
    stringLiteral(imports.specifier(`${root}/runtime/${module}.js`));
  const stream = streamValues(operation);
  const decoder = decoders[decoderOf(operation.output)];
  // What a group brings is not listed again: linters report a member that a union has twice.
  const entries = entriesOfKeys(operation.errors, model.errors).filter(
    (entry) =>
      !entry.groups.some((name) => operation.errorGroups.includes(name)),
  );
  const groups = model.errors.groups.filter(({ name }) =>
    operation.errorGroups.includes(name),
  );
  const tables = groups.map(({ table }) => identifier(table));
  const input = types.declare(
    identifiers.input,
    operation.input?.schema ?? true,
    { doc: `Parameters of \`${operation.name}\`.` },
  );
  const data = types.declare(
    identifiers.item ?? identifiers.data,
    operation.output.schema,
    {
      doc: `What \`${operation.name}\` answers with${identifiers.item === undefined ? "" : " for one item"}.`,
      orUndefined: operation.output.mayBeEmpty && !stream,
    },
  );
  const text = template({
    imports: typeImports([...input.uses, ...data.uses], root).map(
      ({ names, from }) => ({
        names: names.map(identifier),
        from: stringLiteral(imports.specifier(from)),
      }),
    ),
    runtime: {
      batch: runtime("batch"),
      call: runtime("call"),
      errors: runtime("errors"),
      parameters: runtime("parameters"),
      result: runtime("result"),
      stream: runtime("stream"),
      types: runtime("types"),
    },
    errorsModule: stringLiteral(imports.specifier(`${root}/errors.js`)),
    importsErrors: entries.length > 0 || groups.length > 0,
    importedErrors: [
      ...entries.map(({ name }) => name),
      ...groups.map(({ name }) => name),
    ]
      .sort()
      .map(identifier),
    tables,
    errorKeys: [
      ...documentedKeys(entries, types).map(stringLiteral),
      ...tables,
    ],
    members: [
      ...entries.map(({ name }) => name),
      ...groups.map(({ name }) => name),
    ].map(identifier),
    unreadCodes: operation.unreadCodes.map(stringLiteral),
    input: operation.input === undefined ? undefined : input.code,
    isOptionalInput: operation.input?.isRequired === false,
    encoding: encodingValues(operation.input),
    data: operation.output.place === "bytes" ? undefined : data.code,
    batch: batchValues(operation),
    stream,
    decoder: identifier(decoder.name),
    decoderModule: runtime(decoder.module),
    types: {
      input: identifier(identifiers.input),
      data: identifier(identifiers.data),
      error: identifier(identifiers.error),
      errorCode: identifier(identifiers.errorCode),
    },
    function: identifier(identifiers.function),
    name: stringLiteral(operation.name),
    method: stringLiteral(operation.method),
    urlPath: stringLiteral(operation.urlPath),
    effect: stringLiteral(operation.effect),
    accept:
      operation.output.accept === undefined
        ? undefined
        : stringLiteral(operation.output.accept),
    mediaTypes: mediaTypesToCheck(operation.output).map(stringLiteral),
    errorDoc: docComment({
      text: [`Everything that \`${operation.name}\` can fail with.`],
    }),
    doc: operationDoc(operation, model.errors),
  });
  return { path: operationFile(operation), text };
}

/** Path of an operation's module inside the output. */
export function operationFile(operation: OperationModel): string {
  return [operationsFolder, ...operation.path].join("/") + ".ts";
}

/**
 * The media types that `decodeBody` takes for data, where it is not JSON alone. An
 * operation that documents none may bring anything.
 */
function mediaTypesToCheck(output: OutputModel): readonly string[] {
  const { place, mediaTypes } = output;
  if (isStream(place)) return mediaTypes;
  if (place !== "body") return [];
  if (mediaTypes.length === 0) return ["*/*"];
  return mediaTypes.every(isJson) ? [] : mediaTypes;
}

/** Whether an input is more than a JSON body. */
export function needsEncoding(input: InputModel | undefined): boolean {
  return (
    input !== undefined &&
    (input.parameters.length > 0 || input.mediaType !== undefined)
  );
}

/** How an input that is more than a JSON body is put into the request. */
function encodingValues(input: InputModel | undefined): object | undefined {
  if (!input || !needsEncoding(input)) return undefined;
  const parameters = input.parameters.map((parameter) => ({
    name: parameter.name,
    in: parameter.in,
    ...(parameter.style !== undefined && { style: parameter.style }),
    ...(parameter.explode !== undefined && { explode: parameter.explode }),
    ...(parameter.json && { json: true }),
  }));
  const fields = Object.fromEntries(
    Object.entries(input.fields).map(
      ([name, { mediaType, style, explode }]) => [
        name,
        {
          ...(mediaType !== undefined && { type: mediaType }),
          ...(style !== undefined && { style }),
          ...(explode !== undefined && { explode }),
        },
      ],
    ),
  );
  return {
    parameters: jsonLiteral(parameters),
    mediaType:
      input.mediaType === undefined
        ? undefined
        : stringLiteral(input.mediaType),
    fields:
      Object.keys(input.fields).length === 0 ? undefined : jsonLiteral(fields),
  };
}

function batchValues({
  name,
  identifiers,
}: OperationModel): object | undefined {
  const { item, itemError } = identifiers;
  if (item === undefined || itemError === undefined) return undefined;
  return {
    item: identifier(item),
    itemError: identifier(itemError),
    dataDoc: docComment({
      text: [`What \`${name}\` answers with, item by item.`],
    }),
    errorDoc: docComment({
      text: [`Everything that one item of \`${name}\` can fail with.`],
    }),
  };
}

/** What the module of an operation with a stream has besides. */
function streamValues({
  name,
  identifiers: { item },
  output: { place, mayBeEmpty },
}: OperationModel): object | undefined {
  if (!isStream(place)) return undefined;
  const isOfEvents = place === "events" || place === "textEvents";
  return {
    kind: stringLiteral(place),
    type: identifier(streamTypes[place]),
    item: item === undefined ? undefined : identifier(item),
    mayBeEmpty,
    options: identifier(isOfEvents ? "EventStreamOptions" : "CallOptions"),
    isOfEvents,
    dataDoc: docComment({
      text: [`What \`${name}\` answers with, item by item.`],
    }),
  };
}

function operationDoc(
  operation: OperationModel,
  errors: ErrorCatalogue,
): Encoded {
  const { summary, description, url, deprecated } = operation.documentation;
  return docComment({
    text: [
      summary && `${summary.replace(/\.$/, "")}.`,
      description,
      errorList(operation, errors),
    ],
    see: url,
    deprecated,
  });
}
