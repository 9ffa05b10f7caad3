import path from "node:path";
import type { Options } from "prettier";
import type { FilePlan } from "../emit/file-plan.js";
import type { SourceFile } from "../emit/source-file.js";
import type { SyntaxTree } from "../emit/syntax-tree.js";
import { hashOf } from "../hash.js";
import type { Lock } from "../write/lock.js";
import { readOutput } from "../write/output-state.js";
import { layOut } from "./lay-out.js";
import type { PrintOptions } from "./output-form.js";

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
 * Prints files in the form that the consuming repository wants. Prettier is loaded
 * only for another form than the default, or for syntax that the layout does not know.
 *
 * @param trees - the syntax trees of the files that are not laid out already
 */
export async function formatFiles(
  files: readonly SourceFile[],
  trees: ReadonlyMap<string, SyntaxTree>,
  { form, out }: FormOptions,
): Promise<readonly SourceFile[]> {
  const formatter = lazyFormatter({ form, out });
  const format = async (file: SourceFile): Promise<string> => {
    if (!form) {
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

type FormOptions = Pick<PrintOptions, "form" | "out">;

type Formatter = (text: string) => Promise<string>;

/** Loads prettier when the first file needs it. */
function lazyFormatter(options: FormOptions): () => Promise<Formatter> {
  let loading: Promise<Formatter> | undefined;
  return () => (loading ??= loadFormatter(options));
}

async function loadFormatter({ form, out }: FormOptions): Promise<Formatter> {
  const { format } = await import("prettier");
  const options: Options = {
    ...form,
    // By the name prettier knows that there is no JSX.
    filepath: path.join(out, "index.ts"),
    parser: "typescript",
    endOfLine: "lf",
  };
  return (text) => format(text, options);
}
