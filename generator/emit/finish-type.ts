import ts from "typescript";
import { identifier } from "./encoded.js";
import type { DocComment } from "./encoded.js";
import { printSyntax, withDoc } from "./syntax-printer.js";

/** What the description says about a property, until it is finished. */
export type PropertyDocs = Map<ts.Node, DocComment>;

/** Turns `components["schemas"]["Name"]` into `Name`, and comments of openapi-typescript into ours. */
export function finishType(type: ts.TypeNode, docs: PropertyDocs): ts.TypeNode {
  const finish: ts.TransformerFactory<ts.TypeNode> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const name = referencedSchema(node);
      if (name !== undefined) {
        return ts.factory.createTypeReferenceNode(identifier(name).toString());
      }
      const plain = withoutRequired(node);
      if (plain !== undefined) return ts.visitNode(plain, visit);
      const literal = stringInDisguise(node);
      if (literal !== undefined) return literal;
      const visited = withoutRepeats(
        mergeOpenObject(ts.visitEachChild(node, visit, context)),
      );
      const doc = docs.get(node);
      if (doc === undefined) return visited;
      return withDoc(ts.setSyntheticLeadingComments(visited, undefined), doc);
    };
    return (node) => ts.visitNode(node, visit, ts.isTypeNode);
  };
  return ts.transform(type, [finish]).transformed[0] ?? type;
}

/**
 * openapi-typescript makes an identifier of the JSON of a string; as a literal it gets
 * the printer's escapes, for characters too that JSON leaves as they are.
 */
function stringInDisguise(node: ts.Node): ts.TypeNode | undefined {
  if (!ts.isIdentifier(node) || !node.text.startsWith('"')) return undefined;
  const text: unknown = JSON.parse(node.text);
  return ts.factory.createLiteralTypeNode(
    ts.factory.createStringLiteral(String(text)),
  );
}

/** `T` of `WithRequired<T, "a">`: the structure describes all that it requires by itself. */
function withoutRequired(node: ts.Node): ts.TypeNode | undefined {
  return ts.isTypeReferenceNode(node) &&
    ts.isIdentifier(node.typeName) &&
    node.typeName.text === "WithRequired"
    ? node.typeArguments?.[0]
    : undefined;
}

/** A union in which no name or literal stands twice. */
function withoutRepeats(node: ts.Node): ts.Node {
  if (!ts.isUnionTypeNode(node)) return node;
  const seen = new Set<string>();
  const types = node.types.filter((type) => {
    const key = repeatable(type);
    const isRepeat = key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    return !isRepeat;
  });
  const [only, ...more] = types;
  if (types.length === node.types.length) return node;
  return only && more.length === 0
    ? only
    : ts.factory.createUnionTypeNode(types);
}

/** What tells a name or a literal from others. */
function repeatable(type: ts.Node): string | undefined {
  if (ts.isLiteralTypeNode(type)) return repeatable(type.literal);
  if (ts.isStringLiteral(type)) return JSON.stringify(type.text);
  if (ts.isNumericLiteral(type)) return type.text;
  const isName = ts.isTypeReferenceNode(type) && !type.typeArguments;
  return isName && ts.isIdentifier(type.typeName)
    ? type.typeName.text
    : undefined;
}

/** `{ a: A } & { [key: string]: B }` as one object type, of which values can be written. */
function mergeOpenObject(node: ts.Node): ts.Node {
  if (!ts.isIntersectionTypeNode(node)) return node;
  const [named, open, ...more] = node.types;
  if (!named || !open || more.length > 0) return node;
  if (!ts.isTypeLiteralNode(named) || !ts.isTypeLiteralNode(open)) return node;
  const [signature, ...others] = open.members;
  const isOpen =
    signature !== undefined &&
    others.length === 0 &&
    ts.isIndexSignatureDeclaration(signature);
  return isOpen
    ? ts.factory.createTypeLiteralNode([
        ...named.members,
        withMembers(signature, named.members),
      ])
    : node;
}

/** An index signature that also allows what the named properties hold, as TypeScript demands. */
function withMembers(
  signature: ts.IndexSignatureDeclaration,
  members: readonly ts.TypeElement[],
): ts.IndexSignatureDeclaration {
  const { factory } = ts;
  if (signature.type.kind === ts.SyntaxKind.UnknownKeyword) return signature;
  const properties = members.filter((member) => ts.isPropertySignature(member));
  const types = properties.flatMap(({ type }) => (type ? [type] : []));
  const isOptional = properties.some(({ questionToken }) => questionToken);
  const all = [
    signature.type,
    ...types,
    ...(isOptional
      ? [factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword)]
      : []),
  ];
  const distinct = new Map(
    all.map((type) => [printSyntax(type).toString(), type]),
  );
  return factory.createIndexSignature(
    signature.modifiers,
    signature.parameters,
    factory.createUnionTypeNode([...distinct.values()]),
  );
}

function referencedSchema(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node)) return undefined;
  const { objectType, indexType } = node;
  if (!ts.isIndexedAccessTypeNode(objectType)) return undefined;
  const root = objectType.objectType;
  const isSchemas =
    ts.isTypeReferenceNode(root) &&
    ts.isIdentifier(root.typeName) &&
    root.typeName.text === "components";
  if (!isSchemas || !ts.isLiteralTypeNode(indexType)) return undefined;
  return ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}
