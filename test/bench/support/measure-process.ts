import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

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

/**
 * The most memory that one process held at once, in megabytes: the command's own or any
 * that it started, since some generators do their work in a process of their own.
 */
export async function peakMemory(
  command: NodeCommand,
  cwd: string,
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "peak-"));
  const preload = path.join(import.meta.dirname, "report-peak.mjs");
  await runNode(command, cwd, {
    ...process.env,
    NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
    PEAK_FOLDER: folder,
  });
  const kilobytes = readdirSync(folder).map((name) =>
    Number(readFileSync(path.join(folder, name), "utf8")),
  );
  rmSync(folder, { recursive: true });
  return Math.max(...kilobytes) / 1024;
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
