import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { emitClient } from "../../generator/emit/emit-client.js";
import { inspectOutput } from "../../generator/emit/inspect-output.js";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import type { SourceFile } from "../../generator/emit/source-file.js";
import { vocabularyOf } from "../../generator/emit/vocabulary.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { buildModel } from "../../generator/model/build-model.js";
import { readErrorTables } from "../../generator/model/error-tables.js";

/** The client's files, or the diagnostics with which the description was refused. */
export type Outcome =
  | { readonly files: readonly SourceFile[] }
  | { readonly refused: readonly string[] };

/** Runs every stage up to the gate on a description, and on an overlay if there is one. */
export async function generateInMemory(
  spec: object,
  overlay?: object,
): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
  try {
    const file = path.join(folder, "spec.json");
    writeFileSync(file, JSON.stringify(spec));
    const overlayFile = path.join(folder, "overlay.json");
    if (overlay) writeFileSync(overlayFile, JSON.stringify(overlay));
    const policy = { remote: false, outside: false };
    const overlays = overlay ? [overlayFile] : [];
    const document = await loadSpec(file, policy, overlays);
    const tables = readErrorTables(document);
    const model = buildModel(document, reservedNames, tables);
    const files = emitClient(model, { importExtension: ".js" });
    inspectOutput(files, vocabularyOf(model));
    return { files };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const codes = error.diagnostics.map(({ code }) => code);
    if (codes.includes("output-unsafe")) throw error;
    return { refused: codes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
