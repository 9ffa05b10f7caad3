// Runs the write stage on its own: `node write-client.mjs PLAN`, with the client to
// write in the file PLAN. Starts in a tenth of the time that the whole generator takes.
import { readFileSync } from "node:fs";
import process from "node:process";
import { DiagnosticError } from "../../../generator/diagnostics/diagnostic.js";
import type { SourceFile } from "../../../generator/emit/source-file.js";
import type { Lock } from "../../../generator/write/lock.js";
import { readPreviousRun } from "../../../generator/write/previous-run.js";
import { writeFiles } from "../../../generator/write/write-files.js";

const { folder, files, lock } = JSON.parse(
  readFileSync(process.argv[2] ?? "", "utf8"),
) as { folder: string; files: SourceFile[]; lock: Lock };

try {
  writeFiles(folder, files, readPreviousRun(folder), lock);
} catch (error) {
  if (!(error instanceof DiagnosticError)) throw error;
  process.stderr.write(error.diagnostics.map(({ code }) => code).join(" "));
  process.exitCode = 2;
}
