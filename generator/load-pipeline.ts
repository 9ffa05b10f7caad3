import type * as Pipeline from "./pipeline.js";

/** Loads the stages of a run. The build puts a faster way in the place of this file. */
export function loadPipeline(): Promise<typeof Pipeline> {
  return import("./pipeline.js");
}
