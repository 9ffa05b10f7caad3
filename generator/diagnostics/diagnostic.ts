import { maskUrls, visible } from "../printing/visible.js";
import { catalogue } from "./catalogue.js";
import type { DiagnosticCode, Severity } from "./catalogue.js";

/** A place in a file; lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where it ends; `endColumn` is the first column behind it. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The place of a problem that concerns a file as a whole. */
export function startOf(file: string): SourceLocation {
  return { file, line: 1, column: 1 };
}

/** Another place that has to do with a problem, such as the first of two with the same name. */
export interface RelatedPlace {
  readonly message: string;
  readonly location: SourceLocation;
  readonly frame: string | undefined;
}

/** One problem, for people and machines. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
  readonly location: SourceLocation | undefined;
  /** The lines around the place, the place marked; undefined when there is no text to show. */
  readonly frame: string | undefined;
  readonly related: readonly RelatedPlace[];
}

/** What can be said of a problem beyond its code and its message. */
export interface DiagnosticDetails {
  readonly location?: SourceLocation;
  readonly frame?: string;
  /** Advice for this very place; the code's own unless given. */
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
}

/** Makes a diagnostic; its severity belongs to the code. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  { location, frame, help, related = [] }: DiagnosticDetails = {},
): Diagnostic {
  const { severity, help: usualHelp } = catalogue[code];
  return {
    severity,
    code,
    message: visible(message),
    help: visible(help ?? usualHelp),
    location: location && withoutSecrets(location),
    frame,
    related: related.map((place) => ({
      ...place,
      message: visible(place.message),
      location: withoutSecrets(place.location),
    })),
  };
}

/** A place as it can be shown: a URL without what can be a credential. */
function withoutSecrets(location: SourceLocation): SourceLocation {
  return { ...location, file: maskUrls(location.file) };
}

/** Ends a run because of its input. Nothing on disk has been touched. */
export class DiagnosticError extends Error {
  override readonly name = "DiagnosticError";
  /** Every problem that was found, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => each.message).join("\n"));
    this.diagnostics = sortDiagnostics(diagnostics);
  }
}

/** Diagnostics in the order of their places, each once. */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(byPlace).filter((each) => {
    const key = JSON.stringify([each.code, each.message, each.location]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function byPlace(left: Diagnostic, right: Diagnostic): number {
  return (
    compare(left.location?.file ?? "", right.location?.file ?? "") ||
    (left.location?.line ?? 0) - (right.location?.line ?? 0) ||
    (left.location?.column ?? 0) - (right.location?.column ?? 0)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
