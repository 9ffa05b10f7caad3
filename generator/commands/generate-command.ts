import path from "node:path";
import process from "node:process";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import {
  printDiagnostics,
  reportDiagnostics,
} from "../diagnostics/report-diagnostics.js";
import type { GenerateOptions } from "../config/options.js";
import { generate } from "../generate.js";
import type { GenerateResult } from "../generate.js";

/** Flags of the `generate` command. */
export interface GenerateFlags {
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly out?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** The options that the flags of a run stand for. */
export function generateOptions(flags: GenerateFlags): GenerateOptions {
  const { spec, overlay, out, config } = flags;
  return {
    ...(spec !== undefined && { spec }),
    ...(overlay && { overlays: overlay }),
    ...(out !== undefined && { out }),
    ...(config !== undefined && { config }),
  };
}

/**
 * Runs `generate` and reports: the outcome on stdout, problems on stderr.
 *
 * @returns the process's exit code: 0, or 2 on bad input
 */
export async function runGenerate(flags: GenerateFlags): Promise<number> {
  const { json = false } = flags;
  try {
    const result = await generate(generateOptions(flags));
    printDiagnostics(result.warnings);
    process.stdout.write(
      json ? `${JSON.stringify(result, undefined, 2)}\n` : summary(result),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    reportDiagnostics(error.diagnostics, { json });
    return 2;
  }
}

function summary(result: GenerateResult): string {
  const { api, counts, files, timings } = result;
  const out = path.relative(process.cwd(), result.out) || ".";
  const changes = [
    `${files.written.length} written`,
    `${files.unchanged.length} unchanged`,
    ...(files.deleted.length > 0 ? [`${files.deleted.length} deleted`] : []),
  ];
  return [
    `${api.title} ${api.version} → ${out}`,
    `  ${counts.operations} operations, ${counts.errors} documented errors`,
    `  files: ${changes.join(", ")}`,
    `  ${(timings.total / 1000).toFixed(1)} s`,
    "",
  ].join("\n");
}
