import { planClient } from "./emit/emit-client.js";
import type { EmitOptions } from "./emit/emit-client.js";
import type { FilePlan } from "./emit/file-plan.js";
import { inspectOutput } from "./emit/inspect-output.js";
import type { SourceFile } from "./emit/source-file.js";
import { vocabularyOf } from "./emit/vocabulary.js";
import { openFormatter } from "./format/format-files.js";
import type { ApiModel } from "./model/api-model.js";

/** What shapes the files of a client besides its model. */
export interface RenderOptions extends EmitOptions {
  /** The output folder, around which the formatter's configuration is looked up. */
  readonly out: string;
}

/** Renders the files of a client: emits them, passes them through the gate, formats them. */
export interface Renderer {
  readonly plans: readonly FilePlan[];
  /**
   * Renders some of the planned files.
   *
   * @param lap - is called at the end of each stage
   * @throws {DiagnosticError} when the gate refuses one of them
   */
  render(
    paths: readonly string[],
    lap?: (stage: "emit" | "format") => void,
  ): Promise<readonly SourceFile[]>;
}

/** Prepares the rendering of a client, on this thread or on another. */
export function openRenderer(
  model: ApiModel,
  { importExtension, out }: RenderOptions,
): Renderer {
  const plans = planClient(model, { importExtension });
  const byPath = new Map(plans.map((plan) => [plan.path, plan]));
  const vocabulary = vocabularyOf(model);
  const format = openFormatter(out);
  return {
    plans,
    render: async (paths, lap) => {
      const sources = paths.flatMap((path) => byPath.get(path)?.render() ?? []);
      const trees = inspectOutput(sources, vocabulary, [...byPath.keys()]);
      lap?.("emit");
      const files = await format(sources, trees);
      lap?.("format");
      return files;
    },
  };
}
