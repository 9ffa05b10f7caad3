// Loaded before a program (node --import): says at its end, on file descriptor 3, what it has used.
import { writeSync } from "node:fs";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    writeSync(3, JSON.stringify(process.resourceUsage()));
  });
}
