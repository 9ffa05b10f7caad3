import path from "node:path";
import { format, resolveConfig } from "prettier";
import type { Options } from "prettier";
import type { SourceFile } from "../emit/source-file.js";

/**
 * Formats files the way the consuming repository formats its own.
 *
 * @param folder - the output folder, from which a prettier configuration and
 *   .editorconfig are looked up; prettier's defaults apply where there is none
 */
export async function formatFiles(
  files: readonly SourceFile[],
  folder: string,
): Promise<readonly SourceFile[]> {
  const configured = await resolveConfig(path.join(folder, "index.ts"), {
    editorconfig: true,
  });
  const options: Options = {
    ...configured,
    parser: "typescript",
    endOfLine: "lf",
  };
  return Promise.all(
    files.map(async ({ path: name, text }) => ({
      path: name,
      text: await format(text, options),
    })),
  );
}
