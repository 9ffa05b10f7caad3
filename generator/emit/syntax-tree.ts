import ts from "typescript";
import type { SourceFile } from "./source-file.js";

/** The syntax tree of a module. */
export type SyntaxTree = ts.SourceFile;

/** Parses a module; errors of syntax stand in the tree. Its nodes do not know their parents. */
export function parseModule({ path, text }: SourceFile): SyntaxTree {
  const options = {
    languageVersion: ts.ScriptTarget.ESNext,
    // Comments count as text here, whatever stands in them.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(path, text, options);
}
