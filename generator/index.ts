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
export { diff } from "./diff/diff.js";
export type { DiffOptions } from "./diff/diff.js";
export { generate } from "./generate.js";
export type { GenerateResult } from "./generate.js";
