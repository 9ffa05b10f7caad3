import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";

/**
 * Runs what walks along the references of a description. A walk that leads through so
 * many schemas that the stack does not hold it is a problem of the description.
 *
 * @throws {DiagnosticError} when it does
 */
export async function withinDepth<Outcome>(
  file: string,
  walk: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await walk();
  } catch (error) {
    if (isPointerLoop(error)) {
      throw new DiagnosticError([
        diagnostic(
          "spec-ref-loop",
          "the pointer of a $ref leads through the $ref itself",
          { location: startOf(file) },
        ),
      ]);
    }
    if (!(error instanceof RangeError)) throw error;
    throw new DiagnosticError([
      diagnostic(
        "spec-too-big",
        "references lead through too many schemas, each within another",
        { location: startOf(file) },
      ),
    ]);
  }
}

/** What Redocly throws when it would resolve a reference to resolve that reference. */
function isPointerLoop(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.message === "Self-referencing circular pointer"
  );
}
