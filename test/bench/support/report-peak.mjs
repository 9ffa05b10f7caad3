// Loaded before a program: says at its end, in kilobytes, how much memory it has held.
import { writeFileSync } from "node:fs";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    const { maxRSS } = process.resourceUsage();
    writeFileSync(process.env.PEAK_FILE, String(maxRSS));
  });
}
