import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packageEntry } from "../../cli/support/package-entry.js";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import { compile, installCompilers } from "../../types/support/compilers.js";
import type { Version } from "../../types/support/compilers.js";
import { matchEverything } from "../support/match-everything.js";
import { median } from "../support/measure-process.js";
import { installPeers, peerProgram } from "../support/peers.js";
import { rpcSpec } from "../support/rpc-spec.js";

const operations = 300;
const rounds = 3;

const tsconfig = JSON.stringify({
  extends: path.join(packageFolder, "test/types/tsconfig.base.json"),
  include: ["src"],
});

/** With every strict flag the compiler's own libraries are checked too, on every side. */
const settings = [
  ["checked", ["--skipLibCheck", "false"]],
  ["skipped", ["--skipLibCheck", "true"]],
] as const;

/** What the compiler says of a project, seconds where they are times. */
interface Cost {
  readonly instantiations: number;
  readonly check: number;
  readonly total: number;
}

/**
 * What `tsc --noEmit` costs on a client for 300 operations with six documented errors
 * each, and on a file that matches every error of twenty of them, beside the types
 * that openapi-typescript makes of the same description.
 */
export async function bench(): Promise<string> {
  await Promise.all([installPeers(), installCompilers()]);
  const root = mkdtempSync(path.join(tmpdir(), "bench-types-"));
  const spec = path.join(root, "spec.json");
  writeFileSync(spec, JSON.stringify(rpcSpec(operations)));
  const types = project(root, "types");
  const client = project(root, "client");
  const matches = project(root, "matches");
  const generator = peerProgram("openapi-typescript", "openapi-typescript");
  const output = path.join(types, "src/types.ts");
  await runCommand(process.execPath, [generator, spec, "-o", output], root);
  for (const cwd of [client, matches]) {
    await packageEntry.generate({ cwd, spec, out: "src/client" });
  }
  const twenty = [...Array(20).keys()].map((index) => index * 15);
  writeFileSync(
    path.join(matches, "src/matches.ts"),
    matchEverything(twenty, "./client/index.js"),
  );
  const projects = [
    ["openapi-typescript's types", types],
    ["our client", client],
    ["our client, and every error of twenty operations matched", matches],
  ] as const;
  const rows: string[] = [];
  for (const version of ["5.9", "7"] as const) {
    for (const [libraries, flags] of settings) {
      const costs = await measure(
        version,
        flags,
        projects.map(([, folder]) => folder),
      );
      const [base] = costs;
      for (const [index, cost] of costs.entries()) {
        const name = projects[index]?.[0] ?? "";
        rows.push(row([version, libraries, name], cost, base ?? cost));
      }
    }
  }
  rmSync(root, { recursive: true });
  return [
    "| TypeScript | its libraries | project | instantiations | check time, ratio | total time, ratio |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function project(root: string, name: string): string {
  const folder = path.join(root, name);
  mkdirSync(path.join(folder, "src"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(folder, "tsconfig.json"), tsconfig);
  return folder;
}

/** Compiles the projects in turn, several times, and takes the middle of each figure. */
async function measure(
  version: Version,
  flags: readonly string[],
  folders: readonly string[],
): Promise<readonly Cost[]> {
  const costs: Cost[][] = folders.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, folder] of folders.entries()) {
      costs[index]?.push(await costOf(version, flags, folder));
    }
  }
  return costs.map((each) => ({
    instantiations: each[0]?.instantiations ?? NaN,
    check: median(each.map(({ check }) => check)),
    total: median(each.map(({ total }) => total)),
  }));
}

async function costOf(
  version: Version,
  flags: readonly string[],
  folder: string,
): Promise<Cost> {
  const { exitCode, stdout } = await compile(
    version,
    ["--extendedDiagnostics", ...flags],
    folder,
  );
  if (exitCode !== 0) throw new Error(stdout);
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1]);
  return {
    instantiations: figure("Instantiations"),
    check: figure("Check time"),
    total: figure("Total time"),
  };
}

function row(names: readonly string[], cost: Cost, base: Cost): string {
  const ratio = (key: "check" | "total"): string =>
    `${cost[key].toFixed(2)} s, ${(cost[key] / base[key]).toFixed(2)}`;
  return `| ${names.join(" | ")} | ${cost.instantiations} | ${ratio("check")} | ${ratio("total")} |`;
}
