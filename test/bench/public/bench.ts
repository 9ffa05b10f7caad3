import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { publicDocuments } from "../../public/documents.js";
import { installPublicPackages } from "../../public/install.js";
import { ours, peers } from "../generation/tools.js";
import { peakMemory, timeProcess } from "../support/measure-process.js";
import { installPeers } from "../support/peers.js";

/** Documents below this size say nothing that the start of the process does not say. */
const smallest = 300_000;

/**
 * What real documents cost, each as a whole process from nothing: time and memory of
 * ours, and of openapi-typescript, which prints their types and nothing else.
 */
export async function bench(): Promise<string> {
  const [packages] = await Promise.all([
    installPublicPackages(),
    installPeers(),
  ]);
  const types = peers.find(({ name }) => name === "openapi-typescript");
  if (!types) throw new Error("openapi-typescript is no peer any more");
  const folder = mkdtempSync(path.join(tmpdir(), "bench-public-"));
  try {
    const rows: string[] = [];
    for (const { name, file } of publicDocuments) {
      const spec = path.join(packages, file);
      const { size } = statSync(spec);
      if (size < smallest) continue;
      process.stderr.write(`${name} …\n`);
      const ownOut = path.join(folder, `${name}-ours`);
      const peerOut = path.join(folder, `${name}-types`);
      const time = await timeProcess(ours.command(spec, ownOut), folder);
      const other = await timeProcess(types.command(spec, peerOut), folder);
      rmSync(ownOut, { recursive: true });
      const memory = await peakMemory(ours.command(spec, ownOut), folder);
      const otherMemory = await peakMemory(
        types.command(spec, peerOut),
        folder,
      );
      rows.push(
        `| ${[
          name,
          `${(size / 1e6).toFixed(1)} MB`,
          seconds(time),
          seconds(other),
          ratio(time, other),
          `${memory.toFixed(0)} MB`,
          ratio(memory, otherMemory),
        ].join(" | ")} |`,
      );
    }
    return [header, ...rows].join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const header = `| document | size | client | types alone | time, × types alone | memory | memory, × types alone |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |`;

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined
    ? "fails"
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

function ratio(own: number | undefined, other: number | undefined): string {
  return own === undefined || other === undefined
    ? ""
    : (own / other).toFixed(1);
}
