import { existsSync } from "node:fs";
import { buildFailure, pluginName, runBuildStep } from "./build-step.js";
import type { BuildStepOptions, BuildStepResult } from "./build-step.js";

export type { BuildStepOptions };

interface AsyncHook {
  tapPromise(name: string, run: () => Promise<void>): void;
}

interface Compilation {
  readonly fileDependencies: { add(file: string): unknown };
  readonly missingDependencies: { add(file: string): unknown };
  readonly errors: { push(error: Error): unknown };
  readonly warnings: { push(warning: Error): unknown };
}

/** The part of the compiler of webpack and Rspack that this plugin uses. */
interface Compiler {
  readonly hooks: {
    readonly beforeRun: AsyncHook;
    readonly watchRun: AsyncHook;
    readonly thisCompilation: {
      tap(name: string, run: (compilation: Compilation) => void): void;
    };
  };
}

/** A plugin for webpack, and for Rspack, whose plugins have the same form. */
export interface WebpackPlugin {
  apply(compiler: Compiler): void;
}

/**
 * Returns a plugin that generates the client before each build, watches its inputs, and
 * fails the build on bad input.
 */
export default function kompliantCodegen(
  options: BuildStepOptions = {},
): WebpackPlugin {
  return {
    apply({ hooks }) {
      let result: BuildStepResult | undefined;
      const run = async (): Promise<void> => {
        result = await runBuildStep(options);
      };
      // Modules are resolved as soon as a compilation begins, so that would be too late.
      hooks.beforeRun.tapPromise(pluginName, run);
      hooks.watchRun.tapPromise(pluginName, run);
      hooks.thisCompilation.tap(pluginName, (compilation) => {
        if (result) report(result, compilation);
      });
    },
  };
}

/** Errors are part of the compilation: one that is thrown would end the watch. */
function report(
  { failure, warnings, inputs }: BuildStepResult,
  compilation: Compilation,
): void {
  const { fileDependencies, missingDependencies } = compilation;
  for (const file of inputs) {
    // A missing file among the others would count as one that was just removed.
    (existsSync(file) ? fileDependencies : missingDependencies).add(file);
  }
  for (const warning of warnings) {
    compilation.warnings.push(buildFailure(warning));
  }
  if (failure !== undefined) compilation.errors.push(buildFailure(failure));
}
