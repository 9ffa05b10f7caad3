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
export type { WrittenFiles } from "./write/write-files.js";
