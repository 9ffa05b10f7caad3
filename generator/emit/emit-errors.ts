import { Project, StructureKind, VariableDeclarationKind } from "ts-morph";
import type {
  ImportDeclarationStructure,
  InterfaceDeclarationStructure,
  JSDocStructure,
  OptionalKind,
  PropertySignatureStructure,
  TypeAliasDeclarationStructure,
  VariableStatementStructure,
} from "ts-morph";
import type {
  ErrorCatalogue,
  ErrorEntry,
  ErrorGroup,
  ErrorView,
} from "../model/api-model.js";
import { docLines, identifier, jsonLiteral, stringLiteral } from "./encoded.js";
import type { DocComment } from "./encoded.js";
import { errorTable } from "./error-table.js";
import { fileHeader } from "./file-header.js";
import type { ImportStyle } from "./import-style.js";
import type { SchemaTypes, TypeProperty } from "./schema-types.js";
import type { SourceFile } from "./source-file.js";
import { typeImports } from "./type-imports.js";

/**
 * Declares the error catalogue: an interface for every documented error, unions by
 * code, entity type and sub-code, and unions and tables of shared error responses.
 */
export function emitErrors(
  errors: ErrorCatalogue,
  types: SchemaTypes,
  imports: ImportStyle,
): SourceFile {
  const interfaces = errors.entries.map((entry) => ({
    entry,
    ...types.properties(entry.schema, decodedFields),
  }));
  const uses = interfaces.flatMap((each) => each.uses);
  if (errors.groups.length > 0) uses.push("DocumentedErrors");
  const importStructures: ImportStructure[] = typeImports(uses, ".").map(
    ({ names, from }) => ({
      kind: StructureKind.ImportDeclaration,
      isTypeOnly: true,
      moduleSpecifier: imports.specifier(from),
      namedImports: [...names],
    }),
  );
  const declarations = [
    ...interfaces.map(({ entry, properties }) =>
      errorInterface(entry, properties),
    ),
    ...errors.views.map((view) => viewAlias(view, errors)),
    ...errors.groups.flatMap((group) => [
      groupAlias(group, errors),
      groupTable(group, errors),
    ]),
  ];
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile("errors.ts", {
    statements: [
      ...importStructures,
      ...declarations.map((each) => ({ ...each, leadingTrivia: "\n" })),
    ],
  });
  return { path: "errors.ts", text: `${fileHeader}\n${file.getFullText()}` };
}

/** Fields whose presence and type the run-time has checked when an error counts as documented. */
const decodedFields = ["code", "entity_type", "sub_code", "message"];

type ImportStructure = ImportDeclarationStructure & {
  kind: StructureKind.ImportDeclaration;
};
type InterfaceStructure = InterfaceDeclarationStructure & {
  kind: StructureKind.Interface;
};
type AliasStructure = TypeAliasDeclarationStructure & {
  kind: StructureKind.TypeAlias;
};
type VariableStructure = VariableStatementStructure & {
  kind: StructureKind.VariableStatement;
};

function errorInterface(
  entry: ErrorEntry,
  properties: readonly TypeProperty[],
): InterfaceStructure {
  const constants = [
    { name: "code", value: entry.code },
    { name: "entity_type", value: entry.entityType },
    { name: "sub_code", value: entry.subCode },
  ];
  return {
    kind: StructureKind.Interface,
    name: identifier(entry.name).toString(),
    isExported: true,
    docs: docsOf({
      text: [entry.documentation.description, whereDocumented(entry)],
      see: entry.documentation.url,
      deprecated: entry.documentation.deprecated,
    }),
    properties: [
      ...constants.flatMap(({ name, value }) =>
        value === undefined
          ? []
          : [{ name, type: stringLiteral(value).toString() }],
      ),
      {
        name: "message",
        type: "string",
        docs: docsOf({ text: ["What went wrong, in plain language."] }),
      },
      ...properties.map(propertyStructure),
    ],
  };
}

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

/** At most this many operations are listed by name. */
const listedOperations = 6;

function whereDocumented(entry: ErrorEntry): string {
  const statuses = entry.statuses.filter((status) => /^\d/.test(status));
  const http =
    statuses.length === 0
      ? "HTTP status not documented."
      : `HTTP ${statuses.join(" or ")}.`;
  const { operations, groups } = entry;
  const listed = operations.slice(0, listedOperations).join(", ");
  const more = operations.length - listedOperations;
  return [
    http,
    ...(operations.length === 0
      ? []
      : [`Documented for ${listed}${more > 0 ? ` and ${more} more` : ""}.`]),
    ...(groups.length === 0 ? [] : [`Part of ${groups.join(" and ")}.`]),
  ].join(" ");
}

function viewAlias(view: ErrorView, errors: ErrorCatalogue): AliasStructure {
  const subject = {
    code: "Every documented error with code",
    entity_type: "Every documented violation of entity type",
    sub_code: "Every documented violation with sub-code",
  }[view.by];
  return unionAlias(view.name, view.entries, errors, {
    text: [`${subject} ${view.value}.`],
  });
}

function groupAlias(group: ErrorGroup, errors: ErrorCatalogue): AliasStructure {
  return unionAlias(group.name, group.entries, errors, {
    text: [group.description],
  });
}

function unionAlias(
  name: string,
  keys: readonly string[],
  errors: ErrorCatalogue,
  doc: DocComment,
): AliasStructure {
  return {
    kind: StructureKind.TypeAlias,
    name: identifier(name).toString(),
    isExported: true,
    docs: docsOf(doc),
    type: entriesOfKeys(keys, errors)
      .map((entry) => identifier(entry.name).toString())
      .join(" | "),
  };
}

function groupTable(
  group: ErrorGroup,
  errors: ErrorCatalogue,
): VariableStructure {
  const table = errorTable(entriesOfKeys(group.entries, errors));
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: docsOf({ text: [`The codes of ${group.name}, for the run-time.`] }),
    declarations: [
      {
        name: identifier(group.table).toString(),
        type: "DocumentedErrors",
        initializer: jsonLiteral(table).toString(),
      },
    ],
  };
}

/** The entries of the catalogue with these keys, in its order. */
export function entriesOfKeys(
  keys: readonly string[],
  errors: ErrorCatalogue,
): readonly ErrorEntry[] {
  const wanted = new Set(keys);
  return errors.entries.filter(({ key }) => wanted.has(key));
}

function docsOf(comment: DocComment): OptionalKind<JSDocStructure>[] {
  const lines = docLines(comment);
  if (lines.length === 0) return [];
  // ts-morph prints a description that starts with a line break over several lines.
  const description = lines.length === 1 ? lines[0] : `\n${lines.join("\n")}`;
  return [{ description: description ?? "" }];
}
