import process from "node:process";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import { reportDiagnostics } from "../diagnostics/report-diagnostics.js";
import { init } from "../init/init.js";

/**
 * Runs `init` in the working directory and says what it did.
 *
 * @returns the process's exit code: 0, or 2 when the folder is no package
 */
export async function runInit(): Promise<number> {
  try {
    const steps = await init(process.cwd());
    const lines = steps.map(
      ({ file, outcome, detail }) => `${outcome.padEnd(7)} ${file} (${detail})`,
    );
    process.stdout.write(
      `${lines.join("\n")}\n\nNext: npm run generate:kompliant\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    reportDiagnostics(error.diagnostics, { json: false });
    return 2;
  }
}
