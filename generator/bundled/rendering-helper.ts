// The build puts this in the place of generator/rendering-helper.ts; see build.config.mjs.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import type { ApiModel } from "../model/api-model.js";
import type { RenderOptions } from "../render-files.js";
import type { RenderingHelper } from "../rendering-helper.js";

/** File beside this one that the other thread runs. */
const threadFile = "helper-thread.js";

/** From this size of a description on, another thread does more than its start takes. */
const worthwhileBytes = 200_000;

/** What a helper is told: first what the client is made of, then which files to render. */
export type Order =
  | { readonly model: ApiModel; readonly options: RenderOptions }
  | { readonly paths: readonly string[] };

/** What it answers to each order. */
export type Answer =
  | { readonly files: readonly SourceFile[] }
  | { readonly refused: readonly Diagnostic[] };

/** Starts a helper where that pays off; see generator/rendering-helper.ts. */
export function startHelper(bytes: number): RenderingHelper | undefined {
  if (bytes < worthwhileBytes || availableParallelism() < 2) return undefined;
  const worker = new Worker(new URL(threadFile, import.meta.url));
  worker.unref();
  const order = (content: Order): void => {
    worker.postMessage(content);
  };
  const files: SourceFile[] = [];
  let isBusy = false;
  let end = (): void => void worker.terminate();
  return {
    open: (model, options) => {
      order({ model, options });
    },
    help: (take) =>
      new Promise((resolve, reject) => {
        end = () => {
          resolve(files);
          void worker.terminate();
        };
        worker.on("error", reject);
        worker.on("message", (answer: Answer) => {
          if ("refused" in answer) reject(new DiagnosticError(answer.refused));
          else files.push(...answer.files);
          const paths = "refused" in answer ? undefined : take();
          isBusy = paths !== undefined;
          if (paths) order({ paths });
          else end();
        });
      }),
    dismiss: () => {
      if (isBusy) worker.ref();
      else end();
    },
  };
}
