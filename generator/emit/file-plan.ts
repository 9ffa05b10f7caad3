import { hashOf } from "../hash.js";
import type { SourceFile } from "./source-file.js";

/** A file of the client that need not be rendered when it was rendered from the same before. */
export interface FilePlan {
  /** Path inside the output folder, with forward slashes. */
  readonly path: string;
  /**
   * Hash of everything in the model that the text depends on: with the same generator
   * and options, plans with the same hash render the same text.
   */
  readonly inputs: string;
  readonly render: () => SourceFile;
}

/**
 * Plans a file that takes time to render.
 *
 * @param inputs - JSON with everything that the text depends on
 */
export function planFile(
  path: string,
  inputs: unknown,
  render: () => SourceFile,
): FilePlan {
  return { path, inputs: hashOf(JSON.stringify(inputs)), render };
}

/** Plans a file that is rendered sooner than it is found out whether it has to be. */
export function plannedAs(file: SourceFile): FilePlan {
  return { path: file.path, inputs: hashOf(file.text), render: () => file };
}
