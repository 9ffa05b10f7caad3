import { resolveClients } from "../config/options.js";
import type { GenerateOptions, ResolvedOptions } from "../config/options.js";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Line } from "../printing/line.js";
import { printJson, printLines } from "../printing/print.js";
import { printDiagnostics, relativeToCwd, reportProblems } from "./report.js";

/** What a command found out about one client. */
export interface ClientReport {
  readonly exitCode: number;
  /** For machines. */
  readonly document: object;
  /** For people. */
  readonly lines: readonly Line[];
  readonly warnings?: readonly Diagnostic[];
}

/**
 * Runs a command for each client that its options stand for, one after the other, and
 * reports: results on stdout, problems on stderr. Bad input of one client does not
 * keep the others from being worked on.
 *
 * @param json - print one JSON document, instead of a text for each client
 * @returns the process's exit code: the highest one of all clients, 2 on bad input
 */
export async function forEachClient(
  options: GenerateOptions,
  json: boolean,
  command: (client: ResolvedOptions, isList: boolean) => Promise<ClientReport>,
): Promise<number> {
  return reportProblems(json, async () => {
    const { clients, isList } = await resolveClients(options);
    const [only] = clients;
    if (!isList && only) {
      const report = await command(only, isList);
      await printDiagnostics(report.warnings ?? []);
      if (json) printJson(report.document);
      else printLines("stdout", report.lines);
      return report.exitCode;
    }
    const reports: object[] = [];
    let exitCode = 0;
    for (const client of clients) {
      const report = await command(client, isList).catch(badInput);
      const { document, lines, warnings = [] } = report;
      if (warnings.length > 0) printLines("stderr", [`${labelOf(client)}:`]);
      await printDiagnostics(warnings);
      if (!json) printLines("stdout", lines);
      const { name, out } = client;
      reports.push({ ...(name !== undefined && { name }), out, ...document });
      exitCode = Math.max(exitCode, report.exitCode);
    }
    if (json) printJson({ clients: reports });
    return exitCode;
  });
}

function badInput(error: unknown): ClientReport {
  if (!(error instanceof DiagnosticError)) throw error;
  const { diagnostics } = error;
  return {
    exitCode: 2,
    document: { diagnostics },
    lines: [],
    warnings: diagnostics,
  };
}

/** What people call a client: its name, or its folder as they would write it. */
export function labelOf({ name, out }: ResolvedOptions): string {
  return name ?? relativeToCwd(out);
}
