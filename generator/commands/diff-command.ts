import process from "node:process";
import type { ResolvedOptions } from "../config/options.js";
import { compareFiles, compareWithLast } from "../diff/diff.js";
import type { SpecDiff } from "../diff/change.js";
import { quote } from "../diff/quote.js";
import { renderMarkdown } from "../diff/render-markdown.js";
import { renderText } from "../diff/render-text.js";
import type { DiffFlags } from "./diff-flags.js";
import type { Line } from "../printing/line.js";
import { printJson, printLines } from "../printing/print.js";
import { forEachClient, labelOf } from "./each-client.js";
import { optionsOf, reportProblems } from "./report.js";

/**
 * Runs `diff` and reports: the comparison on stdout, problems on stderr.
 *
 * @param first - the old description, or the new one when it is the only one
 * @returns the process's exit code: 0, 1 when there is what `--fail-on` names, or 2 on bad input
 */
export async function runDiff(
  first: string | undefined,
  second: string | undefined,
  flags: DiffFlags,
): Promise<number> {
  const { format, failOn } = flags;
  const cwd = process.cwd();
  if (first !== undefined && second !== undefined) {
    return reportProblems(format === "json", async () => {
      const result = await compareFiles(cwd, first, second);
      if (format === "json") printJson(result);
      else printLines("stdout", render(result, format));
      return fails(result, failOn) ? 1 : 0;
    });
  }
  const inputs = optionsOf({
    ...flags,
    ...(first !== undefined && { spec: [first] }),
  });
  return forEachClient(inputs, format === "json", async (client, isList) => {
    const result = await compareWithLast(client, cwd);
    return {
      exitCode: fails(result, failOn) ? 1 : 0,
      document: result,
      lines: [
        ...(isList ? titleLines(client, format) : []),
        ...render(result, format),
        ...(isList ? [""] : []),
      ],
    };
  });
}

/** Tells the comparison of one client from that of the next. */
function titleLines(
  client: ResolvedOptions,
  format: DiffFlags["format"],
): readonly string[] {
  const label = labelOf(client);
  return format === "markdown" ? [`# ${quote(label)}`, ""] : [`${label}:`, ""];
}

function render(
  result: SpecDiff,
  format: DiffFlags["format"],
): readonly Line[] {
  return format === "markdown" ? renderMarkdown(result) : renderText(result);
}

function fails(
  { changes, counts }: SpecDiff,
  failOn: DiffFlags["failOn"],
): boolean {
  if (failOn === "none") return false;
  return failOn === "any" ? changes.length > 0 : counts.breaking > 0;
}
