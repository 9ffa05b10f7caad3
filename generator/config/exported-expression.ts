import { ts } from "ts-morph";

/** What a module exports as its default, in either module system; undefined when the text does not show it. */
export function exportedExpression(
  source: ts.SourceFile,
): ts.Expression | undefined {
  return source.statements
    .map(exportedBy)
    .find((expression) => expression !== undefined);
}

function exportedBy(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  return ts.isBinaryExpression(expression) &&
    expression.left.getText() === "module.exports"
    ? expression.right
    : undefined;
}

/** The expression behind parentheses, `… as Config`, `… satisfies Config` and the name of a constant. */
export function plainExpression(
  source: ts.SourceFile,
  node: ts.Expression,
): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  ) {
    return plainExpression(source, node.expression);
  }
  if (!ts.isIdentifier(node)) return node;
  const declaration = source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => ts.isIdentifier(name) && name.text === node.text);
  const { initializer } = declaration ?? {};
  // A constant that names itself would go on for ever.
  return initializer && !ts.isIdentifier(initializer)
    ? plainExpression(source, initializer)
    : node;
}
