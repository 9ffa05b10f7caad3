import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { dump } from "js-yaml";
import { packageFolder } from "../../cli/support/run-command.js";
import { installPeers } from "../support/peers.js";
import { rpcSpec } from "../support/rpc-spec.js";
import { withOneOperationChanged } from "./changed-operation.js";
import { measureDocument } from "./measure-document.js";
import type { DocumentFigures, MeasuredDocument } from "./measure-document.js";
import { renderTables } from "./render-tables.js";

/** Sizes of the synthetic descriptions, and how often each is measured. */
const sizes = [
  { operations: 10, rounds: 7 },
  { operations: 100, rounds: 5 },
  { operations: 300, rounds: 5 },
  { operations: 1000, rounds: 3 },
] as const;

/**
 * Times whole processes that generate a client: ours and four other generators, in
 * turn, on the shipped description and on synthetic ones.
 */
export async function bench(): Promise<string> {
  await installPeers();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-generation-"));
  try {
    const figures: DocumentFigures[] = [];
    for (const document of [shipped(), ...sizes.map(synthetic(folder))]) {
      process.stderr.write(`${document.title} …\n`);
      figures.push(await measureDocument(document, folder));
    }
    return renderTables(figures, machine());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shipped(): MeasuredDocument {
  return {
    title: "shipped description",
    file: path.join(packageFolder, "spec/2025-03-24/openapi.yaml"),
    changed: undefined,
    rounds: 5,
  };
}

function synthetic(folder: string) {
  return ({ operations, rounds }: (typeof sizes)[number]): MeasuredDocument => {
    const spec = rpcSpec(operations);
    const place = path.join(folder, String(operations));
    const file = path.join(place, "openapi.yaml");
    const changed = path.join(place, "changed.yaml");
    mkdirSync(place);
    writeFileSync(file, dump(spec, { noRefs: true }));
    writeFileSync(
      changed,
      dump(withOneOperationChanged(spec), { noRefs: true }),
    );
    return { title: `${operations} operations`, file, changed, rounds };
  };
}

function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  return `Node ${process.versions.node} on ${processors.length} × ${model}`;
}
