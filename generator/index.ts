import type { DiffOptions } from "./diff/diff.js";
import type { SpecDiff } from "./diff/change.js";

export { check } from "./check.js";
export type { CheckResult } from "./check.js";
export { defineConfig } from "./config/options.js";
export type { Config, GenerateOptions } from "./config/options.js";
export { DiagnosticError } from "./diagnostics/diagnostic.js";
export type { DiagnosticCode, Severity } from "./diagnostics/catalogue.js";
export type {
  Diagnostic,
  RelatedPlace,
  SourceLocation,
} from "./diagnostics/diagnostic.js";
export type {
  Change,
  ChangeLevel,
  DescriptionVersion,
  Direction,
  Position,
  SpecDiff,
  VersionBump,
} from "./diff/change.js";
export type { DiffOptions } from "./diff/diff.js";
export { generate } from "./generate.js";
export type { GenerateResult } from "./generate.js";

/**
 * Says what changed between two versions of an API description. New elements are
 * called what `generate` would call them after the old version.
 *
 * @throws {DiagnosticError} when one of them cannot be read or makes no sense, or when nothing was generated yet
 */
export async function diff(options: DiffOptions): Promise<SpecDiff> {
  // A configuration imports this module for `defineConfig`, on every run.
  const { diff: compare } = await import("./diff/diff.js");
  return compare(options);
}
