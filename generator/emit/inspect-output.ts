import ts from "typescript";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "./source-file.js";

/**
 * The gate before writing. A module with content from the description may hold
 * imports, exports, types, constants made of literals, and functions that do nothing
 * but call the run-time; anything else means that text got out of its place.
 *
 * @throws {DiagnosticError} when a file does not parse or holds anything else
 */
export function inspectOutput(files: readonly SourceFile[]): void {
  const problems = files
    .filter((file) => !file.path.startsWith("runtime/"))
    .flatMap((file) => {
      const problem = findProblem(file);
      return problem === undefined
        ? []
        : [diagnostic("output-unsafe", `${file.path}: ${problem}`)];
    });
  if (problems.length > 0) throw new DiagnosticError(problems);
}

function findProblem(file: SourceFile): string | undefined {
  const source = ts.createSourceFile(
    file.path,
    file.text,
    ts.ScriptTarget.ESNext,
    true,
  ) as ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const [syntaxError] = source.parseDiagnostics;
  if (syntaxError) {
    return ts.flattenDiagnosticMessageText(syntaxError.messageText, " ");
  }
  const unexpected = source.statements.find(
    (statement) => !isExpected(statement),
  );
  return unexpected && `unexpected code: ${unexpected.getText().slice(0, 80)}`;
}

function isExpected(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(
      ({ initializer }) => initializer && isLiteral(initializer),
    );
  }
  if (ts.isFunctionDeclaration(statement)) return isForwarding(statement);
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        ts.isPropertyAssignment(property) && isLiteral(property.initializer),
    );
  }
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    ts.isIdentifier(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

/** `return f(a, b);` with literals and names, and nothing else. */
function isForwarding({ body }: ts.FunctionDeclaration): boolean {
  const [only, ...more] = body?.statements ?? [];
  if (!only || more.length > 0 || !ts.isReturnStatement(only)) return false;
  const { expression } = only;
  return (
    expression !== undefined &&
    ts.isCallExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    expression.arguments.every(isLiteral)
  );
}
