import process from "node:process";
import { printable } from "../diagnostics/diagnostic.js";
import { generate } from "../generate.js";
import type { GenerateResult } from "../generate.js";
import { print } from "./print.js";
import {
  optionsOf,
  printDiagnostics,
  relativeToCwd,
  reportProblems,
} from "./report.js";
import type { InputFlags } from "./report.js";

/**
 * Runs `generate` and reports: the outcome on stdout, problems on stderr.
 *
 * @returns the process's exit code: 0, or 2 on bad input
 */
export async function runGenerate(flags: InputFlags): Promise<number> {
  const { json = false } = flags;
  return reportProblems(json, async () => {
    const result = await generate(optionsOf(flags));
    await printDiagnostics(result.warnings);
    print(
      process.stdout,
      json ? `${JSON.stringify(result, undefined, 2)}\n` : summary(result),
    );
    return 0;
  });
}

function summary(result: GenerateResult): string {
  const { api, counts, files, notes, timings } = result;
  const changes = [
    `${files.written.length} written`,
    `${files.unchanged.length} unchanged`,
    ...(files.deleted.length > 0 ? [`${files.deleted.length} deleted`] : []),
  ];
  return [
    `${printable(`${api.title} ${api.version}`)} → ${relativeToCwd(result.out)}`,
    `  ${counts.operations} operations, ${counts.errors} documented errors`,
    ...notes.map(({ message }) => `  ${message}`),
    `  files: ${changes.join(", ")}`,
    `  ${(timings.total / 1000).toFixed(1)} s`,
    "",
  ].join("\n");
}
