export { check } from "./check.js";
export type { CheckResult } from "./check.js";
export { defineConfig } from "./config/options.js";
export type { Config, GenerateOptions } from "./config/options.js";
export { DiagnosticError } from "./diagnostics/diagnostic.js";
export type {
  Diagnostic,
  DiagnosticCode,
  SourceLocation,
} from "./diagnostics/diagnostic.js";
export { generate } from "./generate.js";
export type { GenerateResult } from "./generate.js";
