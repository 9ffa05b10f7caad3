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

/** Lays a type out as prettier does. */
export function layOutType(node: ts.TypeNode, source: ts.SourceFile): Doc {
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
    return [layOutType(node.elementType, source), "[]"];
  }
  if (ts.isUnionTypeNode(node)) return union(node, source);
  if (ts.isIntersectionTypeNode(node)) return intersection(node, source);
  if (ts.isParenthesizedTypeNode(node)) return parenthesized(node, source);
  if (ts.isTupleTypeNode(node)) return tuple(node, source);
  if (ts.isIndexedAccessTypeNode(node)) {
    return [
      layOutType(node.objectType, source),
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
      layOutType(node.type, source),
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
function hugs(node: ts.TypeNode): boolean {
  return (
    isKeyword(node) ||
    ts.isLiteralTypeNode(node) ||
    ts.isTypeLiteralNode(node) ||
    (ts.isTypeReferenceNode(node) && !node.typeArguments) ||
    (ts.isUnionTypeNode(node) && isNullable(node))
  );
}

/** `{ … } | null` or `Name | null`. */
function isNullable({ types }: ts.UnionTypeNode): boolean {
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
  const members = nodes.map((node) =>
    ts.isUnionTypeNode(node)
      ? unionOf(node, source, "argument")
      : layOutType(node, source),
  );
  const [only, ...more] = nodes;
  if (only && more.length === 0 && hugs(only)) return ["<", ...members, ">"];
  return list({ open: "<", members, close: ">", hasTrailingComma: false });
}

function tuple(node: ts.TupleTypeNode, source: ts.SourceFile): Doc {
  const isAlone = node.elements.length === 1;
  const members = node.elements.map((element) => {
    if (ts.isNamedTupleMember(element)) throw new UnknownSyntax();
    if (ts.isRestTypeNode(element)) {
      if (ts.isUnionTypeNode(element.type)) throw new UnknownSyntax();
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
  const types = node.types.map((type) =>
    align(
      2,
      ts.isIntersectionTypeNode(type)
        ? ["(", layOutType(type, source), ")"]
        : layOutType(type, source),
    ),
  );
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

function parenthesized(
  node: ts.ParenthesizedTypeNode,
  source: ts.SourceFile,
): Doc {
  // Prettier takes others away.
  if (!needsParentheses(node)) throw new UnknownSyntax();
  const { type } = node;
  const content = ts.isUnionTypeNode(type)
    ? unionOf(type, source, "parenthesis")
    : layOutType(type, source);
  return ["(", content, ")"];
}

function needsParentheses(node: ts.ParenthesizedTypeNode): boolean {
  const { type, parent } = node;
  if (ts.isUnionTypeNode(type)) {
    return (
      isOperand(node) ||
      ts.isIntersectionTypeNode(parent) ||
      ts.isUnionTypeNode(parent)
    );
  }
  if (ts.isIntersectionTypeNode(type)) {
    return isOperand(node) || ts.isUnionTypeNode(parent);
  }
  return isOperand(node) && ts.isTypeQueryNode(type);
}

function isOperand({ parent }: ts.TypeNode): boolean {
  return (
    ts.isArrayTypeNode(parent) ||
    ts.isIndexedAccessTypeNode(parent) ||
    ts.isTypeOperatorNode(parent)
  );
}

/** Objects stay on the line of what they are combined with; anything else may wrap. */
function intersection(
  { types }: ts.IntersectionTypeNode,
  source: ts.SourceFile,
): Doc {
  let isIndented = false;
  const printed = types.map((type, index): Doc => {
    const content = layOutType(type, source);
    const before = types[index - 1];
    if (before === undefined) return content;
    const isObject = ts.isTypeLiteralNode(type);
    const isAfterObject = ts.isTypeLiteralNode(before);
    if (!isObject && !isAfterObject) return indent([" &", line, content]);
    if (isObject && isAfterObject) {
      return [" & ", isIndented ? indent(content) : content];
    }
    if (index > 1) isIndented = true;
    return [" & ", index > 1 ? indent(content) : content];
  });
  return group(printed);
}
