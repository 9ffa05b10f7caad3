import process from "node:process";
import picocolors from "picocolors";
import type { Diagnostic } from "./diagnostic.js";
import { renderDiagnostic } from "./render-diagnostic.js";

/**
 * Reports what ended a run: on stderr for people and, on request, on stdout as one
 * JSON document for machines.
 */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  { json }: { readonly json: boolean },
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ diagnostics }, undefined, 2)}\n`);
  }
  printDiagnostics(diagnostics);
}

/** Prints diagnostics on stderr. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  const color = process.stderr.isTTY && picocolors.isColorSupported;
  const rendered = diagnostics.map((each) =>
    renderDiagnostic(each, process.cwd(), color),
  );
  process.stderr.write(`${rendered.join("\n\n")}\n`);
}
