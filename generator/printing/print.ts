import process from "node:process";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { printedText } from "./line.js";
import type { Line } from "./line.js";
import { maskUrls, visibleJson } from "./visible.js";
import { wantsColor } from "./wants-color.js";

type Output = "stdout" | "stderr";

/**
 * Prints lines. Together with `printJson` the only way to the standard streams: texts
 * of descriptions, paths and lock files are made safe here, and nowhere else.
 */
export function printLines(output: Output, lines: readonly Line[]): void {
  write(output, printedText(lines, wantsColor(process[output])));
}

/** Prints a value as a JSON document on stdout. */
export function printJson(value: unknown): void {
  const json = JSON.stringify(value, maskStrings, 2);
  write("stdout", `${visibleJson(json)}\n`);
}

function maskStrings(_: string, value: unknown): unknown {
  return typeof value === "string" ? maskUrls(value) : value;
}

/** Waits until everything is printed. */
export async function flushOutput(): Promise<void> {
  for (const output of ["stdout", "stderr"] as const) {
    await new Promise<void>((resolve) => {
      write(output, "", () => {
        resolve();
      });
    });
  }
}

/**
 * A reader that has seen enough, such as `head`, changes neither the outcome of a
 * command nor its exit code; results that cannot be printed for another reason, such as
 * a full disk, are a problem like any other.
 */
function write(output: Output, text: string, done?: () => void): void {
  const stream = process[output];
  if (stream.listenerCount("error", reportLoss) === 0) {
    stream.on("error", reportLoss);
  }
  stream.write(text, done);
}

function reportLoss(
  this: NodeJS.WriteStream,
  { code, message }: NodeJS.ErrnoException,
): void {
  // What cannot be said on stderr cannot be said at all.
  if (code === "EPIPE" || this === process.stderr) return;
  // The command itself may be still under way.
  process.once("exit", () => {
    process.exitCode = 2;
  });
  void import("../diagnostics/render-diagnostics.js").then(
    ({ renderDiagnostics }) => {
      const problem = diagnostic(
        "output-unwritable",
        `nothing can be printed: ${message}`,
        { help: "Check where the output of the command goes." },
      );
      printLines("stderr", renderDiagnostics([problem], process.cwd()));
    },
  );
}
