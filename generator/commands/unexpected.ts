import { diagnostic } from "../diagnostics/diagnostic.js";
import { thrownText } from "../diagnostics/thrown-text.js";
import { reportBadInput } from "./report.js";
import { wantsJson } from "./usage.js";

/**
 * Reports what ended a run and is no diagnostic: a fault of this tool or of its
 * surroundings.
 *
 * @param words - what follows the program's name
 * @returns the process's exit code, 2
 */
export async function reportUnexpected(
  error: unknown,
  words: readonly string[],
): Promise<number> {
  await reportBadInput(wantsJson(words), [
    diagnostic("unexpected", messageOf(error)),
  ]);
  return 2;
}

/** The first line of what was thrown. */
function messageOf(error: unknown): string {
  const [line = ""] = thrownText(error).trim().split("\n", 1);
  return line === "" ? "the run ended without a message" : line.slice(0, 300);
}
