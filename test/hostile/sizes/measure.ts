import { spawnSync } from "node:child_process";
import { rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { packageFolder } from "../../cli/support/run-command.js";
import type { SizedDocument } from "./documents.js";

/** What a run of `generate` took. */
export interface Usage {
  readonly kilobytes: number;
  /** Until it ended. */
  readonly seconds: number;
  /** Of all processors together, which a busy machine changes less. */
  readonly processorSeconds: number;
  /** Most memory that it held at once. */
  readonly megabytes: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Generates from a document in a process of its own, below this folder. */
export function measure({ text }: SizedDocument, folder: string): Usage {
  const file = path.join(folder, "openapi.yaml");
  const out = path.join(folder, "client");
  rmSync(out, { recursive: true, force: true });
  writeFileSync(file, text());
  const preload = path.join(import.meta.dirname, "report-usage.mjs");
  const start = performance.now();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    [
      ...["--import", pathToFileURL(preload).href],
      path.join(packageFolder, "dist/cli.js"),
      ...["generate", "--spec", file, "--out", out],
    ],
    {
      encoding: "utf8",
      timeout: 600_000,
      maxBuffer: 2 ** 26,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    },
  );
  const usage = JSON.parse(output[3] ?? "{}") as NodeJS.ResourceUsage;
  return {
    kilobytes: statSync(file).size / 1000,
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1_000_000,
    megabytes: usage.maxRSS / 1000,
    exitCode: status,
    stderr,
  };
}
