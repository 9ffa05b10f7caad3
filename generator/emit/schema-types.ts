import { transformSchemaObject } from "openapi-typescript";
import ts from "typescript";
import type { ApiModel, Schema, SchemaObject } from "../model/api-model.js";
import { tagAlternatives } from "./discriminators.js";
import { asOneObject, describedIn } from "./described-property.js";
import { identifier } from "./encoded.js";
import type { DocComment, Encoded } from "./encoded.js";
import { finishType } from "./finish-type.js";
import type { PropertyDocs } from "./finish-type.js";
import { openEnumType, unrecognized } from "./open-enum-type.js";
import { docOf, schemaDoc, schemaStructures } from "./schema-structure.js";
import type { SchemaStructure } from "./schema-structure.js";
import { printSyntax, withDoc } from "./syntax-printer.js";
import { ownMember } from "../own-member.js";

/** A printed declaration and the names of the schemas that it uses. */
export interface TypeDeclaration {
  readonly code: Encoded;
  readonly uses: readonly string[];
}

interface DeclarationOptions {
  /** Stands in for the schema's own description. */
  readonly doc?: string;
  /** Whether the type also admits undefined. */
  readonly orUndefined?: boolean;
}

/** The printed parts of properties and the names of the schemas that they use. */
interface TypeProperties {
  readonly properties: readonly TypeProperty[];
  readonly uses: readonly string[];
}

export interface TypeProperty {
  readonly name: Encoded;
  readonly type: Encoded;
  readonly isOptional: boolean;
  readonly doc: DocComment;
}

/** Prints schemas as TypeScript declarations. */
export interface SchemaTypes {
  /** An exported interface where the schema is an object, otherwise a type alias. */
  declare(
    name: string,
    schema: Schema,
    options?: DeclarationOptions,
  ): TypeDeclaration;
  /** The properties of an object schema, whatever it is composed of, except some. */
  properties(schema: Schema, except: readonly string[]): TypeProperties;
  /** Whether an object schema describes a property, whatever it is composed of. */
  describes(schema: Schema, name: string): boolean;
}

/** @param model - its named schemas are what `$ref`s in any other schema mean */
export function schemaTypes(model: ApiModel): SchemaTypes {
  const tagged = tagAlternatives(model);
  const structureOf = schemaStructures(tagged);
  const schemas = Object.fromEntries(
    [...tagged].map(([name, schema]) => [name, structureOf(schema)]),
  );
  const propertyDocs: PropertyDocs = new Map();
  const context = transformContext(schemas, propertyDocs);
  const names = new Set([...Object.keys(schemas), unrecognized]);

  const typeOf = (structure: SchemaStructure, path: string): ts.TypeNode => {
    const node = transformSchemaObject(structure as SchemaArgument, {
      path,
      ctx: context,
    });
    return finishType(node, propertyDocs);
  };

  return {
    declare: (name, schema, options = {}) => {
      // A named schema may have tags.
      const structure = ownMember(schemas, name) ?? structureOf(schema);
      const present = typeOf(structure, `#/components/schemas/${name}`);
      const type = options.orUndefined ? orUndefined(present) : present;
      const declaration = withDoc(declarationOf(name, type), {
        text: [options.doc ?? schemaDoc(schema).text],
        deprecated: schemaDoc(schema).deprecated,
      });
      return { code: printSyntax(declaration), uses: namesUsed(type, names) };
    },
    properties: (schema, except) => {
      if (hasNoOther(schema, except)) return { properties: [], uses: [] };
      const structure = structureOf(asOneObject(schema, tagged));
      const type = typeOf(structure, "#");
      const members = ts.isTypeLiteralNode(type) ? [...type.members] : [];
      const properties = members
        .filter((member) => ts.isPropertySignature(member))
        .filter((member) => !except.includes(nameOf(member)));
      return {
        properties: properties.map((property) => ({
          name: printSyntax(property.name),
          type: printSyntax(property.type ?? unknownType),
          isOptional: property.questionToken !== undefined,
          doc: docOf(propertySchema(structure, nameOf(property))),
        })),
        uses: properties.flatMap((property) => namesUsed(property, names)),
      };
    },
    describes: (schema, name) =>
      describedIn([schema], name, tagged) !== undefined,
  };
}

/** Whether an object schema describes no properties but these, as most errors do. */
function hasNoOther(schema: Schema, names: readonly string[]): boolean {
  if (typeof schema === "boolean") return true;
  const { properties = {}, required = [] } = schema;
  const isComposed = composingKeywords.some((keyword) => keyword in schema);
  const described = Object.keys(properties as object);
  return (
    !isComposed &&
    [...described, ...(required as readonly string[])].every((name) =>
      names.includes(name),
    )
  );
}

const composingKeywords = ["$ref", "allOf", "anyOf", "oneOf", "enum", "const"];

function orUndefined(type: ts.TypeNode): ts.TypeNode {
  const { factory } = ts;
  const none = factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  return type.kind === ts.SyntaxKind.NeverKeyword
    ? none
    : factory.createUnionTypeNode([type, none]);
}

type SchemaArgument = Parameters<typeof transformSchemaObject>[0];
type TransformOptions = Parameters<typeof transformSchemaObject>[1];
type Context = TransformOptions["ctx"];

/** What openapi-typescript reads from a context while it transforms a schema. */
function transformContext(
  schemas: Readonly<Record<string, SchemaStructure>>,
  propertyDocs: PropertyDocs,
): Context {
  const context: Partial<Context> = {
    additionalProperties: false,
    arrayLength: false,
    defaultNonNullable: false,
    // What discriminators say stands in the schemas.
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    injectFooter: [],
    silent: true,
    resolve: (reference) =>
      schemas[reference.replace("#/components/schemas/", "")] as never,
    transform: (schema: object, options) =>
      openEnumType(schema as SchemaObject) ??
      binary(schema as SchemaObject) ??
      tuple(schema as SchemaObject, options),
    transformProperty: (property, schema) => {
      propertyDocs.set(property, docOf(schema));
      return undefined;
    },
  };
  return context as Context;
}

/** Bytes, which JSON cannot hold but bodies and the fields of multipart forms can. */
function binary(schema: SchemaObject): ts.TypeNode | undefined {
  const { factory } = ts;
  if (schema["type"] !== "string" || schema["format"] !== "binary") {
    return undefined;
  }
  const blob = factory.createTypeReferenceNode("Blob");
  return schema["nullable"] === true
    ? factory.createUnionTypeNode([
        blob,
        factory.createLiteralTypeNode(factory.createNull()),
      ])
    : blob;
}

/**
 * A list whose first items have types of their own. They are all there unless
 * `minItems` says otherwise, and others may follow unless the schema says otherwise.
 */
function tuple(
  schema: SchemaObject,
  options: TransformOptions,
): ts.TypeNode | undefined {
  const { type, prefixItems, items = true, minItems, maxItems } = schema;
  if (type !== "array" || !Array.isArray(prefixItems)) return undefined;
  const { factory } = ts;
  const typeOf = (each: unknown): ts.TypeNode =>
    transformSchemaObject(each as SchemaArgument, options);
  const first = prefixItems.map((each, index) =>
    index < Number(minItems ?? prefixItems.length)
      ? typeOf(each)
      : factory.createOptionalTypeNode(typeOf(each)),
  );
  const isWhole = items === false || Number(maxItems) <= prefixItems.length;
  return factory.createTupleTypeNode(
    isWhole
      ? first
      : [
          ...first,
          factory.createRestTypeNode(
            factory.createArrayTypeNode(typeOf(items)),
          ),
        ],
  );
}

function declarationOf(
  name: string,
  type: ts.TypeNode,
): ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  const { factory } = ts;
  const modifiers = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  return ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(
        modifiers,
        identifier(name).toString(),
        undefined,
        undefined,
        type.members,
      )
    : factory.createTypeAliasDeclaration(
        modifiers,
        identifier(name).toString(),
        undefined,
        type,
      );
}

function namesUsed(
  root: ts.Node,
  names: ReadonlySet<string>,
): readonly string[] {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      if (names.has(node.typeName.text)) used.add(node.typeName.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return [...used].sort();
}

const unknownType = ts.factory.createKeywordTypeNode(
  ts.SyntaxKind.UnknownKeyword,
);

function nameOf({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

function propertySchema(
  structure: SchemaStructure,
  name: string,
): SchemaStructure {
  if (typeof structure === "boolean") return structure;
  const properties = structure["properties"] as
    Readonly<Record<string, SchemaStructure>> | undefined;
  return (properties && ownMember(properties, name)) ?? true;
}
