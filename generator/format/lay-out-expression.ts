import { builders, utils } from "prettier/doc";
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

const { conditionalGroup, fill, group, ifBreak, indent, line, softline } =
  builders;

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
  if (ts.isArrowFunction(node)) return arrow(node, source);
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

/** A function that does nothing but call another. */
function arrow(node: ts.ArrowFunction, source: ts.SourceFile): Doc {
  const { parameters, body, modifiers, typeParameters, type } = node;
  if (!ts.isCallExpression(body) || modifiers || typeParameters || type) {
    throw new UnknownSyntax();
  }
  const members = parameters.map((parameter) => {
    const { name, initializer, questionToken, dotDotDotToken } = parameter;
    const isBare = !initializer && !questionToken && !dotDotDotToken;
    if (!ts.isIdentifier(name) || !isBare || parameter.type) {
      throw new UnknownSyntax();
    }
    return name.text;
  });
  return group([
    list({ open: "(", members, close: ")" }),
    " =>",
    group(indent([line, layOutExpression(body, source)])),
  ]);
}

/** A call. A list or object at its end opens in place when that is enough. */
function call(node: ts.CallExpression, source: ts.SourceFile): Doc {
  const { expression, typeArguments } = node;
  if (!ts.isIdentifier(expression) || typeArguments) throw new UnknownSyntax();
  const members = node.arguments.map((each) => layOutExpression(each, source));
  const broken = list({ open: "(", members, close: ")" });
  const last = members.at(-1);
  if (last === undefined || !opensAtEnd(node.arguments)) {
    return [expression.text, broken];
  }
  const before = members.slice(0, -1).flatMap((each) => [each, ", "]);
  return [
    expression.text,
    utils.willBreak(last) ? builders.breakParent : "",
    conditionalGroup([
      ["(", ...before, last, ")"],
      ["(", ...before, group(last, { shouldBreak: true }), ")"],
      group(broken, { shouldBreak: true }),
    ]),
  ];
}

function opensAtEnd(nodes: ts.NodeArray<ts.Expression>): boolean {
  const [last, ...before] = [...nodes].reverse();
  if (!last) return false;
  const isOpening = (each: ts.Expression): boolean =>
    ts.isArrayLiteralExpression(each) || ts.isObjectLiteralExpression(each);
  // How several of them wrap depends on more than their kind.
  if (before.some(isOpening) && isOpening(last)) throw new UnknownSyntax();
  if (ts.isObjectLiteralExpression(last)) return last.properties.length > 0;
  if (!ts.isArrayLiteralExpression(last)) return false;
  if (last.elements.every((each) => ts.isNumericLiteral(each))) {
    throw new UnknownSyntax();
  }
  return true;
}
