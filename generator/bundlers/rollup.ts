import { buildFailure, pluginName, runBuildStep } from "./build-step.js";
import type { BuildStepOptions } from "./build-step.js";

export type { BuildStepOptions };

/** The part of a plugin's context in Rollup and Rolldown that this plugin uses. */
interface BuildContext {
  addWatchFile(file: string): void;
  warn(message: string): void;
}

/** A plugin for Rollup, and for Rolldown, whose plugins have the same form. */
export interface RollupPlugin {
  readonly name: string;
  buildStart(this: BuildContext): Promise<void>;
}

/**
 * Returns a plugin that generates the client before each build, watches its inputs, and
 * fails the build on bad input.
 */
export default function kompliantCodegen(
  options: BuildStepOptions = {},
): RollupPlugin {
  return {
    name: pluginName,
    async buildStart() {
      const { failure, warnings, inputs } = await runBuildStep(options);
      for (const file of inputs) this.addWatchFile(file);
      for (const warning of warnings) this.warn(warning);
      if (failure !== undefined) throw buildFailure(failure);
    },
  };
}
