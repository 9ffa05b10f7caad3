import process from "node:process";
import { watchInputs } from "../watch/watch.js";
import { runGenerate } from "./generate-command.js";
import { printLines } from "../printing/print.js";
import { optionsOf } from "./report.js";
import type { InputFlags } from "./report.js";

/**
 * Runs `generate` now and after every change of its inputs, until the process is
 * told to end. Problems are reported and do not end it.
 *
 * @returns the process's exit code
 */
export async function runWatch(flags: InputFlags): Promise<number> {
  const stop = await watchInputs(optionsOf(flags), async () => {
    await runGenerate(flags);
    printLines("stderr", ["Watching for changes…"]);
  });
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await stop();
  return 0;
}
