// The thread of a rendering helper; see generator/rendering-helper.ts.
import { parentPort } from "node:worker_threads";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Renderer } from "../render-files.js";
import { loadPipeline } from "./load-pipeline.js";
import type { Answer, Order } from "./rendering-helper.js";

const pipeline = await loadPipeline();
let renderer: Renderer | undefined;

parentPort?.on("message", (order: Order) => {
  void carryOut(order).then((answer) => parentPort?.postMessage(answer));
});

async function carryOut(order: Order): Promise<Answer> {
  if ("model" in order) {
    renderer = pipeline.openRenderer(order.model, order.options);
    return { files: [] };
  }
  try {
    return { files: (await renderer?.render(order.paths)) ?? [] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { refused: error.diagnostics };
  }
}
