import path from "node:path";
import { pluginName, runBuildStep } from "./build-step.js";
import type { BuildStepOptions } from "./build-step.js";
import rollupPlugin from "./rollup.js";
import type { RollupPlugin } from "./rollup.js";

export type { BuildStepOptions };

/** The part of Vite's development server that this plugin uses. */
interface DevelopmentServer {
  readonly config: {
    readonly logger: {
      error(message: string): void;
      warn(message: string): void;
    };
  };
  readonly watcher: {
    add(files: readonly string[]): unknown;
    on(event: "all", listener: (event: string, file: string) => void): unknown;
  };
  readonly ws: {
    send(payload: {
      type: "error";
      err: { message: string; stack: string; plugin: string };
    }): void;
  };
}

/** A plugin for Vite. */
export interface VitePlugin extends RollupPlugin {
  configureServer(server: DevelopmentServer): Promise<void>;
}

/**
 * Returns a plugin that generates the client before each build and fails the build on bad
 * input. The development server generates again when an input changes, and shows bad
 * input in its log and in the browser without stopping.
 */
export default function kompliantCodegen(
  options: BuildStepOptions = {},
): VitePlugin {
  const forBuilds = rollupPlugin(options);
  let isServing = false;
  return {
    name: pluginName,
    async buildStart() {
      // The server has generated already, and does not stop on bad input.
      if (!isServing) await forBuilds.buildStart.call(this);
    },
    async configureServer(server) {
      isServing = true;
      await serve(server, options);
    },
  };
}

/** Generates now, and after every change of an input. */
async function serve(
  { config: { logger }, watcher, ws }: DevelopmentServer,
  options: BuildStepOptions,
): Promise<void> {
  let inputs: ReadonlySet<string> = new Set();
  const run = async (): Promise<void> => {
    const result = await runBuildStep(options);
    inputs = new Set(result.inputs);
    watcher.add(result.inputs);
    for (const warning of result.warnings) logger.warn(warning);
    const { failure } = result;
    if (failure === undefined) return;
    logger.error(failure);
    const err = { message: failure, stack: "", plugin: pluginName };
    ws.send({ type: "error", err });
  };
  watcher.on("all", (_, file) => {
    if (!inputs.has(path.resolve(file))) return;
    run().catch((error: unknown) => {
      logger.error(String(error));
    });
  });
  await run();
}
