// The build puts this in the place of generator/load-pipeline.ts; see build.config.mjs.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as diagnostics from "../diagnostics/diagnostic.js";
import type * as Pipeline from "../pipeline.js";
import { runCachedScript } from "./cached-script.js";

/** File beside this one with the stages of a run and every library that they use. */
const pipelineFile = "pipeline.cjs";

let loaded: typeof Pipeline | undefined;

export function loadPipeline(): Promise<typeof Pipeline> {
  loaded ??= load();
  return Promise.resolve(loaded);
}

function load(): typeof Pipeline {
  const file = new URL(pipelineFile, import.meta.url);
  const requireFile = createRequire(file);
  const module = { exports: {} };
  const requireFrom = (name: string): unknown =>
    // There must be one class of diagnostics, by which they are recognised.
    name === "#diagnostics" ? diagnostics : requireFile(name);
  const filename = fileURLToPath(file);
  const folder = path.dirname(filename);
  runCachedScript(filename, [module, requireFrom, filename, folder, file.href]);
  return module.exports as typeof Pipeline;
}
