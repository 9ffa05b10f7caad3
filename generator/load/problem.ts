import { getCodeframe, getLineColLocation } from "@redocly/openapi-core";
import type { NormalizedProblem, YamlParseError } from "@redocly/openapi-core";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type {
  Diagnostic,
  DiagnosticCode,
  SourceLocation,
} from "../diagnostics/diagnostic.js";
import { introducedBy, writtenPlace } from "./overlay-trace.js";

/** What a text that does not parse is reported as. */
export function syntaxDiagnostic(
  error: YamlParseError,
  code: DiagnosticCode = "spec-syntax",
): Diagnostic {
  const { source } = error;
  const start = { line: error.line || 1, col: error.col || 1 };
  const message = error.message
    .replace(/\s*\(\d+:\d+\)$/, "")
    .replace(
      "Maximum call stack size exceeded",
      "the document is nested too deeply",
    );
  return diagnostic(
    code,
    message,
    { file: source.absoluteRef, line: start.line, column: start.col },
    getCodeframe({ source, pointer: undefined, start }, false),
  );
}

/** How a problem begins that says that a referenced file does not parse. */
export const unparsedPrefix = "Failed to parse: ";

/** Where a problem is, in the text that it comes from. */
export function problemPlace(problem: NormalizedProblem): SourceLocation {
  const [location] = problem.location;
  if (!location) return { file: "", line: 1, column: 1 };
  const { start, source } = writtenLocation(location);
  return {
    file: source.absoluteRef,
    line: start.line || 1,
    column: start.col || 1,
  };
}

type ProblemLocation = NormalizedProblem["location"][number];

function writtenLocation(
  location: ProblemLocation,
): ReturnType<typeof getLineColLocation> & { readonly isIntroduced: boolean } {
  const { pointer, reportOnKey } = location;
  if (pointer === undefined) {
    return { ...getLineColLocation(location), isIntroduced: false };
  }
  const written = writtenPlace({ source: location.source, pointer });
  const place = getLineColLocation({
    source: written.source,
    pointer: written.pointer,
    reportOnKey: reportOnKey === true,
  });
  return { ...place, isIntroduced: written.isIntroduced };
}

/**
 * What a problem that validation found is reported as.
 *
 * @param invalid - the code of a problem with the form of the document
 */
export function problemDiagnostic(
  problem: NormalizedProblem,
  invalid: DiagnosticCode = "spec-invalid",
): Diagnostic {
  const [location] = problem.location;
  const code: DiagnosticCode = problem.message.startsWith(unparsedPrefix)
    ? "spec-syntax"
    : problem.ruleId === "no-unresolved-refs"
      ? "spec-ref"
      : invalid;
  const suggestion =
    problem.suggest[0] === undefined
      ? ""
      : `; did you mean ${problem.suggest.slice(0, 3).join(" or ")}?`;
  const message = problem.message.replace(/\.?$/, "") + suggestion;
  if (!location) return diagnostic(code, message);
  const { isIntroduced, ...place } = writtenLocation(location);
  return diagnostic(
    code,
    isIntroduced
      ? `${message} (${introducedBy(place.source, place.start.line)})`
      : message,
    problemPlace(problem),
    getCodeframe(place, false),
  );
}
