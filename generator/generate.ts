import path from "node:path";
import { resolveOptions } from "./config/options.js";
import type { GenerateOptions } from "./config/options.js";
import { sortDiagnostics } from "./diagnostics/diagnostic.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { emitClient } from "./emit/emit-client.js";
import { inspectOutput } from "./emit/inspect-output.js";
import { reservedNames } from "./emit/reserved-names.js";
import { formatFiles } from "./format/format-files.js";
import { loadSpec } from "./load/load-spec.js";
import { readErrorTables } from "./model/error-tables.js";
import { buildModel } from "./model/build-model.js";
import { relativeName } from "./model/origin.js";
import { writeFiles } from "./write/write-files.js";
import type { WrittenFiles } from "./write/write-files.js";

/** What a run did. */
export interface GenerateResult {
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Title and version of the API description. */
  readonly api: { readonly title: string; readonly version: string };
  readonly counts: {
    readonly operations: number;
    readonly schemas: number;
    /** Documented errors: combinations of code, entity type and sub-code. */
    readonly errors: number;
  };
  readonly files: WrittenFiles;
  /** What in the description could not be read and does not keep the client from being generated. */
  readonly warnings: readonly Diagnostic[];
  /** Milliseconds that each stage took. */
  readonly timings: Readonly<Record<Stage | "total", number>>;
}

type Stage = "load" | "model" | "emit" | "format" | "write";

/**
 * Reads an API description and brings the client in the output folder in line with it.
 *
 * @param options - as on the command line; what is missing comes from the
 *   configuration file, then from the defaults
 * @throws {DiagnosticError} when the input is bad; nothing on disk is touched then
 */
export async function generate(
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  const clock = startClock();
  const { spec, overlays, out, importExtension } =
    await resolveOptions(options);
  const document = await loadSpec(spec, overlays);
  clock.lap("load");
  const errorTables = await readErrorTables(document);
  const model = buildModel(document, reservedNames, errorTables);
  clock.lap("model");
  const sources = emitClient(model, { importExtension });
  inspectOutput(sources);
  clock.lap("emit");
  const formatted = await formatFiles(sources, out);
  clock.lap("format");
  const inputs = new Map(
    [...document.sources].map(([file, text]) => [
      relativeName(document, file),
      text,
    ]),
  );
  const files = await writeFiles(out, formatted, inputs);
  clock.lap("write");
  return {
    out: path.resolve(out),
    api: { title: model.title, version: model.version },
    counts: {
      operations: model.operations.length,
      schemas: model.schemas.length,
      errors: model.errors.entries.length,
    },
    files,
    warnings: sortDiagnostics(errorTables.warnings),
    timings: clock.timings(),
  };
}

function startClock(): {
  lap(stage: Stage): void;
  timings(): GenerateResult["timings"];
} {
  const start = performance.now();
  let last = start;
  const stages = { load: 0, model: 0, emit: 0, format: 0, write: 0 };
  return {
    lap: (stage) => {
      const now = performance.now();
      stages[stage] = Math.round(now - last);
      last = now;
    },
    timings: () => ({ ...stages, total: Math.round(last - start) }),
  };
}
