import process from "node:process";
import { resolveClients } from "../config/options.js";
import type { GenerateOptions, ResolvedOptions } from "../config/options.js";
import { DiagnosticError, printable } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { print } from "./print.js";
import { printDiagnostics, relativeToCwd, reportProblems } from "./report.js";

/** What a command found out about one client. */
export interface ClientReport {
  readonly exitCode: number;
  /** For machines. */
  readonly document: object;
  /** For people. */
  readonly text: string;
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
      print(process.stdout, json ? printJson(report.document) : report.text);
      return report.exitCode;
    }
    const reports: object[] = [];
    let exitCode = 0;
    for (const client of clients) {
      const report = await command(client, isList).catch(badInput);
      const { document, text, warnings = [] } = report;
      if (warnings.length > 0) print(process.stderr, `${labelOf(client)}:\n`);
      await printDiagnostics(warnings);
      if (!json) print(process.stdout, text);
      const { name, out } = client;
      reports.push({ ...(name !== undefined && { name }), out, ...document });
      exitCode = Math.max(exitCode, report.exitCode);
    }
    if (json) print(process.stdout, printJson({ clients: reports }));
    return exitCode;
  });
}

function badInput(error: unknown): ClientReport {
  if (!(error instanceof DiagnosticError)) throw error;
  const { diagnostics } = error;
  return {
    exitCode: 2,
    document: { diagnostics },
    text: "",
    warnings: diagnostics,
  };
}

/** What people call a client: its name, or its folder as they would write it. */
export function labelOf({ name, out }: ResolvedOptions): string {
  return printable(name ?? relativeToCwd(out));
}

function printJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
