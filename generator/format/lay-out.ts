import { builders, printer, utils } from "prettier/doc";
import type { Doc } from "prettier";
import ts from "typescript";
import { layOutExpression } from "./lay-out-expression.js";
import { layOutLiteral } from "./lay-out-literal.js";
import { layOutMembers } from "./lay-out-members.js";
import { layOutPlain } from "./lay-out-plain.js";
import { bareType, layOutType } from "./lay-out-type.js";
import {
  assignment,
  isBlankBefore,
  leadingComments,
  list,
  stringLiteral,
  UnknownSyntax,
} from "./layout-parts.js";

const { group, hardline } = builders;

/** What prettier does unless it is configured. */
const defaults = { printWidth: 80, tabWidth: 2, useTabs: false } as const;

/**
 * Prints a module exactly as prettier would by default, in a fraction of its time:
 * from a syntax tree that is there already, and for the syntax that our modules are
 * made of and no other.
 *
 * @returns undefined when the module holds syntax that this does not know
 */
export function layOut(source: ts.SourceFile): string | undefined {
  try {
    const text = source.statements
      .map((statement, index) => {
        const separator =
          index === 0 ? "" : isBlankBefore(statement, source) ? "\n\n" : "\n";
        const text = source.text.slice(statement.pos, statement.end);
        const laidOut =
          layOutPlain(text.trimStart()) ?? printStatement(statement, source);
        return separator + laidOut;
      })
      .join("");
    const whole = `${text}\n`;
    return commentsIn(whole) === commentsIn(source.text) ? whole : undefined;
  } catch (error) {
    if (error instanceof UnknownSyntax) return undefined;
    throw error;
  }
}

function printStatement(
  statement: ts.Statement,
  source: ts.SourceFile,
): string {
  const comments = leadingComments(statement, source);
  const constant = layOutConstant(statement, source);
  if (constant !== undefined) return print([...comments]) + constant;
  return print([...comments, layOutStatement(statement, source)]);
}

function print(document: Doc): string {
  return printer.printDocToString(document, defaults).formatted;
}

/** A constant made of literals, which takes no document; undefined when it is not that plain. */
function layOutConstant(
  statement: ts.Statement,
  source: ts.SourceFile,
): string | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration, ...more] = statement.declarationList.declarations;
  const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
  if (!declaration?.initializer || more.length > 0 || !isConst) {
    return undefined;
  }
  const { name, type, initializer } = declaration;
  if (!ts.isIdentifier(name)) return undefined;
  const annotation = type ? `: ${type.getText(source)}` : "";
  const isPlain =
    type === undefined ||
    (plainAnnotation.test(annotation) && wrapsOnlyAfter(type, initializer));
  if (!isPlain) return undefined;
  const left = `${modifiers(statement, source)}const ${name.text}${annotation} = `;
  return layOutLiteral(initializer, source, left, ";");
}

const plainAnnotation =
  /^: (?:readonly )?[\w$]+(?:<[\w$]+(?:<[\w$]+, [\w$]+>)?>)?(?:\[\])?$/;

/** How often a comment may begin: a comment at a place that the layout does not know is missing in the result. */
function commentsIn(text: string): number {
  return text.split(/\/[*/]/).length;
}

function layOutStatement(node: ts.Statement, source: ts.SourceFile): Doc {
  if (ts.isImportDeclaration(node)) return layOutImport(node, source);
  if (ts.isExportDeclaration(node)) return layOutExport(node, source);
  if (ts.isInterfaceDeclaration(node)) return layOutInterface(node, source);
  if (ts.isTypeAliasDeclaration(node)) return layOutAlias(node, source);
  if (ts.isVariableStatement(node)) return layOutVariable(node, source);
  if (ts.isFunctionDeclaration(node)) return layOutFunction(node, source);
  throw new UnknownSyntax();
}

function modifiers(node: ts.HasModifiers, source: ts.SourceFile): string {
  return (node.modifiers ?? [])
    .map((modifier) => `${modifier.getText(source)} `)
    .join("");
}

function layOutImport(node: ts.ImportDeclaration, source: ts.SourceFile): Doc {
  const { importClause, moduleSpecifier, attributes } = node;
  const bindings = importClause?.namedBindings;
  if (!bindings || importClause.name || attributes) throw new UnknownSyntax();
  if (!ts.isNamedImports(bindings)) throw new UnknownSyntax();
  return [
    importClause.phaseModifier === ts.SyntaxKind.TypeKeyword
      ? "import type "
      : "import ",
    specifiers(bindings.elements, source),
    " from ",
    layOutExpression(moduleSpecifier, source),
    ";",
  ];
}

function layOutExport(node: ts.ExportDeclaration, source: ts.SourceFile): Doc {
  const { exportClause, moduleSpecifier, isTypeOnly } = node;
  const from: Doc = moduleSpecifier
    ? [" from ", layOutExpression(moduleSpecifier, source)]
    : "";
  const exported =
    exportClause === undefined
      ? "*"
      : ts.isNamespaceExport(exportClause)
        ? ["* as ", exportedName(exportClause.name, source)]
        : specifiers(exportClause.elements, source);
  return [isTypeOnly ? "export type " : "export ", exported, from, ";"];
}

/** One name stays on its line however long that is. */
function specifiers(
  nodes: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[],
  source: ts.SourceFile,
): Doc {
  const names = nodes.map(({ name, propertyName, isTypeOnly }) => [
    isTypeOnly ? "type " : "",
    ...(propertyName ? [exportedName(propertyName, source), " as "] : []),
    exportedName(name, source),
  ]);
  if (names.length === 1) return ["{ ", ...names, " }"];
  return list({ open: "{", members: names, close: "}", isSpaced: true });
}

function exportedName(node: ts.ModuleExportName, source: ts.SourceFile): Doc {
  return ts.isStringLiteral(node) ? stringLiteral(node, source) : node.text;
}

function layOutInterface(
  node: ts.InterfaceDeclaration,
  source: ts.SourceFile,
): Doc {
  if (node.typeParameters || node.heritageClauses) throw new UnknownSyntax();
  const { name, members } = node;
  return [
    modifiers(node, source),
    `interface ${name.text} `,
    layOutMembers(members, source, layOutType, true),
  ];
}

function layOutAlias(
  node: ts.TypeAliasDeclaration,
  source: ts.SourceFile,
): Doc {
  if (node.typeParameters) throw new UnknownSyntax();
  const left = `${modifiers(node, source)}type ${node.name.text}`;
  const right = layOutType(node.type, source);
  // A union decides on its own where it begins.
  if (ts.isUnionTypeNode(bareType(node.type))) return [left, " = ", right, ";"];
  return [assignment(left, " =", right), ";"];
}

function layOutVariable(
  node: ts.VariableStatement,
  source: ts.SourceFile,
): Doc {
  const [declaration, ...more] = node.declarationList.declarations;
  const isConst = (node.declarationList.flags & ts.NodeFlags.Const) !== 0;
  if (!declaration?.initializer || more.length > 0 || !isConst) {
    throw new UnknownSyntax();
  }
  const { name, type, initializer } = declaration;
  if (!ts.isIdentifier(name)) throw new UnknownSyntax();
  if (type && !wrapsOnlyAfter(type, initializer)) throw new UnknownSyntax();
  const left = [
    `${modifiers(node, source)}const ${name.text}`,
    ...(type ? [": ", layOutType(type, source)] : []),
  ];
  const right = layOutExpression(initializer, source);
  return [assignment(left, " =", right, initializer), ";"];
}

/** Whether a declaration with this annotation wraps as one without: behind the equals sign or in its value. */
function wrapsOnlyAfter(type: ts.TypeNode, value: ts.Expression): boolean {
  const isCollection =
    ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value);
  if (ts.isTypeOperatorNode(type)) return wrapsOnlyAfter(type.type, value);
  if (ts.isArrayTypeNode(type)) {
    return (
      isCollection && type.elementType.kind === ts.SyntaxKind.StringKeyword
    );
  }
  if (!ts.isTypeReferenceNode(type)) return false;
  if (type.typeArguments === undefined) return true;
  return (
    isCollection &&
    type.typeArguments.every(
      (each) => !ts.isTypeLiteralNode(each) && !ts.isConditionalTypeNode(each),
    )
  );
}

function layOutFunction(
  node: ts.FunctionDeclaration,
  source: ts.SourceFile,
): Doc {
  const { name, parameters, type, body, typeParameters } = node;
  if (!name || !type || !body || typeParameters) throw new UnknownSyntax();
  if (node.asteriskToken || ts.isUnionTypeNode(bareType(type)))
    throw new UnknownSyntax();
  const [only, ...more] = body.statements;
  if (!only || more.length > 0 || !ts.isReturnStatement(only)) {
    throw new UnknownSyntax();
  }
  if (!only.expression || leadingComments(only, source).length > 0) {
    throw new UnknownSyntax();
  }
  const members = parameters.map((each) => layOutParameter(each, source));
  const answer = layOutType(type, source);
  // One parameter stays on the line of a type that opens at its end.
  const isGrouped = parameters.length === 1 && utils.willBreak(answer);
  return [
    modifiers(node, source),
    `function ${name.text}`,
    group([list({ open: "(", members, close: ")", isGrouped }), ": ", answer]),
    " {",
    builders.indent([
      hardline,
      "return ",
      layOutExpression(only.expression, source),
      ";",
    ]),
    hardline,
    "}",
  ];
}

/** A parameter; for one whose type is a function, the function's own parameters. */
function layOutParameter(
  node: ts.ParameterDeclaration,
  source: ts.SourceFile,
): Doc {
  const { name, type, questionToken, initializer, dotDotDotToken } = node;
  if (!ts.isIdentifier(name) || !type || node.modifiers) {
    throw new UnknownSyntax();
  }
  if (initializer || dotDotDotToken) throw new UnknownSyntax();
  // Prettier hugs object types, and unions wrap in a way of their own.
  if (ts.isTypeLiteralNode(type) || ts.isUnionTypeNode(type)) {
    throw new UnknownSyntax();
  }
  return [
    name.text,
    questionToken ? "?: " : ": ",
    ts.isFunctionTypeNode(type)
      ? layOutFunctionType(type, source)
      : layOutType(type, source),
  ];
}

function layOutFunctionType(
  node: ts.FunctionTypeNode,
  source: ts.SourceFile,
): Doc {
  const { parameters, type, typeParameters } = node;
  if (typeParameters || ts.isUnionTypeNode(type)) throw new UnknownSyntax();
  const members = parameters.map((each) => layOutParameter(each, source));
  return group([
    list({ open: "(", members, close: ")" }),
    " => ",
    layOutType(type, source),
  ]);
}
