import path from "node:path";
import type { Options } from "prettier";
import type { SourceFile } from "../emit/source-file.js";
import type { SyntaxTree } from "../emit/syntax-tree.js";
import { hashOf } from "../hash.js";
import type { Lock } from "../write/lock.js";
import { readOutput } from "../write/output-state.js";
import { layOut } from "./lay-out.js";
import type { PrintOptions } from "./output-form.js";

/**
 * The formatted texts, by path, of the files that the run before printed from the same
 * texts. Only prettier is slow enough to make this worth while. Whoever can change the
 * client can change its lock, so what is taken over passes the gate like a new file; the
 * run-time's modules, which the gate knows nothing of, are printed anew.
 *
 * @param reusable - the lock of a run of the same generator with the same options and formatter settings
 * @param isSafe - the gate
 */
export function formattedBefore(
  files: readonly SourceFile[],
  { form, out }: FormOptions,
  reusable: Lock | undefined,
  isSafe: (file: SourceFile) => boolean,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (!form || !reusable) return texts;
  for (const { path, text: source } of files) {
    if (path.startsWith("runtime/")) continue;
    if (reusable.sources[path] !== hashOf(source)) continue;
    const text = readOutput(out, path);
    if (text === undefined || hashOf(text) !== reusable.outputs[path]) continue;
    if (isSafe({ path, text })) texts.set(path, text);
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
