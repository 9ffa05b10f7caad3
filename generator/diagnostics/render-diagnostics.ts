import type { Diagnostic } from "./diagnostic.js";
import type { Line } from "../printing/line.js";
import { renderDiagnostic } from "./render-diagnostic.js";

/** Most diagnostics of one code that are printed in full. */
const shownPerCode = 10;

/**
 * Prints the diagnostics of a run for a terminal, those of one kind up to a number
 * that people still read.
 *
 * @param cwd - file names are shown relative to it where that is shorter
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  cwd: string,
): readonly Line[] {
  const counts = new Map<string, number>();
  const shown = diagnostics.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= shownPerCode;
  });
  const more = [...counts]
    .filter(([, count]) => count > shownPerCode)
    .map(([code, count]) => `${count - shownPerCode} of ${code}`);
  const parts = [
    ...shown.map((each) => renderDiagnostic(each, cwd)),
    ...(more.length > 0
      ? [[`and ${more.join(", ")} more; --json lists all`]]
      : []),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}
