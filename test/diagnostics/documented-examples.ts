import { readFileSync } from "node:fs";
import path from "node:path";
import type { Code, Heading, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { printedText } from "../../generator/printing/line.js";
import { renderDiagnostics } from "../../generator/diagnostics/render-diagnostics.js";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { generate } from "../../generator/generate.js";
import { kompliantCodegen, packageFolder } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

/** A section of a page that shows commands and what they print. */
export interface DocumentedExample {
  readonly title: string;
  /** Texts of the files that it shows, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The command that it runs; undefined when it shows none. */
  readonly command: string | undefined;
  /** Where the shown output stands in the page. */
  readonly output: { readonly start: number; readonly end: number } | undefined;
}

/** The text of a page of the documentation. */
export function pageText(name: string): string {
  return readFileSync(pageFile(name), "utf8");
}

export function pageFile(name: string): string {
  return path.join(packageFolder, "docs", name);
}

/** The sections of a page, in its order: files are blocks with a path, commands blocks of a console. */
export function examplesIn(page: string): readonly DocumentedExample[] {
  const sections: { heading: Heading; nodes: RootContent[] }[] = [];
  for (const node of fromMarkdown(page).children) {
    if (node.type === "heading" && node.depth === 2) {
      sections.push({ heading: node, nodes: [] });
    } else {
      sections.at(-1)?.nodes.push(node);
    }
  }
  return sections.map(({ heading, nodes }) => {
    const blocks = nodes.filter((node): node is Code => node.type === "code");
    const consoles = blocks.filter(({ lang }) => lang === "console");
    const [shown] = consoles;
    const [command = ""] = shown?.value.split("\n", 1) ?? [];
    return {
      title: toString(heading),
      files: Object.fromEntries(
        blocks.flatMap(({ lang, meta, value }) =>
          lang === "console" || meta == null ? [] : [[meta, `${value}\n`]],
        ),
      ),
      command: shown && command.replace(/^\$ /, ""),
      output: shown && {
        start: shown.position?.start.offset ?? 0,
        end: shown.position?.end.offset ?? 0,
      },
    };
  });
}

/** What a command prints among the files of its example. */
async function run({
  files,
  command = "",
}: DocumentedExample): Promise<string> {
  const folder = temporaryFolder(files);
  const [, name = "", ...words] = command.split(" ");
  const printed =
    name === "generate" && words.every((word) => word !== "--specs")
      ? await generated(words, folder)
      : (await kompliantCodegen([name, ...words], folder)).stderr;
  return printed.replaceAll(`${folder}/`, "").trimEnd();
}

/** `generate` in this process: starting one for each example would take long. */
async function generated(
  words: readonly string[],
  folder: string,
): Promise<string> {
  const flag = (name: string): string | undefined => {
    const index = words.indexOf(name);
    return index < 0 ? undefined : words[index + 1];
  };
  const spec = words.filter((_, index) => words[index - 1] === "--spec");
  const out = flag("--out");
  const config = flag("--config");
  const client = flag("--client");
  const overlay = flag("--overlay");
  const problems = await generate({
    cwd: folder,
    ...(spec.length > 0 && { spec }),
    ...(out !== undefined && { out }),
    ...(config !== undefined && { config }),
    ...(client !== undefined && { client }),
    ...(overlay !== undefined && { overlays: [overlay] }),
  }).then(
    ({ warnings }) => warnings,
    (error: unknown) => {
      if (error instanceof DiagnosticError) return error.diagnostics;
      throw error;
    },
  );
  return printedText(renderDiagnostics(problems, folder), false);
}

/** The page with each example's output as it is today. */
export async function withOutputs(page: string): Promise<string> {
  let text = page;
  for (const example of [...examplesIn(page)].reverse()) {
    if (!example.output || example.command === undefined) continue;
    const { start, end } = example.output;
    const block = `\`\`\`console\n$ ${example.command}\n${await run(example)}\n\`\`\``;
    text = text.slice(0, start) + block + text.slice(end);
  }
  return text;
}
