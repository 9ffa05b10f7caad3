import process from "node:process";
import { diagnostic } from "../diagnostics/diagnostic.js";

/**
 * Prints on a standard stream. A reader that has seen enough, such as `head`, changes
 * neither the outcome of a command nor its exit code; results that cannot be printed for
 * another reason, such as a full disk, are a problem like any other.
 */
export function print(stream: NodeJS.WriteStream, text: string): void {
  if (stream.listenerCount("error", reportLoss) === 0) {
    stream.on("error", reportLoss);
  }
  stream.write(text);
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
  void import("./report.js").then(({ printDiagnostics }) =>
    printDiagnostics([
      diagnostic("output-unwritable", `nothing can be printed: ${message}`, {
        help: "Check where the output of the command goes.",
      }),
    ]),
  );
}
