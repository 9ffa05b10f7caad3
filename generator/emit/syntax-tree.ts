import ts from "typescript";
import type { SourceFile } from "./source-file.js";

/** The syntax tree of a module. */
export type SyntaxTree = ts.SourceFile;

/** Parses a module; errors of syntax stand in the tree. */
export function parseModule({ path, text }: SourceFile): SyntaxTree {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}
