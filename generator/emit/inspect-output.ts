import ts from "typescript";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { hasUnsafeCharacters } from "./encoded.js";
import type { SourceFile } from "./source-file.js";
import { parseModule } from "./syntax-tree.js";
import type { SyntaxTree } from "./syntax-tree.js";

/** Names that modules use without importing or declaring them. */
const globalNames: ReadonlySet<string> = new Set([
  "Blob",
  "Omit",
  "Promise",
  "Readonly",
  "Record",
  "undefined",
]);

/**
 * The gate before writing. A module with content from the description may hold
 * imports from the client itself, exports, types, constants made of literals, and
 * functions that do nothing but call the run-time; every name in it is imported or
 * declared there. Anything else means that text got out of its place.
 *
 * @returns the syntax trees of the modules that were looked at, by path
 * @throws {DiagnosticError} when a file does not parse or holds anything else
 */
export function inspectOutput(
  files: readonly SourceFile[],
): ReadonlyMap<string, SyntaxTree> {
  const trees = new Map<string, SyntaxTree>();
  const problems = files
    .filter((file) => !file.path.startsWith("runtime/"))
    .flatMap((file) => {
      const tree = parseModule(file);
      trees.set(file.path, tree);
      const problem = findProblem(tree);
      return problem === undefined
        ? []
        : [diagnostic("output-unsafe", `${file.path}: ${problem}`)];
    });
  if (problems.length > 0) throw new DiagnosticError(problems);
  return trees;
}

function findProblem(tree: SyntaxTree): string | undefined {
  if (hasUnsafeCharacters(tree.text)) {
    return "a character that hides or misleads";
  }
  const source = tree as ParsedFile;
  const [syntaxError] = source.parseDiagnostics;
  if (syntaxError) {
    return ts.flattenDiagnosticMessageText(syntaxError.messageText, " ");
  }
  if (speaksToTools(source)) return "a comment that speaks to a tool";
  const unexpected = source.statements.find(
    (statement) => !isExpected(statement),
  );
  if (unexpected) return `unexpected code: ${excerpt(unexpected)}`;
  return unknownName(source);
}

/** Parts of a source file that TypeScript keeps to itself. */
interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.Diagnostic[];
  readonly commentDirectives?: readonly unknown[];
  readonly checkJsDirective?: unknown;
}

/** `@ts-ignore`, `@ts-nocheck`, `/// <reference …>`. */
function speaksToTools(source: ParsedFile): boolean {
  return (
    (source.commentDirectives?.length ?? 0) > 0 ||
    source.checkJsDirective !== undefined ||
    source.referencedFiles.length > 0 ||
    source.typeReferenceDirectives.length > 0 ||
    source.libReferenceDirectives.length > 0 ||
    source.amdDependencies.length > 0
  );
}

function isExpected(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(
      ({ name, initializer }) =>
        ts.isIdentifier(name) && initializer && isLiteral(initializer),
    );
  }
  if (ts.isFunctionDeclaration(statement)) return isForwarding(statement);
  if (ts.isImportDeclaration(statement)) {
    return isOwnModule(statement.moduleSpecifier);
  }
  if (ts.isExportDeclaration(statement)) {
    const { moduleSpecifier } = statement;
    return moduleSpecifier === undefined || isOwnModule(moduleSpecifier);
  }
  return (
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
  );
}

function isOwnModule(specifier: ts.Expression): boolean {
  return ts.isStringLiteral(specifier) && /^\.\.?\//.test(specifier.text);
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        ts.isPropertyAssignment(property) &&
        isLiteralName(property.name) &&
        isLiteral(property.initializer),
    );
  }
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    ts.isIdentifier(node) ||
    isForwardingArrow(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

function isLiteralName(name: ts.PropertyName): boolean {
  return (
    !ts.isComputedPropertyName(name) || ts.isStringLiteral(name.expression)
  );
}

/** `return f(a, b);` with literals and names, and nothing else. */
function isForwarding({ body, parameters }: ts.FunctionDeclaration): boolean {
  const [only, ...more] = body?.statements ?? [];
  if (!only || more.length > 0 || !ts.isReturnStatement(only)) return false;
  return forwards(parameters, only.expression);
}

/** `(a, b) => f(a, b)` with literals and names, and nothing else. */
function isForwardingArrow(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) && forwards(node.parameters, node.body);
}

function forwards(
  parameters: readonly ts.ParameterDeclaration[],
  call: ts.Node | undefined,
): boolean {
  return (
    parameters.every(
      ({ name, initializer }) =>
        ts.isIdentifier(name) && initializer === undefined,
    ) &&
    call !== undefined &&
    ts.isCallExpression(call) &&
    ts.isIdentifier(call.expression) &&
    call.arguments.every(isLiteral)
  );
}

/** A name that is neither imported nor declared in the module, wherever a type or value is named. */
function unknownName(source: ts.SourceFile): string | undefined {
  const known = new Set(globalNames);
  const used: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (isDeclaration(node) && node.name && ts.isIdentifier(node.name)) {
      known.add(node.name.text);
    } else if (ts.isTypeReferenceNode(node)) {
      if (ts.isIdentifier(node.typeName)) used.push(node.typeName);
    } else if (ts.isExpression(node) && ts.isIdentifier(node)) {
      if (isValue(node)) used.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const unknown = used.find(({ text }) => !known.has(text));
  return unknown && `unknown name: ${unknown.text}`;
}

function isDeclaration(
  node: ts.Node,
): node is
  | ts.ImportSpecifier
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.ParameterDeclaration
  | ts.TypeAliasDeclaration
  | ts.TypeParameterDeclaration
  | ts.VariableDeclaration {
  return (
    ts.isImportSpecifier(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

/** Whether an identifier stands for a value rather than naming a property or a declaration. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isCallExpression(parent)
  );
}

function excerpt(node: ts.Node): string {
  return JSON.stringify(node.getText().slice(0, 80));
}
