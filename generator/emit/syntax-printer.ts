import ts from "typescript";
import { docLines, printedSyntax, stringLiteral } from "./encoded.js";
import type { DocComment, Encoded } from "./encoded.js";

const printer = ts.createPrinter(
  { newLine: ts.NewLineKind.LineFeed },
  {
    // Literals are printed as they are everywhere else: the printer has escapes of its own.
    substituteNode: (_, node) =>
      ts.isStringLiteral(node)
        ? ts.factory.createIdentifier(stringLiteral(node.text).toString())
        : node,
  },
);
const emptyFile = ts.createSourceFile("", "", ts.ScriptTarget.ESNext);

/** Prints a syntax tree. */
export function printSyntax(node: ts.Node): Encoded {
  return printedSyntax(
    printer.printNode(ts.EmitHint.Unspecified, node, emptyFile),
  );
}

/** Puts a doc comment in front of a node. */
export function withDoc<Node extends ts.Node>(
  node: Node,
  comment: DocComment,
): Node {
  const lines = docLines(comment);
  if (lines.length === 0) return node;
  const body =
    lines.length === 1
      ? `* ${lines.join("")} `
      : `*\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n `;
  return ts.addSyntheticLeadingComment(
    node,
    ts.SyntaxKind.MultiLineCommentTrivia,
    body,
    true,
  );
}
