import path from "node:path";
import type { Options } from "prettier";
import type { FilePlan } from "../emit/file-plan.js";
import type { SourceFile } from "../emit/source-file.js";
import type { SyntaxTree } from "../emit/syntax-tree.js";
import { hasFormatterSettings } from "../write/fingerprint.js";
import { hashOf } from "../hash.js";
import type { Lock } from "../write/lock.js";
import { readOutput } from "../write/output-state.js";
import { layOut } from "./lay-out.js";

/**
 * The formatted texts, by path, of the files that the run before made from the same
 * inputs: they need be neither rendered nor looked at nor formatted again.
 *
 * @param reusable - the lock of a run of the same generator with the same options and formatter settings
 */
export function formattedBefore(
  plans: readonly FilePlan[],
  folder: string,
  reusable: Lock | undefined,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (!reusable) return texts;
  for (const { path, inputs } of plans) {
    if (reusable.sources[path] !== inputs) continue;
    const text = readOutput(folder, path);
    if (text === undefined) continue;
    if (hashOf(text) === reusable.outputs[path]) texts.set(path, text);
  }
  return texts;
}

/**
 * Formats files the way the consuming repository formats its own. Prettier is loaded
 * only where the repository configures it, or for syntax that the layout does not know.
 *
 * @param trees - the syntax trees of the files that are not laid out already
 * @param folder - the output folder, from which a prettier configuration and
 *   .editorconfig are looked up; prettier's defaults apply where there is none
 */
export async function formatFiles(
  files: readonly SourceFile[],
  trees: ReadonlyMap<string, SyntaxTree>,
  folder: string,
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
      text: await format(file),
    })),
  );
}

type Formatter = (text: string) => Promise<string>;

/** Loads prettier when the first file needs it. */
function lazyFormatter(folder: string): () => Promise<Formatter> {
  let loading: Promise<Formatter> | undefined;
  return () => (loading ??= loadFormatter(folder));
}

async function loadFormatter(folder: string): Promise<Formatter> {
  const { format, resolveConfig } = await import("prettier");
  const filepath = path.join(folder, "index.ts");
  const configured = await resolveConfig(filepath, { editorconfig: true });
  const options: Options = {
    ...configured,
    // By the name prettier knows that there is no JSX.
    filepath,
    parser: "typescript",
    endOfLine: "lf",
  };
  return (text) => format(text, options);
}
