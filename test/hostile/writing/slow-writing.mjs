// Loaded before a program (node --import "…/slow-writing.mjs?folder=…"): every call that
// changes something below the folder takes four milliseconds, so that others come in between.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const folder = new URL(import.meta.url).searchParams.get("folder");
const clock = new Int32Array(new SharedArrayBuffer(4));

for (const name of [
  "writeFileSync",
  "rmSync",
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "renameSync",
  "rmdirSync",
  "unlinkSync",
]) {
  const original = fs[name];
  fs[name] = (...parameters) => {
    const [first] = parameters;
    if (typeof first === "string" && first.startsWith(folder)) {
      Atomics.wait(clock, 0, 0, 4);
    }
    return original(...parameters);
  };
}

syncBuiltinESMExports();
