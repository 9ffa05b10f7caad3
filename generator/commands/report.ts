import path from "node:path";
import process from "node:process";
import type { GenerateOptions } from "../config/options.js";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { printJson, printLines } from "../printing/print.js";

/** Flags of the commands that read a description. */
export interface InputFlags {
  readonly spec?: readonly string[];
  readonly overlay?: readonly string[];
  readonly out?: string;
  readonly config?: string;
  readonly client?: string;
  readonly json?: boolean;
}

/**
 * Runs a command and reports bad input: on stderr for people, with `--json` also on
 * stdout for machines.
 *
 * @returns the command's exit code, or 2 on bad input
 */
export async function reportProblems(
  json: boolean,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    await reportBadInput(json, error.diagnostics);
    return 2;
  }
}

/** Reports the problems that ended a run. */
export async function reportBadInput(
  json: boolean,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  if (json) printJson({ diagnostics });
  await printDiagnostics(diagnostics);
}

/** Prints diagnostics on stderr. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { renderDiagnostics } =
    await import("../diagnostics/render-diagnostics.js");
  printLines("stderr", renderDiagnostics(diagnostics, process.cwd()));
}

/** The options that the flags of a command stand for. */
export function optionsOf(flags: InputFlags): GenerateOptions {
  const { spec, overlay, out, config, client } = flags;
  return {
    ...(spec !== undefined && { spec }),
    ...(overlay && { overlays: overlay }),
    ...(out !== undefined && { out }),
    ...(config !== undefined && { config }),
    ...(client !== undefined && { client }),
  };
}

/** A path as a person in the working directory would write it. */
export function relativeToCwd(file: string): string {
  return path.relative(process.cwd(), file) || ".";
}
