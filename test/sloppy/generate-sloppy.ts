import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { emitClient } from "../../generator/emit/emit-client.js";
import { inspectOutput } from "../../generator/emit/inspect-output.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import type { SourceFile } from "../../generator/emit/source-file.js";
import { vocabularyOf } from "../../generator/emit/vocabulary.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { leftOut } from "../../generator/model/left-out.js";
import { buildModel } from "../../generator/model/build-model.js";
import { isStoredSnapshot } from "../../generator/write/snapshot-schema.js";
import { printSnapshot } from "../../generator/write/snapshot.js";

/** A generated client, and the codes of the warnings that it was generated with. */
export interface SloppyClient {
  readonly files: readonly SourceFile[];
  readonly warnings: readonly string[];
  /** What the client has no counterpart for. */
  readonly notes: readonly string[];
}

/** Runs every stage up to the gate on a document. */
export async function generateSloppy(document: object): Promise<SloppyClient> {
  const folder = mkdtempSync(path.join(tmpdir(), "sloppy-"));
  try {
    const file = path.join(folder, "openapi.json");
    writeFileSync(file, JSON.stringify(document));
    const spec = await loadSpec(file);
    const model = buildModel(spec, reservedNames);
    const files = emitClient(model, { importExtension: ".js" });
    inspectOutput(files, vocabularyOf(model));
    if (!isStoredSnapshot(JSON.parse(printSnapshot(model)))) {
      throw new Error("the next run would not take the snapshot for one");
    }
    return {
      files,
      warnings: spec.warnings.map(({ code }) => code),
      notes: leftOut(spec).map(({ message }) => message),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
