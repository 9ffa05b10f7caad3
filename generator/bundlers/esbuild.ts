import { pluginName, runBuildStep } from "./build-step.js";
import type { BuildStepOptions } from "./build-step.js";

export type { BuildStepOptions };

interface Message {
  text: string;
}

/** The part of a build that this plugin uses. */
interface Build {
  onStart(run: () => Promise<{ errors: Message[]; warnings: Message[] }>): void;
  onResolve(
    options: { filter: RegExp },
    resolve: (module: {
      readonly kind: string;
    }) => { watchFiles: string[] } | undefined,
  ): void;
}

/** A plugin for esbuild. */
export interface EsbuildPlugin {
  readonly name: string;
  setup(build: Build): void;
}

/**
 * Returns a plugin that generates the client before each build, watches its inputs, and
 * fails the build on bad input.
 */
export default function kompliantCodegen(
  options: BuildStepOptions = {},
): EsbuildPlugin {
  return {
    name: pluginName,
    setup(build) {
      let watchFiles: string[] = [];
      build.onStart(async () => {
        const { failure, warnings, inputs } = await runBuildStep(options);
        watchFiles = [...inputs];
        return {
          errors: failure === undefined ? [] : [{ text: failure }],
          warnings: warnings.map((text) => ({ text })),
        };
      });
      // Files to watch can be named only where a module is resolved or loaded.
      build.onResolve({ filter: /./ }, ({ kind }) =>
        kind === "entry-point" ? { watchFiles } : undefined,
      );
    },
  };
}
