import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import ts from "typescript";

const {
  group,
  hardline,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  lineSuffixBoundary,
  softline,
} = builders;

/** The layout meets syntax that it does not know. */
export class UnknownSyntax extends Error {}

interface List {
  readonly open: string;
  readonly members: readonly Doc[];
  readonly close: string;
  /** Whether there are spaces inside when it stands on one line. */
  readonly isSpaced?: boolean;
  /** Whether it wraps independently of what it is part of; yes unless given. */
  readonly isGrouped?: boolean;
  readonly hasTrailingComma?: boolean;
}

/** Members between delimiters: on one line, or each on its own. */
export function list({
  open,
  members,
  close,
  isSpaced = false,
  isGrouped = true,
  hasTrailingComma = true,
}: List): Doc {
  if (members.length === 0) return `${open}${close}`;
  const edge = isSpaced ? line : softline;
  const parts = [
    open,
    indent([edge, join([",", line], [...members])]),
    hasTrailingComma ? ifBreak(",") : "",
    edge,
    close,
  ];
  return isGrouped ? group(parts) : parts;
}

/** Text of literals that never moves to a line of its own when the key is as short as this. */
const shortKey = 5;

/**
 * A name and what it is set to, which moves to the next line when nothing of it fits
 * on this one.
 *
 * @param value - the expression on the right; undefined for a type
 */
export function assignment(
  left: Doc,
  operator: string,
  right: Doc,
  value?: ts.Expression,
): Doc {
  const isString = value !== undefined && ts.isStringLiteral(value);
  const isShort = typeof left === "string" && left.length < shortKey;
  const isFixed =
    value !== undefined &&
    (ts.isNumericLiteral(value) ||
      value.kind === ts.SyntaxKind.TrueKeyword ||
      value.kind === ts.SyntaxKind.FalseKeyword);
  if (isFixed || (isShort && value !== undefined)) {
    return group([group(left), operator, " ", right]);
  }
  if (isString) {
    return group([group(left), operator, group(indent([line, right]))]);
  }
  const id = Symbol("assignment");
  return group([
    group(left),
    operator,
    group(indent(line), { id }),
    lineSuffixBoundary,
    indentIfBreak(right, { groupId: id }),
  ]);
}

/** A string in the quotes that need fewer escapes, double ones when it makes no difference. */
export function stringLiteral(
  node: ts.StringLiteral,
  source: ts.SourceFile,
): string {
  const raw = node.getText(source).slice(1, -1);
  const doubles = raw.split('"').length;
  const singles = raw.split("'").length;
  const [quote, other] = doubles > singles ? ["'", '"'] : ['"', "'"];
  const inner = raw.replace(
    /\\(.)|(["'])/gs,
    (found, escaped: string | undefined, plain: string | undefined) => {
      if (escaped === other) return escaped;
      return plain === quote ? `\\${quote}` : found;
    },
  );
  return `${quote}${inner}${quote}`;
}

export function numericLiteral(
  node: ts.NumericLiteral,
  source: ts.SourceFile,
): string {
  const text = node.getText(source);
  if (!/^\d+(?:\.\d*[1-9])?(?:e[+-]?\d+)?$/.test(text)) {
    throw new UnknownSyntax();
  }
  return text.replace("+", "");
}

/** The name of a property; quotes that it does not need go. */
export function propertyName(
  node: ts.PropertyName,
  source: ts.SourceFile,
): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isNumericLiteral(node)) return numericLiteral(node, source);
  if (ts.isComputedPropertyName(node) && ts.isStringLiteral(node.expression)) {
    return `[${stringLiteral(node.expression, source)}]`;
  }
  if (!ts.isStringLiteral(node)) throw new UnknownSyntax();
  const isEscaped = node.getText(source).includes("\\");
  if (!isEscaped && /^[A-Za-z_$][\w$]*$/.test(node.text)) return node.text;
  // Which other letters may begin an identifier depends on prettier's own table.
  // eslint-disable-next-line no-control-regex -- everything but ASCII
  if (/^[^\x00-\x7f]/.test(node.text)) throw new UnknownSyntax();
  return stringLiteral(node, source);
}

/** The comments before a node, each with the line end and the empty line after it. */
export function leadingComments(
  node: ts.Node,
  source: ts.SourceFile,
): readonly Doc[] {
  const { text } = source;
  const comments = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  return comments.flatMap(({ pos, end, kind }, index) => {
    const next = comments[index + 1]?.pos ?? node.getStart(source);
    const gap = text.slice(end, next);
    if (!gap.includes("\n")) throw new UnknownSyntax();
    const comment = text.slice(pos, end);
    return [
      kind === ts.SyntaxKind.MultiLineCommentTrivia
        ? blockComment(comment)
        : comment.trimEnd(),
      hardline,
      ...(isBlank(gap) ? [hardline] : []),
    ];
  });
}

/** A comment whose lines begin with stars moves with its indentation. */
function blockComment(comment: string): Doc {
  const lines = comment.split("\n");
  if (lines.length === 1) return comment;
  const [first = "", ...rest] = lines;
  if (!rest.every((each) => /^\s*\*/.test(each))) throw new UnknownSyntax();
  return join(hardline, [
    first.trimEnd(),
    ...rest.map((each, index) =>
      index < rest.length - 1 ? ` ${each.trim()}` : ` ${each.trimStart()}`,
    ),
  ]);
}

/** Whether there is an empty line between a node, its comments included, and what stands before it. */
export function isBlankBefore(node: ts.Node, source: ts.SourceFile): boolean {
  const { text } = source;
  const first = ts.getLeadingCommentRanges(text, node.pos)?.[0];
  return isBlank(text.slice(node.pos, first?.pos ?? node.getStart(source)));
}

function isBlank(gap: string): boolean {
  return /\n[^\S\n]*\n/.test(gap);
}
