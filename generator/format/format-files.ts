import path from "node:path";
import type { Options } from "prettier";
import type { SourceFile } from "../emit/source-file.js";
import { hashOf } from "../write/lock.js";
import type { Lock } from "../write/lock.js";
import { readOutput } from "../write/output-state.js";

/**
 * Formats files the way the consuming repository formats its own. What the run before
 * formatted from the same source is taken from the output folder.
 *
 * @param folder - the output folder, from which a prettier configuration and
 *   .editorconfig are looked up; prettier's defaults apply where there is none
 * @param reusable - the lock of a run with the same formatter settings
 */
export async function formatFiles(
  files: readonly SourceFile[],
  folder: string,
  reusable: Lock | undefined,
): Promise<readonly SourceFile[]> {
  const formatter = lazyFormatter(folder);
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      text:
        formattedBefore(file, folder, reusable) ??
        (await (
          await formatter()
        )(file.text)),
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
