import { ts } from "ts-morph";
import {
  exportedExpression,
  plainExpression,
} from "../config/exported-expression.js";
import { indentAt, lineEndOf } from "./json-text.js";

/**
 * A flat configuration of ESLint that ignores a folder; the same text when it does so
 * already.
 *
 * @param name - name of the file
 * @param folder - relative to the file, with forward slashes and without one at the end
 * @returns undefined when the list that is exported cannot be seen in the text
 */
export function withEslintIgnore(
  name: string,
  text: string,
  folder: string,
): string | undefined {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  if (isIgnored(source, folder)) return text;
  const list = exportedList(source);
  if (!list) return undefined;
  const quote = /(["'])[^"'\n]*\1/.exec(text)?.[1] ?? '"';
  const entry = `{ ignores: [${quote}${folder}/${quote}] }`;
  const [first] = list;
  const before = text.slice(0, list.pos);
  const after = text.slice(list.pos);
  if (!first) return `${before}${entry}${after}`;
  const [, lineBreak] = /^[ \t]*(\r?\n)/.exec(after) ?? [];
  if (lineBreak === undefined) return `${before}${entry}, ${after}`;
  const indent = indentAt(text, first.getStart(source));
  return `${before}${lineEndOf(text)}${indent}${entry},${after}`;
}

/** What a person writes when the file cannot be edited. */
export function eslintEntry(folder: string): string {
  return `{ ignores: ["${folder}/"] },`;
}

/** Whether a pattern of the configuration names the folder. */
function isIgnored(source: ts.SourceFile, folder: string): boolean {
  const patterns: string[] = [];
  const visit = (node: ts.Node, isPattern: boolean): void => {
    if (ts.isStringLiteralLike(node) && isPattern) patterns.push(node.text);
    const holdsPatterns = isPattern || isIgnoring(node);
    ts.forEachChild(node, (child) => {
      visit(child, holdsPatterns);
    });
  };
  visit(source, false);
  return patterns.some((pattern) => {
    const named = pattern
      .replace(/^\.\//, "")
      .replace(/\/(?:\*\*(?:\/\*)?)?$/, "");
    return named.startsWith("**/")
      ? `/${folder}`.endsWith(named.slice(2))
      : named === folder;
  });
}

/** Whether a node holds patterns that hold for every file: beside `files`, `ignores` means something else. */
function isIgnoring(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    return node.expression.getText() === "globalIgnores";
  }
  return (
    ts.isPropertyAssignment(node) &&
    node.name.getText() === "ignores" &&
    node.parent.properties.every(({ name }) =>
      ["ignores", "name"].includes(name?.getText() ?? ""),
    )
  );
}

/** The elements of the list that a file exports, or the arguments of the call that makes it. */
function exportedList(
  source: ts.SourceFile,
): ts.NodeArray<ts.Expression> | undefined {
  const exported = exportedExpression(source);
  return exported && listIn(source, exported);
}

function listIn(
  source: ts.SourceFile,
  exported: ts.Expression,
): ts.NodeArray<ts.Expression> | undefined {
  const node = plainExpression(source, exported);
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  // What other functions take is theirs to say.
  const isConfig =
    ts.isCallExpression(node) &&
    /(?:^|\.)(?:defineConfig|config)$/.test(node.expression.getText());
  if (!isConfig) return undefined;
  const [only, ...others] = node.arguments;
  const isList = only !== undefined && ts.isArrayLiteralExpression(only);
  return isList && others.length === 0 ? only.elements : node.arguments;
}
