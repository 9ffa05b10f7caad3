import process from "node:process";
import { wantsColor } from "../diagnostics/wants-color.js";
import { diff } from "../diff/diff.js";
import type { SpecDiff } from "../diff/change.js";
import { renderMarkdown } from "../diff/render-markdown.js";
import { renderText } from "../diff/render-text.js";
import type { DiffFlags } from "./diff-flags.js";
import { print } from "./print.js";
import { reportProblems } from "./report.js";

/**
 * Runs `diff` and reports: the comparison on stdout, problems on stderr.
 *
 * @param first - the old description, or the new one when it is the only one
 * @returns the process's exit code: 0, 1 when there is what `--fail-on` names, or 2 on bad input
 */
export async function runDiff(
  first: string | undefined,
  second: string | undefined,
  { format, failOn, out, config }: DiffFlags,
): Promise<number> {
  return reportProblems(format === "json", async () => {
    const [before, after] =
      second === undefined ? [undefined, first] : [first, second];
    const result = await diff({
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(out !== undefined && { out }),
      ...(config !== undefined && { config }),
    });
    print(process.stdout, render(result, format));
    return fails(result, failOn) ? 1 : 0;
  });
}

function render(result: SpecDiff, format: DiffFlags["format"]): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(result, undefined, 2)}\n`;
    case "markdown":
      return renderMarkdown(result);
    case "text":
      return renderText(result, wantsColor(process.stdout));
  }
}

function fails(
  { changes, counts }: SpecDiff,
  failOn: DiffFlags["failOn"],
): boolean {
  if (failOn === "none") return false;
  return failOn === "any" ? changes.length > 0 : counts.breaking > 0;
}
