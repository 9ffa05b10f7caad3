/** Every kind of problem a run can report, with what to do about it. */
const diagnosticHelp = {
  "config-invalid":
    "Correct the configuration file, or the command-line flag that overrides it.",
  "config-not-found": "Name an existing file with --config.",
  "init-package": "Run it in the folder that holds your package.json.",
  "output-busy": "Wait for the other run to finish, or end it.",
  "output-foreign":
    "Move the file away or choose another folder with --out: only files that this tool wrote are replaced.",
  "output-unsafe":
    "This is a fault of the generator, not of your input: please report it. Nothing was written.",
  "output-unwritable": "Check the folder's permissions and free space.",
  "overlay-conflict":
    "Change the action, or its target: the two do not fit; see docs/overlays.md.",
  "overlay-invalid":
    "Correct the overlay: this place does not follow the OpenAPI Overlay specification.",
  "overlay-not-found": "Check the path given with --overlay.",
  "overlay-unmatched":
    "Correct the target, or remove the action if the description no longer needs it.",
  "spec-empty": "Point --spec at an OpenAPI 3.0 or 3.1 document.",
  "spec-error-table":
    "Correct the table in the description, or list the error under x-kompliant-errors; see docs/error-sources.md.",
  "spec-errors":
    "Describe each error as an object whose code (and entity_type, sub_code) is a const; see docs/description.md.",
  "spec-invalid":
    "Correct the description: this place does not follow the OpenAPI specification.",
  "spec-not-found": "Check the path of the description.",
  "spec-operation":
    "Give each operation an operationId, and describe its input as one JSON body.",
  "spec-ref": "Correct the $ref, or add what it points to.",
  "spec-syntax": "Correct the YAML or JSON at this place.",
  "spec-version":
    "Only OpenAPI 3.0 and 3.1 are understood; convert older documents first.",
} as const;

export type DiagnosticCode = keyof typeof diagnosticHelp;

/** A place in a file; line and column count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One problem, for people and machines. */
export interface Diagnostic {
  /** Errors end a run, warnings do not. */
  readonly severity: "error" | "warning";
  readonly code: DiagnosticCode;
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
  readonly location: SourceLocation | undefined;
  /** The lines around the place, the place marked; undefined when there is no text to show. */
  readonly frame: string | undefined;
}

/** Makes an error; the help text belongs to the code. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  location?: SourceLocation,
  frame?: string,
): Diagnostic {
  return {
    severity: "error",
    code,
    message: printable(message),
    help: diagnosticHelp[code],
    location,
    frame: frame === undefined ? undefined : printable(frame),
  };
}

/** Text from a description must not send control codes to a terminal. */
export function printable(text: string): string {
  return text.replace(
    /[^\P{Cc}\n]|\p{Cf}/gu,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Ends a run because of its input. Nothing on disk has been touched. */
export class DiagnosticError extends Error {
  override readonly name = "DiagnosticError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => each.message).join("\n"));
    this.diagnostics = sortDiagnostics(diagnostics);
  }
}

/** Diagnostics in the order of their places. */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  return [...diagnostics].sort(byPlace);
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
