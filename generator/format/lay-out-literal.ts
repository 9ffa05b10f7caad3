import ts from "typescript";
import { propertyName, stringLiteral } from "./layout-parts.js";

/** Longest line that prettier leaves alone by default. */
const printWidth = 80;

const keywords: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.TrueKeyword, "true"],
  [ts.SyntaxKind.FalseKeyword, "false"],
  [ts.SyntaxKind.NullKeyword, "null"],
]);

/**
 * Lays out an object or list of literals as prettier does: on one line where it fits,
 * otherwise each member on a line of its own.
 *
 * @param prefix - what stands before it on its line
 * @param suffix - what stands behind it
 * @returns undefined when there is more to it than that
 */
export function layOutLiteral(
  node: ts.Expression,
  source: ts.SourceFile,
  prefix: string,
  suffix: string,
): string | undefined {
  const { text } = source;
  // Wide characters, comments and empty lines take the long way.
  const whole = text.slice(node.pos, node.end);
  if (!/^[\n -~]*$/.test(whole) || /\/[/*]|\n\s*\n/.test(whole))
    return undefined;

  /** On one line; undefined where prettier would not have that. */
  const flat = (each: ts.Expression): string | undefined => {
    if (ts.isStringLiteral(each)) return stringLiteral(each, source);
    if (ts.isIdentifier(each)) return each.text;
    if (ts.isNumericLiteral(each)) return plainNumber(each, source);
    if (ts.isArrayLiteralExpression(each)) {
      if (each.elements.length > 1 && !each.elements.every(isSimple)) {
        return undefined;
      }
      const members = each.elements.map(flat);
      return members.includes(undefined)
        ? undefined
        : `[${members.join(", ")}]`;
    }
    if (ts.isObjectLiteralExpression(each)) {
      if (each.properties.length === 0) return "{}";
      if (isOpen(each, source)) return undefined;
      const members = each.properties.map(flatMember);
      return members.includes(undefined)
        ? undefined
        : `{ ${members.join(", ")} }`;
    }
    return keywords.get(each.kind);
  };

  const flatMember = (
    property: ts.ObjectLiteralElementLike,
  ): string | undefined => {
    if (!ts.isPropertyAssignment(property)) return undefined;
    const value = flat(property.initializer);
    return value && `${propertyName(property.name, source)}: ${value}`;
  };

  const print = (
    each: ts.Expression,
    indentation: string,
    before: string,
    after: string,
  ): string | undefined => {
    const line = flat(each);
    const width = before.length + after.length;
    if (line !== undefined && width + line.length <= printWidth) {
      return before + line + after;
    }
    if (before.length + 1 > printWidth) return undefined;
    const inner = `${indentation}  `;
    const lines: (string | undefined)[] = ts.isArrayLiteralExpression(each)
      ? printElements(each, inner)
      : ts.isObjectLiteralExpression(each)
        ? each.properties.map((property) =>
            ts.isPropertyAssignment(property)
              ? print(
                  property.initializer,
                  inner,
                  `${inner}${propertyName(property.name, source)}: `,
                  ",",
                )
              : undefined,
          )
        : [undefined];
    if (lines.length === 0 || lines.includes(undefined)) return undefined;
    const [open, close] = ts.isArrayLiteralExpression(each)
      ? ["[", "]"]
      : ["{", "}"];
    return `${before}${open}\n${lines.join("\n")}\n${indentation}${close}${after}`;
  };

  const printElements = (
    { elements }: ts.ArrayLiteralExpression,
    inner: string,
  ): (string | undefined)[] =>
    elements.length > 1 && !elements.every(isSimple)
      ? [undefined]
      : elements.map((element) => print(element, inner, inner, ","));

  return print(node, "", prefix, suffix);
}

/** Lists of texts, names and single objects wrap like objects; lists of numbers and of other lists do not. */
function isSimple(node: ts.Expression): boolean {
  return ts.isStringLiteral(node) || ts.isIdentifier(node);
}

function plainNumber(
  node: ts.NumericLiteral,
  source: ts.SourceFile,
): string | undefined {
  const text = node.getText(source);
  return /^\d+$/.test(text) ? text : undefined;
}

/** Prettier keeps objects open whose first member stands on a line of its own. */
function isOpen(
  { properties }: ts.ObjectLiteralExpression,
  source: ts.SourceFile,
): boolean {
  const [first] = properties;
  return (
    first !== undefined &&
    source.text.slice(properties.pos, first.getStart(source)).includes("\n")
  );
}
