// Loaded before a program, and before those that it starts: says at its end, in kilobytes, how much memory it has held.
import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    const { maxRSS } = process.resourceUsage();
    const file = path.join(process.env.PEAK_FOLDER, String(process.pid));
    writeFileSync(file, String(maxRSS));
  });
}
