import { CodeBlockWriter, Writers } from "ts-morph";
import type {
  JSDocStructure,
  OptionalKind,
  PropertySignatureStructure,
} from "ts-morph";
import type {
  ApiModel,
  ErrorCatalogue,
  ErrorEntry,
  ErrorGroup,
} from "../model/api-model.js";
import {
  docComment,
  docLines,
  identifier,
  jsonLiteral,
  propertyKey,
  stringLiteral,
} from "./encoded.js";
import type { DocComment } from "./encoded.js";
import { entryDoc, viewDoc } from "./error-docs.js";
import { documentedKeys } from "./documented-keys.js";
import { fileHeader } from "./file-header.js";
import type { ImportStyle } from "./import-style.js";
import type { SchemaTypes, TypeProperty } from "./schema-types.js";
import type { SourceFile } from "./source-file.js";
import { typeImports } from "./type-imports.js";

/**
 * Declares the error catalogue: an interface for every documented error, unions by
 * code, entity type and sub-code, unions and tables of shared error responses, and
 * an index of everything by code.
 */
export function emitErrors(
  model: ApiModel,
  types: SchemaTypes,
  imports: ImportStyle,
): SourceFile {
  const { errors } = model;
  const interfaces = errors.entries.map((entry) => ({
    entry,
    ...types.properties(entry.schema, decodedFields(entry)),
  }));
  const uses = [
    ...interfaces.flatMap((each) => each.uses),
    ...ownErrors.map(({ name }) => name),
  ];
  const importLines = typeImports(uses, ".").map(
    ({ names, from }) =>
      `import type { ${names.join(", ")} } from "${imports.specifier(from)}";`,
  );
  const declarations = [
    ...interfaces.map(({ entry, properties }) =>
      errorInterface(entry, properties, entryDoc(entry, model)),
    ),
    ...errors.views.map((view) =>
      unionAlias(view.name, view.entries, errors, viewDoc(view, model)),
    ),
    ...errors.groups.flatMap((group) => [
      groupAlias(group, errors),
      groupTable(group, errors, types),
    ]),
    errorIndex(errors),
    violationIndex(errors),
  ];
  const parts = [fileHeader.trimEnd(), importLines.join("\n"), ...declarations];
  return { path: "errors.ts", text: `${parts.join("\n\n")}\n` };
}

/** The members of every operation's union that no description lists. */
const ownErrors: readonly { readonly code: string; readonly name: string }[] = [
  { code: "undocumented", name: "UndocumentedError" },
  { code: "client.aborted", name: "AbortedError" },
  { code: "client.invalid_response", name: "InvalidResponseError" },
  { code: "client.network", name: "NetworkError" },
  { code: "client.signing", name: "SigningError" },
  { code: "client.timeout", name: "TimeoutError" },
];

/** Fields whose presence and type the run-time has checked when an error counts as documented. */
function decodedFields({ subCode }: ErrorEntry): readonly string[] {
  return subCode === undefined
    ? ["code", "message"]
    : ["code", "entity_type", "sub_code", "message"];
}

function errorInterface(
  entry: ErrorEntry,
  properties: readonly TypeProperty[],
  doc: DocComment,
): string {
  const constants = [
    { name: "code", value: entry.code },
    { name: "entity_type", value: entry.entityType },
    { name: "sub_code", value: entry.subCode },
  ];
  const described = new Set(properties.map(({ name }) => name.toString()));
  return interfaceOf(identifier(entry.name).toString(), doc, [
    ...constants.flatMap(({ name, value }) =>
      value === undefined
        ? []
        : [{ name, type: stringLiteral(value).toString() }],
    ),
    messageProperty,
    ...properties.map(propertyStructure),
    ...(entry.subCode === undefined ? violationFields : []).filter(
      ({ name }) => !described.has(name),
    ),
  ]);
}

const messageProperty: OptionalKind<PropertySignatureStructure> = {
  name: "message",
  type: "string",
  docs: docsOf({ text: ["What went wrong, in plain language."] }),
};

/** An exported interface; ts-morph prints its members. */
function interfaceOf(
  name: string,
  doc: DocComment,
  properties: OptionalKind<PropertySignatureStructure>[],
): string {
  const writer = new CodeBlockWriter({ indentNumberOfSpaces: 2 });
  Writers.objectType({ properties })(writer);
  return withDoc(doc, `export interface ${name} ${writer.toString()}`);
}

function withDoc(doc: DocComment, declaration: string): string {
  const comment = docComment(doc).toString();
  return comment === "" ? declaration : `${comment}\n${declaration}`;
}

/**
 * What is known of a violation's fields in an error that is none: they can be read,
 * and narrowed by, in a union with violations. A documented error that arrives with a
 * sub-code is not this one; an entity type the API may add.
 */
const violationFields: readonly OptionalKind<PropertySignatureStructure>[] = [
  { name: "entity_type", type: "unknown", hasQuestionToken: true },
  { name: "sub_code", type: "undefined", hasQuestionToken: true },
];

function propertyStructure(
  property: TypeProperty,
): OptionalKind<PropertySignatureStructure> {
  return {
    name: property.name.toString(),
    type: property.type.toString(),
    hasQuestionToken: property.isOptional,
    docs: docsOf(property.doc),
  };
}

function groupAlias(group: ErrorGroup, errors: ErrorCatalogue): string {
  return unionAlias(group.name, group.entries, errors, {
    text: [group.description],
  });
}

function unionAlias(
  name: string,
  keys: readonly string[],
  errors: ErrorCatalogue,
  doc: DocComment,
): string {
  const union = entriesOfKeys(keys, errors)
    .map((entry) => identifier(entry.name).toString())
    .join(" | ");
  return withDoc(doc, `export type ${identifier(name).toString()} = ${union};`);
}

function groupTable(
  group: ErrorGroup,
  errors: ErrorCatalogue,
  types: SchemaTypes,
): string {
  const keys = documentedKeys(entriesOfKeys(group.entries, errors), types);
  return withDoc(
    { text: [`The keys of ${group.name}, for the run-time.`] },
    `export const ${identifier(group.table).toString()}: readonly string[] = ${jsonLiteral(keys).toString()};`,
  );
}

/** Every error by its code; of a code with violations their union. */
function errorIndex(errors: ErrorCatalogue): string {
  const codes = new Map<string, string[]>();
  const add = (code: string, name: string): void => {
    const known = codes.get(code);
    if (known) known.push(name);
    else codes.set(code, [name]);
  };
  for (const { code, name, subCode } of errors.entries) {
    if (subCode === undefined) add(code, name);
  }
  for (const { by, value, name } of errors.views) {
    if (by === "code") add(value, name);
  }
  for (const { code, name } of ownErrors) add(code, name);
  return interfaceOf(
    "ErrorsByCode",
    { text: ["Every error that any operation can fail with."] },
    [...codes].map(([code, names]) => ({
      name: propertyKey(code).toString(),
      type: names.map((name) => identifier(name).toString()).join(" | "),
    })),
  );
}

/** Every violation by its code, entity type and sub-code. */
function violationIndex(errors: ErrorCatalogue): string {
  const codes = new Map<string, Map<string, string[]>>();
  for (const { code, entityType, subCode, name } of errors.entries) {
    if (entityType === undefined || subCode === undefined) continue;
    const types = codes.get(code) ?? new Map<string, string[]>();
    codes.set(code, types);
    const member = `${propertyKey(subCode).toString()}: ${identifier(name).toString()};`;
    const members = types.get(entityType);
    if (members) members.push(member);
    else types.set(entityType, [member]);
  }
  return interfaceOf(
    "ViolationsByCode",
    { text: ["Every violation, by code, entity type and sub-code."] },
    [...codes].map(([code, types]) => ({
      name: propertyKey(code).toString(),
      type: `{ ${[...types]
        .map(
          ([type, members]) =>
            `${propertyKey(type).toString()}: { ${members.join(" ")} };`,
        )
        .join(" ")} }`,
    })),
  );
}

/** The entries of the catalogue with these keys, in its order. */
export function entriesOfKeys(
  keys: readonly string[],
  errors: ErrorCatalogue,
): readonly ErrorEntry[] {
  const places = placesByKey(errors);
  return keys
    .flatMap((key) => places.get(key) ?? [])
    .sort((left, right) => left - right)
    .flatMap((place) => errors.entries[place] ?? []);
}

const placesOf = new WeakMap<ErrorCatalogue, ReadonlyMap<string, number>>();

/** Where each entry stands in a catalogue; looked up for every operation, so found out once. */
function placesByKey(errors: ErrorCatalogue): ReadonlyMap<string, number> {
  const known = placesOf.get(errors);
  if (known) return known;
  const places = new Map(errors.entries.map(({ key }, place) => [key, place]));
  placesOf.set(errors, places);
  return places;
}

function docsOf(comment: DocComment): OptionalKind<JSDocStructure>[] {
  const lines = docLines(comment);
  if (lines.length === 0) return [];
  // ts-morph prints a description that starts with a line break over several lines.
  const description = lines.length === 1 ? lines[0] : `\n${lines.join("\n")}`;
  return [{ description: description ?? "" }];
}
