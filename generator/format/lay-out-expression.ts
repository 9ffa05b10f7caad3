import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import ts from "typescript";
import { braced } from "./lay-out-members.js";
import {
  assignment,
  list,
  numericLiteral,
  propertyName,
  stringLiteral,
  UnknownSyntax,
} from "./layout-parts.js";

const { fill, group, ifBreak, indent, line, softline } = builders;

/** Lays an expression out as prettier does: literals, and calls with names and objects. */
export function layOutExpression(
  node: ts.Expression,
  source: ts.SourceFile,
): Doc {
  if (ts.isStringLiteral(node)) return stringLiteral(node, source);
  if (ts.isNumericLiteral(node)) return numericLiteral(node, source);
  if (ts.isIdentifier(node)) return node.text;
  if (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  ) {
    return node.getText(source);
  }
  if (ts.isArrayLiteralExpression(node)) return array(node, source);
  if (ts.isObjectLiteralExpression(node)) return object(node, source);
  if (ts.isCallExpression(node)) return call(node, source);
  throw new UnknownSyntax();
}

function array(node: ts.ArrayLiteralExpression, source: ts.SourceFile): Doc {
  const { elements } = node;
  const members = elements.map((element) => layOutExpression(element, source));
  if (elements.length > 1 && elements.every(ts.isNumericLiteral)) {
    const parts = members.flatMap((member, index) =>
      index < members.length - 1 ? [[member, ","], line] : [[member]],
    );
    return group([
      "[",
      indent([softline, fill(parts)]),
      ifBreak(","),
      softline,
      "]",
    ]);
  }
  const content = list({ open: "[", members, close: "]", isGrouped: false });
  return group(content, { shouldBreak: isMatrix(elements) });
}

/** Several objects, or several arrays, of more than one member each. */
function isMatrix(elements: ts.NodeArray<ts.Expression>): boolean {
  const isLong = (members: ts.NodeArray<ts.Node>): boolean =>
    members.length > 1;
  return (
    elements.length > 1 &&
    (elements.every(
      (each) => ts.isObjectLiteralExpression(each) && isLong(each.properties),
    ) ||
      elements.every(
        (each) => ts.isArrayLiteralExpression(each) && isLong(each.elements),
      ))
  );
}

function object(node: ts.ObjectLiteralExpression, source: ts.SourceFile): Doc {
  return braced(
    node.properties,
    source,
    ",",
    (property) => {
      if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
      if (!ts.isPropertyAssignment(property)) throw new UnknownSyntax();
      const { name, initializer } = property;
      return assignment(
        propertyName(name, source),
        ":",
        layOutExpression(initializer, source),
        initializer,
      );
    },
    false,
  );
}

/** A call whose last argument is a name: an object there would stay beside the parenthesis. */
function call(node: ts.CallExpression, source: ts.SourceFile): Doc {
  const { expression, typeArguments } = node;
  const last = node.arguments.at(-1);
  if (!ts.isIdentifier(expression) || typeArguments) throw new UnknownSyntax();
  if (last && !ts.isIdentifier(last)) throw new UnknownSyntax();
  const members = node.arguments.map((each) => layOutExpression(each, source));
  return [expression.text, list({ open: "(", members, close: ")" })];
}
