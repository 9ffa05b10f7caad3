import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";
import { thrownText } from "../diagnostics/thrown-text.js";

/**
 * Runs what walks along the references of a description. A walk that leads through so
 * many schemas that the stack does not hold it is a problem of the description, and so is
 * whatever a library throws at it.
 *
 * @throws {DiagnosticError} when either happens
 */
export async function withinDepth<Outcome>(
  file: string,
  walk: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await walk();
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    if (!(error instanceof RangeError)) {
      throw new DiagnosticError([
        diagnostic("unexpected", thrownText(error), {
          location: startOf(file),
        }),
      ]);
    }
    throw new DiagnosticError([
      diagnostic(
        "spec-too-big",
        "references lead through too many schemas, each within another",
        { location: startOf(file) },
      ),
    ]);
  }
}
