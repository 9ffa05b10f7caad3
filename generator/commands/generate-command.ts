import { generateClient } from "../generate.js";
import type { GenerateResult } from "../generate.js";
import { forEachClient } from "./each-client.js";
import { optionsOf, relativeToCwd } from "./report.js";
import type { InputFlags } from "./report.js";

/**
 * Runs `generate` and reports: the outcome on stdout, problems on stderr.
 *
 * @returns the process's exit code: 0, or 2 on bad input
 */
export async function runGenerate(flags: InputFlags): Promise<number> {
  const { json = false } = flags;
  return forEachClient(optionsOf(flags), json, async (client) => {
    const result = await generateClient(client);
    const { warnings } = result;
    return { exitCode: 0, document: result, lines: summary(result), warnings };
  });
}

function summary(result: GenerateResult): readonly string[] {
  const { api, counts, files, notes, timings } = result;
  const changes = [
    `${files.written.length} written`,
    `${files.unchanged.length} unchanged`,
    ...(files.deleted.length > 0 ? [`${files.deleted.length} deleted`] : []),
  ];
  return [
    `${api.title} ${api.version} → ${relativeToCwd(result.out)}`,
    `  ${counts.operations} operations, ${counts.errors} documented errors`,
    ...notes.map(({ message }) => `  ${message}`),
    `  files: ${changes.join(", ")}`,
    `  ${(timings.total / 1000).toFixed(1)} s`,
  ];
}
