import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import ts from "typescript";
import { layOutMembers } from "./lay-out-members.js";
import {
  list,
  numericLiteral,
  stringLiteral,
  UnknownSyntax,
} from "./layout-parts.js";

const { align, group, ifBreak, indent, join, line, softline } = builders;

/** A type without the parentheses around it; the layout puts in those that it needs. */
export function bareType(node: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(node) ? bareType(node.type) : node;
}

/** Lays a type out as prettier does. */
export function layOutType(type: ts.TypeNode, source: ts.SourceFile): Doc {
  const node = bareType(type);
  if (ts.isTypeLiteralNode(node)) {
    return layOutMembers(node.members, source, layOutType, false);
  }
  if (ts.isTypeReferenceNode(node)) {
    return [
      entityName(node.typeName),
      ...(node.typeArguments
        ? [typeArguments(node.typeArguments, source)]
        : []),
    ];
  }
  if (ts.isLiteralTypeNode(node)) return literal(node.literal, source);
  if (ts.isArrayTypeNode(node)) {
    return [operand(node.elementType, source), "[]"];
  }
  if (ts.isUnionTypeNode(node)) return union(node, source);
  if (ts.isIntersectionTypeNode(node)) return intersection(node, source);
  if (ts.isTupleTypeNode(node)) return tuple(node, source);
  if (ts.isIndexedAccessTypeNode(node)) {
    return [
      operand(node.objectType, source),
      "[",
      layOutType(node.indexType, source),
      "]",
    ];
  }
  if (ts.isTypeQueryNode(node) && !node.typeArguments) {
    return `typeof ${entityName(node.exprName)}`;
  }
  if (ts.isTypeOperatorNode(node)) {
    return [
      `${ts.tokenToString(node.operator) ?? ""} `,
      constituent(node.type, source),
    ];
  }
  if (isKeyword(node)) return node.getText(source);
  throw new UnknownSyntax();
}

function isKeyword(node: ts.TypeNode): boolean {
  return (
    node.kind >= ts.SyntaxKind.FirstKeyword &&
    node.kind <= ts.SyntaxKind.LastKeyword
  );
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name)
    ? name.text
    : `${entityName(name.left)}.${name.right.text}`;
}

function literal(
  node: ts.LiteralTypeNode["literal"],
  source: ts.SourceFile,
): Doc {
  if (ts.isStringLiteral(node)) return stringLiteral(node, source);
  if (ts.isNumericLiteral(node)) return numericLiteral(node, source);
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken &&
    ts.isNumericLiteral(node.operand)
  ) {
    return `-${numericLiteral(node.operand, source)}`;
  }
  const isWord =
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword;
  if (!isWord) throw new UnknownSyntax();
  return node.getText(source);
}

/** Whether a type on its own keeps to the brackets around it. */
function hugs(type: ts.TypeNode): boolean {
  const node = bareType(type);
  return (
    isKeyword(node) ||
    ts.isLiteralTypeNode(node) ||
    ts.isTypeLiteralNode(node) ||
    (ts.isTypeReferenceNode(node) && !node.typeArguments) ||
    (ts.isUnionTypeNode(node) && isNullable(node))
  );
}

/** `{ … } | null` or `Name | null`. */
function isNullable(node: ts.UnionTypeNode): boolean {
  const types = node.types.map(bareType);
  const isNamed = (type: ts.TypeNode): boolean =>
    ts.isTypeLiteralNode(type) || ts.isTypeReferenceNode(type);
  const isNothing = (type: ts.TypeNode): boolean =>
    type.kind === ts.SyntaxKind.VoidKeyword ||
    (ts.isLiteralTypeNode(type) &&
      type.literal.kind === ts.SyntaxKind.NullKeyword);
  const named = types.find(isNamed);
  return (
    named !== undefined &&
    types.every((type) => type === named || isNothing(type))
  );
}

function typeArguments(
  nodes: ts.NodeArray<ts.TypeNode>,
  source: ts.SourceFile,
): Doc {
  const members = nodes.map((each) => {
    const node = bareType(each);
    return ts.isUnionTypeNode(node)
      ? unionOf(node, source, "argument")
      : layOutType(node, source);
  });
  const [only, ...more] = nodes;
  if (only && more.length === 0 && hugs(only)) return ["<", ...members, ">"];
  return list({ open: "<", members, close: ">", hasTrailingComma: false });
}

function tuple(node: ts.TupleTypeNode, source: ts.SourceFile): Doc {
  const isAlone = node.elements.length === 1;
  const members = node.elements.map((each) => {
    const element = bareType(each);
    if (ts.isNamedTupleMember(element)) throw new UnknownSyntax();
    if (ts.isRestTypeNode(element)) {
      if (ts.isUnionTypeNode(bareType(element.type))) throw new UnknownSyntax();
      return ["...", layOutType(element.type, source)];
    }
    return ts.isUnionTypeNode(element)
      ? unionOf(element, source, isAlone ? "argument" : "element")
      : layOutType(element, source);
  });
  const hasRest = node.elements.some((element) => ts.isRestTypeNode(element));
  return list({ open: "[", members, close: "]", hasTrailingComma: !hasRest });
}

function union(node: ts.UnionTypeNode, source: ts.SourceFile): Doc {
  return unionOf(node, source, "value");
}

/** @param place - decides what a union that does not fit on its line looks like */
function unionOf(
  node: ts.UnionTypeNode,
  source: ts.SourceFile,
  place: "value" | "argument" | "element" | "parenthesis",
): Doc {
  if (isNullable(node)) {
    return join(
      " | ",
      node.types.map((type) => layOutType(type, source)),
    );
  }
  const types = node.types.map((type) => align(2, constituent(type, source)));
  const alternatives = [ifBreak("| "), join([line, "| "], types)];
  switch (place) {
    case "argument":
      return group(alternatives);
    case "parenthesis":
      return group([indent([softline, group(alternatives)]), softline]);
    case "element":
      return group([
        indent([ifBreak(["(", softline]), alternatives]),
        softline,
        ifBreak(")"),
      ]);
    case "value":
      return group(indent([softline, group(alternatives)]));
  }
}

/** A type with something behind it, such as brackets. */
function operand(type: ts.TypeNode, source: ts.SourceFile): Doc {
  const node = bareType(type);
  return ts.isTypeQueryNode(node) || ts.isTypeOperatorNode(node)
    ? ["(", layOutType(node, source), ")"]
    : constituent(node, source);
}

/** A type that is combined with others. */
function constituent(type: ts.TypeNode, source: ts.SourceFile): Doc {
  const node = bareType(type);
  if (ts.isUnionTypeNode(node)) {
    return ["(", unionOf(node, source, "parenthesis"), ")"];
  }
  return ts.isIntersectionTypeNode(node)
    ? ["(", layOutType(node, source), ")"]
    : layOutType(node, source);
}

/** Objects stay on the line of what they are combined with; anything else may wrap. */
function intersection(
  { types }: ts.IntersectionTypeNode,
  source: ts.SourceFile,
): Doc {
  let isIndented = false;
  const printed = types.map((type, index): Doc => {
    const content = constituent(type, source);
    const before = types[index - 1];
    if (before === undefined) return content;
    const isObject = ts.isTypeLiteralNode(bareType(type));
    const isAfterObject = ts.isTypeLiteralNode(bareType(before));
    if (!isObject && !isAfterObject) return indent([" &", line, content]);
    if (isObject && isAfterObject) {
      return [" & ", isIndented ? indent(content) : content];
    }
    if (index > 1) isIndented = true;
    return [" & ", index > 1 ? indent(content) : content];
  });
  return group(printed);
}
