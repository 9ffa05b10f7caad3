import { execFile } from "node:child_process";
import path from "node:path";
import process from "node:process";

/** The folder of the package under test. */
export const packageFolder: string = path.resolve(
  import.meta.dirname,
  "../../..",
);

/** How a process ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it ends, whatever its exit code is. */
export function runCommand(
  program: string,
  parameters: readonly string[],
  cwd: string,
  timeout = 0,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...parameters],
      { cwd, timeout, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
        else reject(error ?? new Error(`${program} did not start`));
      },
    );
  });
}

/**
 * Runs the command line of the built package.
 *
 * @param timeout - milliseconds after which it is killed, which is a failure; none unless given
 */
export function kompliantCodegen(
  parameters: readonly string[],
  cwd: string,
  timeout?: number,
): Promise<Outcome> {
  const cli = path.join(packageFolder, "dist", "cli.js");
  return runCommand(process.execPath, [cli, ...parameters], cwd, timeout);
}
