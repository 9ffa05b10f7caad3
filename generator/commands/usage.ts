import type { CommanderError } from "commander";
import { codeFrame } from "../diagnostics/code-frame.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { reportBadInput } from "./report.js";

const program = "kompliant-codegen";

/**
 * Reports a command line that makes no sense.
 *
 * @param words - what follows the program's name
 * @returns the process's exit code, 2
 */
export async function reportUsage(
  { message, code }: CommanderError,
  words: readonly string[],
): Promise<number> {
  const [text = "", suggestion] = message
    .replace(/^error: /, "")
    .replaceAll("'", '"')
    .split("\n");
  const [, meant] = /^\(Did you mean (.*)\?\)$/.exec(suggestion ?? "") ?? [];
  const isHelp = code === "commander.help";
  await reportBadInput(wantsJson(words), [
    diagnostic("usage", isHelp ? "a command is missing" : text, {
      ...(meant !== undefined && { help: `Did you mean ${meant}?` }),
      frame: commandLine(words, text),
    }),
  ]);
  return 2;
}

/** Whether a command line asks for JSON. */
export function wantsJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) =>
      word === "--json" ||
      word === "--format=json" ||
      (word === "--format" && words[index + 1] === "json"),
  );
}

/** The command line with the word marked that the message quotes, otherwise its end. */
function commandLine(words: readonly string[], message: string): string {
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map(
    ([, word = ""]) => word.split(" ", 1)[0] ?? "",
  );
  const line = [program, ...words].join(" ");
  const culprit = words.find((word) =>
    quoted.some((each) => word === each || word.startsWith(`${each}=`)),
  );
  const index =
    culprit === undefined
      ? -1
      : line.indexOf(` ${culprit}`, program.length) + 1;
  const start = index > 0 ? index : line.length;
  return codeFrame([line], {
    line: 1,
    column: start + 1,
    endLine: 1,
    endColumn: start + 1 + (culprit?.length ?? 1),
  });
}
