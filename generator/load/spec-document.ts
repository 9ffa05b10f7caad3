import { getLineColLocation, isRef } from "@redocly/openapi-core";
import type { ResolvedRefMap, Source } from "@redocly/openapi-core";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { codeFrame } from "../diagnostics/code-frame.js";
import type { TextRange } from "../diagnostics/code-frame.js";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type {
  Diagnostic,
  DiagnosticDetails,
  RelatedPlace,
  SourceLocation,
} from "../diagnostics/diagnostic.js";
import { introducedBy, writtenPlace } from "./overlay-trace.js";
import type { TextPlace } from "./overlay-trace.js";

/** A validated description with every file that it references. */
export interface SpecDocument {
  /** The first document, which says what there can be only one of. */
  readonly root: SpecNode;
  /** Every document that the description consists of. */
  readonly roots: readonly SpecNode[];
  readonly references: ResolvedRefMap;
  /** What is not as it should be, and does not keep the client from being generated. */
  readonly warnings: readonly Diagnostic[];
  /** Text of every file that was read, by absolute path or URL. */
  readonly sources: ReadonlyMap<string, string>;
}

/** A value in the description, and where it stands. */
export interface SpecNode {
  readonly value: unknown;
  readonly source: Source;
  /** JSON pointer as a URI fragment, such as `#/paths/~1propay.execute/post`. */
  readonly pointer: string;
}

/** The members of a map. */
export type SpecObject = Readonly<Record<string, unknown>>;

/** The members of a node that is a map, or nothing. */
export function entriesOf(node: SpecNode): readonly [string, SpecNode][] {
  if (!isObject(node.value)) return [];
  return Object.keys(node.value).map((key) => [key, member(node, key)]);
}

/** The elements of a node that is a list, or nothing. */
export function itemsOf(node: SpecNode): readonly SpecNode[] {
  if (!Array.isArray(node.value)) return [];
  return node.value.map((_, index) => member(node, String(index)));
}

/** A member by its path; its value is undefined where there is none. */
export function at(node: SpecNode, ...keys: readonly string[]): SpecNode {
  return keys.reduce(member, node);
}

/** A member's text, or undefined when it is missing or no text. */
export function textAt(node: SpecNode, key: string): string | undefined {
  const { value } = member(node, key);
  return typeof value === "string" ? value : undefined;
}

function member(node: SpecNode, key: string): SpecNode {
  const { value, source, pointer } = node;
  const escaped = key.replaceAll("~", "~0").replaceAll("/", "~1");
  const child =
    (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key)
      ? (value as SpecObject)[key]
      : undefined;
  const home =
    typeof child === "object" && child ? homes.get(child) : undefined;
  return {
    value: child,
    source,
    pointer: pointer.endsWith("/")
      ? pointer + escaped
      : `${pointer}/${escaped}`,
    ...home,
  };
}

/** Where values stand that were put in the place of a `$ref`. */
const homes = new WeakMap<object, TextPlace>();

/** From now on the node's value stands where it does now, wherever it is put. */
export function standsAt({ value, source, pointer }: SpecNode): void {
  if (typeof value !== "object" || value === null) return;
  homes.set(value, { source, pointer });
}

/** The target of a node that is a `$ref`, through any chain of them; any other node as it is. */
export function follow(document: SpecDocument, node: SpecNode): SpecNode {
  if (!isRef(node.value)) return node;
  const id = `${node.source.absoluteRef}::${node.value.$ref}`;
  const target = document.references.get(id);
  if (!target?.resolved) {
    throw new DiagnosticError([
      diagnosticAt(node, "spec-ref", `"${node.value.$ref}" cannot be resolved`),
    ]);
  }
  const { source } = target.document;
  return { value: target.node as unknown, source, pointer: target.nodePointer };
}

/** How a node's place is shown, and what is said besides the message. */
interface PlaceDetails extends Pick<DiagnosticDetails, "help" | "related"> {
  /** Marks the node's key instead of its value. */
  readonly onKey?: boolean;
}

/** A diagnostic about a node, with position and code frame. */
export function diagnosticAt(
  node: TextPlace,
  code: DiagnosticCode,
  message: string,
  { onKey = false, ...details }: PlaceDetails = {},
): Diagnostic {
  const { location, frame, origin } = placeOf(node, onKey);
  return diagnostic(code, message + origin, { location, frame, ...details });
}

/** A node as the second place of a diagnostic. */
export function relatedPlace(
  node: TextPlace,
  message: string,
  onKey = false,
): RelatedPlace {
  const { location, frame, origin } = placeOf(node, onKey);
  return { message: message + origin, location, frame };
}

interface ShownPlace {
  readonly location: SourceLocation;
  readonly frame: string;
  /** Says which overlay brought it, if one did. */
  readonly origin: string;
}

function placeOf(node: TextPlace, onKey: boolean): ShownPlace {
  const { source, pointer, isIntroduced } = writtenPlace(node);
  const { start, end } = getLineColLocation({
    source,
    pointer,
    reportOnKey: onKey,
  });
  const range: TextRange = {
    line: start.line,
    column: start.col,
    ...(end && { endLine: end.line, endColumn: end.col }),
  };
  return {
    location: { file: source.absoluteRef, ...range },
    frame: codeFrame(source.getLines(), range),
    origin: isIntroduced ? ` (${introducedBy(source, start.line)})` : "",
  };
}

/** Whether a value is a map (not a list, not null). */
export function isObject(value: unknown): value is SpecObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
