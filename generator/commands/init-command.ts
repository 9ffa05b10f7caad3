import process from "node:process";
import { init } from "../init/init.js";
import { print } from "./print.js";
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
    print(
      process.stdout,
      `${lines.join("\n")}\n\nNext: npm run generate:kompliant\n`,
    );
    return 0;
  });
}
