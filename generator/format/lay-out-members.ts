import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import ts from "typescript";
import {
  isBlankBefore,
  leadingComments,
  propertyName,
  UnknownSyntax,
} from "./layout-parts.js";

const { group, hardline, ifBreak, indent, line } = builders;

type LayOutType = (type: ts.TypeNode, source: ts.SourceFile) => Doc;

/**
 * The members of an interface or object type between braces.
 *
 * @param isOpen - whether each must stand on a line of its own even if all fit on one
 */
export function layOutMembers(
  members: ts.NodeArray<ts.TypeElement>,
  source: ts.SourceFile,
  layOutType: LayOutType,
  isOpen: boolean,
): Doc {
  return braced(
    members,
    source,
    ";",
    (member) => layOutMember(member, source, layOutType),
    isOpen,
  );
}

/** Nodes between braces, with their comments and the empty lines between them. */
export function braced<Node extends ts.Node>(
  nodes: ts.NodeArray<Node>,
  source: ts.SourceFile,
  separator: string,
  layOutNode: (node: Node) => Doc,
  isOpen: boolean,
): Doc {
  if (nodes.length === 0) return "{}";
  const printed = nodes.flatMap((node, index): Doc[] => [
    ...(index === 0 ? [] : [separator, line]),
    ...(index > 0 && isBlankBefore(node, source) ? [hardline] : []),
    ...leadingComments(node, source),
    layOutNode(node),
  ]);
  return group(
    ["{", indent([line, ...printed]), ifBreak(separator), line, "}"],
    {
      shouldBreak: isOpen || startsOnNewLine(nodes, source),
    },
  );
}

/** Prettier keeps objects open whose first member stands on a line of its own. */
function startsOnNewLine(
  nodes: ts.NodeArray<ts.Node>,
  source: ts.SourceFile,
): boolean {
  const [first] = nodes;
  return (
    first !== undefined &&
    source.text.slice(nodes.pos, first.getStart(source)).includes("\n")
  );
}

function layOutMember(
  member: ts.TypeElement,
  source: ts.SourceFile,
  layOutType: LayOutType,
): Doc {
  if (ts.isPropertySignature(member) && member.type) {
    const { type, questionToken } = member;
    return [
      readonly(member.modifiers),
      propertyName(member.name, source),
      questionToken ? "?: " : ": ",
      layOutType(type, source),
    ];
  }
  if (ts.isIndexSignatureDeclaration(member)) {
    const [key] = member.parameters;
    if (!key?.type || !ts.isIdentifier(key.name)) throw new UnknownSyntax();
    const { softline } = builders;
    const parameter = [`${key.name.text}: `, layOutType(key.type, source)];
    return [
      readonly(member.modifiers),
      group(["[", indent([softline, parameter]), softline, "]"]),
      ": ",
      layOutType(member.type, source),
    ];
  }
  throw new UnknownSyntax();
}

function readonly(
  modifiers: ts.NodeArray<ts.ModifierLike> | undefined,
): string {
  if (!modifiers) return "";
  const isReadonly = modifiers.every(
    ({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword,
  );
  if (!isReadonly) throw new UnknownSyntax();
  return "readonly ";
}
