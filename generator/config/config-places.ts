import { ts } from "ts-morph";
import type { TextRange } from "../diagnostics/code-frame.js";
import { exportedExpression, plainExpression } from "./exported-expression.js";

interface OptionPlace {
  readonly key: TextRange;
  readonly value: TextRange;
}

/** Where a client's configuration is written. */
export interface ClientPlaces {
  /** The whole object; undefined when it cannot be found in the file. */
  readonly whole: TextRange | undefined;
  /** Its options, by name. */
  readonly options: ReadonlyMap<string, OptionPlace>;
}

/**
 * Finds the options in a configuration file, JSON or a module.
 *
 * @param index - position of the client in the exported list; undefined when one object is exported
 */
export function configPlaces(
  file: string,
  text: string,
  index: number | undefined,
): ClientPlaces {
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith(".json") ? ts.ScriptKind.JSON : undefined,
  );
  const client = index === undefined ? source : exportedElement(source, index);
  return {
    whole: client && rangeOf(source, client),
    options: client ? optionPlaces(source, client) : new Map(),
  };
}

function optionPlaces(
  source: ts.SourceFile,
  client: ts.Node,
): ReadonlyMap<string, OptionPlace> {
  const places = new Map<string, OptionPlace>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const { name, initializer } = node;
      const isNamed = ts.isIdentifier(name) || ts.isStringLiteral(name);
      if (isNamed && !places.has(name.text)) {
        places.set(name.text, {
          key: rangeOf(source, name),
          value: rangeOf(source, initializer),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(client);
  return places;
}

function rangeOf(source: ts.SourceFile, node: ts.Node): TextRange {
  const start = source.getLineAndCharacterOfPosition(node.getStart(source));
  const end = source.getLineAndCharacterOfPosition(node.getEnd());
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** An element of the list that a file exports, as far as the syntax shows it. */
function exportedElement(
  source: ts.SourceFile,
  index: number,
): ts.Node | undefined {
  const list = exportedExpression(source) ?? onlyExpression(source);
  const elements = list && valueOf(source, list);
  if (!elements || !ts.isArrayLiteralExpression(elements)) return undefined;
  // Behind a spread, positions in the text are not those in the list.
  const isCountable = !elements.elements
    .slice(0, index + 1)
    .some((element) => ts.isSpreadElement(element));
  const element = isCountable ? elements.elements[index] : undefined;
  return element && valueOf(source, element);
}

/** A JSON file is one expression. */
function onlyExpression(source: ts.SourceFile): ts.Expression | undefined {
  const [statement] = source.statements;
  return statement && ts.isExpressionStatement(statement)
    ? statement.expression
    : undefined;
}

/** The literal that an expression stands for, also as the argument of `defineConfig`. */
function valueOf(source: ts.SourceFile, node: ts.Expression): ts.Expression {
  const plain = plainExpression(source, node);
  if (!ts.isCallExpression(plain)) return plain;
  const [argument] = plain.arguments;
  return argument ? valueOf(source, argument) : plain;
}
