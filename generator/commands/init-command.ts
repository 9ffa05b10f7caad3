import process from "node:process";
import { init } from "../init/init.js";
import { printLines } from "../printing/print.js";
import { reportProblems } from "./report.js";

/**
 * Runs `init` in the working directory and says what it did.
 *
 * @returns the process's exit code: 0, or 2 when the folder is no package
 */
export async function runInit(): Promise<number> {
  return reportProblems(false, async () => {
    const steps = await init(process.cwd());
    const lines = steps.map(
      ({ file, outcome, detail }) => `${outcome.padEnd(7)} ${file} (${detail})`,
    );
    printLines("stdout", [...lines, "", "Next: npm run generate:kompliant"]);
    return 0;
  });
}
