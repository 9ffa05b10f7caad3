import process from "node:process";
import type { ResolvedOptions } from "../config/options.js";
import { wantsColor } from "../diagnostics/wants-color.js";
import { compareFiles, compareWithLast } from "../diff/diff.js";
import type { SpecDiff } from "../diff/change.js";
import { quote } from "../diff/quote.js";
import { renderMarkdown } from "../diff/render-markdown.js";
import { renderText } from "../diff/render-text.js";
import type { DiffFlags } from "./diff-flags.js";
import { forEachClient, labelOf } from "./each-client.js";
import { print } from "./print.js";
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
      print(process.stdout, render(result, format));
      return fails(result, failOn) ? 1 : 0;
    });
  }
  const inputs = optionsOf({
    ...flags,
    ...(first !== undefined && { spec: [first] }),
  });
  return forEachClient(inputs, format === "json", async (client, isList) => {
    const result = await compareWithLast(client, cwd);
    const text = render(result, format);
    return {
      exitCode: fails(result, failOn) ? 1 : 0,
      document: result,
      text: isList ? titled(client, text, format) : text,
    };
  });
}

/** Tells the comparison of one client from that of the next. */
function titled(
  client: ResolvedOptions,
  text: string,
  format: DiffFlags["format"],
): string {
  const label = labelOf(client);
  const title = format === "markdown" ? `# ${quote(label)}\n` : `${label}:`;
  return `${title}\n${text}\n`;
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
