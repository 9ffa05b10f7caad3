import { ts } from "ts-morph";
import type { TextRange } from "../diagnostics/code-frame.js";

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
  const list = source.statements
    .map(exportedExpression)
    .find((expression) => expression !== undefined);
  const elements = list && valueOf(source, list);
  if (!elements || !ts.isArrayLiteralExpression(elements)) return undefined;
  // Behind a spread, positions in the text are not those in the list.
  const isCountable = !elements.elements
    .slice(0, index + 1)
    .some((element) => ts.isSpreadElement(element));
  const element = isCountable ? elements.elements[index] : undefined;
  return element && valueOf(source, element);
}

/** What a statement exports as the default; a JSON file is one expression. */
function exportedExpression(
  statement: ts.Statement,
): ts.Expression | undefined {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression)) return expression;
  return expression.left.getText() === "module.exports"
    ? expression.right
    : undefined;
}

/** The literal behind `defineConfig(…)`, `… satisfies Config` and the name of a constant. */
function valueOf(source: ts.SourceFile, node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  ) {
    return valueOf(source, node.expression);
  }
  if (ts.isCallExpression(node)) {
    const [argument] = node.arguments;
    return argument ? valueOf(source, argument) : node;
  }
  if (!ts.isIdentifier(node)) return node;
  const declaration = source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => ts.isIdentifier(name) && name.text === node.text);
  const { initializer } = declaration ?? {};
  // A constant that names itself would go on for ever.
  return initializer && !ts.isIdentifier(initializer)
    ? valueOf(source, initializer)
    : node;
}
