import ts from "typescript";
import type { SourceFile } from "../../generator/emit/source-file.js";

/**
 * What a client can do when it is imported or called, whatever things are called in
 * it: the kinds of its statements, module by module, and every function that is called.
 * That imports lead to modules of the client and nowhere else is for the gate to say.
 */
export function shapeOf(files: readonly SourceFile[]): string {
  return files
    .filter(({ path }) => !path.startsWith("runtime/"))
    .map(shapeOfModule)
    .filter((shape) => shape !== "")
    .sort()
    .join("\n");
}

const known = new Map<string, string>();

function shapeOfModule({ text }: SourceFile): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.ESNext);
  const parts = new Map<string, number>();
  const count = (part: string): void => {
    parts.set(part, (parts.get(part) ?? 0) + 1);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && !isHarmless(node)) {
      count(ts.SyntaxKind[node.kind]);
    }
    if (ts.isCallOrNewExpression(node)) {
      count(`calls ${node.expression.getText(source)}`);
    }
    if (ts.isTaggedTemplateExpression(node)) count("calls a tag");
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  const shape = [...parts]
    .map(([part, times]) => `${part} ${times}`)
    .sort()
    .join(", ");
  known.set(text, shape);
  return shape;
}

/** Types are gone when the module runs, and modules of the client may be imported as often as the description says. */
function isHarmless(node: ts.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}
