import { beforeAll, describe, expect, it } from "vitest";
import { matchEverything } from "../bench/support/match-everything.js";
import { rpcSpec } from "../bench/support/rpc-spec.js";
import { compile, installCompilers, versions } from "./support/compilers.js";
import type { Version } from "./support/compilers.js";
import { clientFolder } from "./support/rpc-client.js";

beforeAll(installCompilers);

const range = (count: number, step = 1): readonly number[] =>
  [...Array(count).keys()].map((index) => index * step);

/** Type instantiations of a whole project, which must compile. */
async function instantiations(
  version: Version,
  folder: string,
): Promise<number> {
  const { exitCode, stdout } = await compile(
    version,
    ["--extendedDiagnostics"],
    folder,
  );
  expect(stdout.split("\n").filter((line) => line.includes("error"))).toEqual(
    [],
  );
  expect(exitCode).toBe(0);
  return Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1]);
}

/**
 * The most that an operation may cost, its share of the run-time and the matches
 * included. The aim was 50; docs/benchmarks.md says what is above it.
 */
const budget = 60;

describe("300 operations with six documented errors each, and a match of every error of twenty", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await clientFolder(rpcSpec(300), {
      "matches.ts": matchEverything(range(20, 15), "./client/index.js"),
    });
  });

  it.each(versions)(
    "cost TypeScript %s no more instantiations than the budget",
    async (version) => {
      const count = await instantiations(version, folder);
      console.log(`TypeScript ${version}: ${count} instantiations`);
      expect(count).toBeGreaterThan(0);
      expect(count / 300).toBeLessThanOrEqual(budget);
    },
  );
});

it("an operation costs the same instantiations beside ten others and beside a thousand", async () => {
  const counts: number[] = [];
  for (const operations of [10, 20, 1_000]) {
    const folder = await clientFolder(rpcSpec(operations), {});
    counts.push(await instantiations("5.9", folder));
  }
  const [ten = 0, twenty = 0, thousand = 0] = counts;
  const beside = {
    ten: (twenty - ten) / 10,
    thousand: (thousand - twenty) / 980,
  };
  console.log(
    `instantiations for one more operation: ${JSON.stringify(beside)}`,
  );
  expect(beside.ten).toBeGreaterThan(0);
  expect(beside.thousand).toBeCloseTo(beside.ten, 5);
  expect(beside.ten).toBeLessThanOrEqual(5);
});
