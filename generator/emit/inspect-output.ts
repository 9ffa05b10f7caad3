import path from "node:path";
import ts from "typescript";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import { hasUnsafeCharacters, speaksToTools } from "./encoded.js";
import { allowedSyntax } from "./module-syntax.js";
import type { SourceFile } from "./source-file.js";
import { parseModule } from "./syntax-tree.js";
import type { SyntaxTree } from "./syntax-tree.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * The gate before writing: it reads every module again and knows nothing of how they
 * were made. Outside strings and comments, a module with content from the description
 * may hold
 *
 * - imports from modules of the client and exports, types, constants made of literals,
 *   and functions that do nothing but call the run-time;
 * - names that are words of the generator or, as a whole, a text of the description;
 * - declarations of the names that the model gave to what stands in this module, once.
 *
 * Its comments and strings say nothing to compilers, bundlers or debuggers. Anything
 * else means that text got out of its place.
 *
 * The run-time's modules are copied and hold nothing from the description.
 *
 * @param paths - of all files of the client, which modules may import; of these files unless given
 * @returns the syntax trees of the modules that were looked at, by path
 * @throws {DiagnosticError} when a file does not parse or holds anything else
 */
export function inspectOutput(
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
  paths: readonly string[] = files.map(({ path }) => path),
): ReadonlyMap<string, SyntaxTree> {
  const modules = moduleNames(paths);
  const trees = new Map<string, SyntaxTree>();
  const problems = files
    .filter(({ path }) => !path.startsWith("runtime/"))
    .flatMap((file) => {
      const tree = parseModule(file);
      trees.set(file.path, tree);
      const problem = findProblem(tree, modules, vocabulary);
      return problem === undefined
        ? []
        : [diagnostic("output-unsafe", `${file.path}: ${problem}`)];
    });
  if (problems.length > 0) throw new DiagnosticError(problems);
  return trees;
}

/** Whether a module that an earlier run wrote may hold what it holds. */
export function passesGate(
  file: SourceFile,
  vocabulary: Vocabulary,
  paths: readonly string[],
): boolean {
  return (
    findProblem(parseModule(file), moduleNames(paths), vocabulary) === undefined
  );
}

function moduleNames(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.map(withoutExtension));
}

function findProblem(
  tree: SyntaxTree,
  modules: ReadonlySet<string>,
  vocabulary: Vocabulary,
): string | undefined {
  const { text, fileName } = tree;
  if (hasUnsafeCharacters(text)) {
    return "a character that hides or misleads";
  }
  if (text.startsWith("#!")) return "a line that names an interpreter";
  if (speaksToTools(text)) return "text that speaks to a tool";
  const source = tree as ParsedFile;
  const [syntaxError] = source.parseDiagnostics;
  if (syntaxError) {
    return ts.flattenDiagnosticMessageText(syntaxError.messageText, " ");
  }
  if (speaksToCompiler(source)) return "a comment that speaks to the compiler";
  const isModule = (specifier: ts.Expression): boolean =>
    ts.isStringLiteral(specifier) &&
    /^\.\.?\//.test(specifier.text) &&
    modules.has(
      withoutExtension(
        path.posix.join(path.posix.dirname(fileName), specifier.text),
      ),
    );
  const unexpected = source.statements.find(
    (statement) => !isExpected(statement, isModule),
  );
  if (unexpected) return `unexpected code: ${excerpt(unexpected, source)}`;
  return (
    wrongDeclaration(source, vocabulary) ?? unexpectedSyntax(source, vocabulary)
  );
}

function withoutExtension(file: string): string {
  return file.replace(/\.[jt]s$/, "");
}

/** Parts of a source file that TypeScript keeps to itself. */
interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.Diagnostic[];
  readonly commentDirectives?: readonly unknown[];
  readonly checkJsDirective?: unknown;
  readonly pragmas?: ReadonlyMap<string, unknown>;
}

/** `@ts-ignore`, `@ts-nocheck`, `/// <reference …>`, `@jsx`. */
function speaksToCompiler(source: ParsedFile): boolean {
  return (
    (source.commentDirectives?.length ?? 0) > 0 ||
    (source.pragmas?.size ?? 0) > 0 ||
    source.checkJsDirective !== undefined ||
    source.referencedFiles.length > 0 ||
    source.typeReferenceDirectives.length > 0 ||
    source.libReferenceDirectives.length > 0 ||
    source.amdDependencies.length > 0
  );
}

function isExpected(
  statement: ts.Statement,
  isModule: (specifier: ts.Expression) => boolean,
): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(
      ({ name, initializer }) =>
        ts.isIdentifier(name) && initializer && isLiteral(initializer),
    );
  }
  if (ts.isFunctionDeclaration(statement)) return isForwarding(statement);
  if (ts.isImportDeclaration(statement)) {
    return (
      statement.importClause !== undefined &&
      isModule(statement.moduleSpecifier)
    );
  }
  if (ts.isExportDeclaration(statement)) {
    const { moduleSpecifier, exportClause } = statement;
    return moduleSpecifier === undefined
      ? exportClause !== undefined
      : isModule(moduleSpecifier);
  }
  return (
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
  );
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

/** `return f(a, b);` with literals and names, and nothing else; or the signature of an overload. */
function isForwarding({ body, parameters }: ts.FunctionDeclaration): boolean {
  if (!body) return parameters.every(({ initializer }) => !initializer);
  const [only, ...more] = body.statements;
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

/** A name that the module may not declare, or declares twice. */
function wrongDeclaration(
  source: ts.SourceFile,
  vocabulary: Vocabulary,
): string | undefined {
  const declared = new Set<string>();
  for (const statement of source.statements) {
    for (const name of declaredNames(statement, source)) {
      if (!vocabulary.mayDeclare(source.fileName, name)) {
        return `unexpected declaration: ${name}`;
      }
      if (declared.has(name)) return `declared twice: ${name}`;
      declared.add(name);
    }
  }
  return undefined;
}

function declaredNames(
  statement: ts.Statement,
  source: ts.SourceFile,
): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) =>
      name.getText(source),
    );
  }
  // The signature of an overload declares nothing that its implementation does not.
  const isDeclaration =
    (ts.isFunctionDeclaration(statement) && statement.body !== undefined) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isDeclaration ? [statement.name?.text ?? ""] : [];
}

/** Syntax that no module is made of, a name from nowhere, or one that is used and neither imported nor declared. */
function unexpectedSyntax(
  source: ts.SourceFile,
  vocabulary: Vocabulary,
): string | undefined {
  const bound = new Set<string>(globalNames);
  const used: ts.Identifier[] = [];
  let problem: string | undefined;
  const visitChildren = (parent: ts.Node): void => {
    ts.forEachChild(parent, (node) => {
      if (problem !== undefined) return;
      if (!allowedSyntax.has(node.kind)) {
        problem = `unexpected syntax: ${excerpt(node, source)}`;
        return;
      }
      if (ts.isIdentifier(node)) {
        if (!vocabulary.isKnown(node.text))
          problem = `unknown word: ${node.text}`;
        if (isValue(node, parent)) used.push(node);
        return;
      }
      if (isBinding(node)) {
        if (node.name && ts.isIdentifier(node.name)) bound.add(node.name.text);
      } else if (
        ts.isTypeReferenceNode(node) &&
        ts.isIdentifier(node.typeName)
      ) {
        used.push(node.typeName);
      }
      visitChildren(node);
    });
  };
  visitChildren(source);
  const unbound = used.find(({ text }) => !bound.has(text));
  return problem ?? (unbound && `unknown name: ${unbound.text}`);
}

/** Names that modules use without importing or declaring them. */
const globalNames: readonly string[] = [
  "Blob",
  "Promise",
  "Readonly",
  "Record",
  "undefined",
];

function isBinding(
  node: ts.Node,
): node is
  | ts.ImportSpecifier
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.ParameterDeclaration
  | ts.TypeAliasDeclaration
  | ts.TypeParameterDeclaration
  | ts.VariableDeclaration {
  return bindingKinds.has(node.kind);
}

const bindingKinds: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.TypeParameter,
  ts.SyntaxKind.VariableDeclaration,
]);

/** Whether an identifier stands for a value rather than naming a property or a declaration. */
function isValue(node: ts.Identifier, parent: ts.Node): boolean {
  return (
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isCallExpression(parent)
  );
}

function excerpt(node: ts.Node, source: ts.SourceFile): string {
  return JSON.stringify(node.getText(source).slice(0, 80));
}
