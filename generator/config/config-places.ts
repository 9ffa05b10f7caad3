import { ts } from "ts-morph";
import type { TextRange } from "../diagnostics/code-frame.js";

interface OptionPlace {
  readonly key: TextRange;
  readonly value: TextRange;
}

/** Where the options stand in a configuration file, JSON or a module, by name. */
export function configPlaces(
  file: string,
  text: string,
): ReadonlyMap<string, OptionPlace> {
  const places = new Map<string, OptionPlace>();
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith(".json") ? ts.ScriptKind.JSON : undefined,
  );
  const rangeOf = (node: ts.Node): TextRange => {
    const start = source.getLineAndCharacterOfPosition(node.getStart(source));
    const end = source.getLineAndCharacterOfPosition(node.getEnd());
    return {
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const { name, initializer } = node;
      const isNamed = ts.isIdentifier(name) || ts.isStringLiteral(name);
      if (isNamed && !places.has(name.text)) {
        places.set(name.text, {
          key: rangeOf(name),
          value: rangeOf(initializer),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}
