import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SpecDocument } from "../load/spec-document.js";
import { buildModel } from "./build-model.js";

/**
 * What this stage finds in a description that is refused already, so that everything
 * can be mended at once.
 */
export function furtherProblems(document: SpecDocument): readonly Diagnostic[] {
  try {
    buildModel(document, []);
  } catch (error) {
    // Whatever else ends it is a consequence of what is known.
    if (!(error instanceof DiagnosticError)) return [];
    return error.diagnostics.filter(({ code }) => code !== "spec-ref");
  }
  return [];
}
