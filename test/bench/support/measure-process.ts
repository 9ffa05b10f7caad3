import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

/** What Node is to run: a program and its parameters, or an expression. */
export type NodeCommand = readonly string[];

/** Milliseconds that a whole process took; undefined when it failed. */
export async function timeProcess(
  command: NodeCommand,
  cwd: string,
): Promise<number | undefined> {
  const start = performance.now();
  const exitCode = await runNode(command, cwd, process.env);
  return exitCode === 0 ? performance.now() - start : undefined;
}

/** The most memory that a process held at once, in megabytes. */
export async function peakMemory(
  command: NodeCommand,
  cwd: string,
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "peak-"));
  const file = path.join(folder, "peak");
  const preload = path.join(import.meta.dirname, "report-peak.mjs");
  await runNode(["--import", preload, ...command], cwd, {
    ...process.env,
    PEAK_FILE: file,
  });
  const kilobytes = Number(readFileSync(file, "utf8"));
  rmSync(folder, { recursive: true });
  return kilobytes / 1024;
}

function runNode(
  command: NodeCommand,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd,
      env,
      stdio: "ignore",
    });
    child.on("error", reject);
    child.on("close", resolve);
  });
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
