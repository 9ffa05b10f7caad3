import path from "node:path";
import type { Options } from "prettier";
import type { SourceFile } from "../emit/source-file.js";
import type { SyntaxTree } from "../emit/syntax-tree.js";
import { hasFormatterSettings } from "../write/fingerprint.js";
import { hashOf } from "../write/lock.js";
import type { Lock } from "../write/lock.js";
import { readOutput } from "../write/output-state.js";
import { layOut } from "./lay-out.js";

/**
 * Formats files the way the consuming repository formats its own. What the run before
 * formatted from the same source is taken from the output folder. Prettier is loaded
 * only where the repository configures it, or for syntax that the layout does not know.
 *
 * @param trees - the syntax trees of the files that are not laid out already
 * @param folder - the output folder, from which a prettier configuration and
 *   .editorconfig are looked up; prettier's defaults apply where there is none
 * @param reusable - the lock of a run with the same formatter settings
 */
export async function formatFiles(
  files: readonly SourceFile[],
  trees: ReadonlyMap<string, SyntaxTree>,
  folder: string,
  reusable: Lock | undefined,
): Promise<readonly SourceFile[]> {
  const formatter = lazyFormatter(folder);
  const isConfigured = hasFormatterSettings(folder);
  const format = async (file: SourceFile): Promise<string> => {
    if (!isConfigured) {
      const tree = trees.get(file.path);
      const laidOut = file.isLaidOut ? file.text : tree && layOut(tree);
      if (laidOut !== undefined) return laidOut;
    }
    return (await formatter())(file.text);
  };
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      text: formattedBefore(file, folder, reusable) ?? (await format(file)),
    })),
  );
}

function formattedBefore(
  file: SourceFile,
  folder: string,
  lock: Lock | undefined,
): string | undefined {
  if (lock?.sources[file.path] !== hashOf(file.text)) return undefined;
  const text = readOutput(folder, file.path);
  return text !== undefined && hashOf(text) === lock.outputs[file.path]
    ? text
    : undefined;
}

type Formatter = (text: string) => Promise<string>;

/** Loads prettier when the first file needs it. */
function lazyFormatter(folder: string): () => Promise<Formatter> {
  let loading: Promise<Formatter> | undefined;
  return () => (loading ??= loadFormatter(folder));
}

async function loadFormatter(folder: string): Promise<Formatter> {
  const { format, resolveConfig } = await import("prettier");
  const configured = await resolveConfig(path.join(folder, "index.ts"), {
    editorconfig: true,
  });
  const options: Options = {
    ...configured,
    parser: "typescript",
    endOfLine: "lf",
  };
  return (text) => format(text, options);
}
