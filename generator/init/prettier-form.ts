import path from "node:path";
import { ancestors } from "../ancestors.js";
import { requireReadableFiles } from "../format/output-form.js";
import type { FileStep } from "./change.js";

/**
 * A step whose text prettier accepts. A file that was not in prettier's form before keeps
 * its own: the rest of its text belongs to the user.
 */
export async function inPrettierForm(step: FileStep): Promise<FileStep> {
  const { file, before, after } = step;
  if (after === undefined || after === before) return step;
  const { check, format, getFileInfo, resolveConfig } =
    await import("prettier");
  try {
    ancestors(path.dirname(file)).forEach(requireReadableFiles);
    const { ignored, inferredParser } = await getFileInfo(file, {
      ignorePath: path.join(path.dirname(file), ".prettierignore"),
    });
    if (ignored || inferredParser === null) return step;
    const config = await resolveConfig(file, { editorconfig: true });
    const options = { ...config, filepath: file };
    const isFormatted = before === undefined || (await check(before, options));
    return isFormatted
      ? { ...step, after: await format(after, options) }
      : step;
  } catch {
    // Whatever is wrong with its configuration, prettier itself says better.
    return step;
  }
}
