import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import {
  startKompliantServer,
  success,
} from "../../support/kompliant-server.js";
import type { KompliantServer } from "../../support/kompliant-server.js";
import type { Load } from "../support/make-calls.js";

const concurrent = 10_000;
const parent = path.join(packageFolder, "node_modules/.cache");

let server: KompliantServer;
let folder: string;
beforeAll(async () => {
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(path.join(parent, "concurrent-"));
  server = await startKompliantServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it("ten thousand calls at once all get their own answers, and leave no memory behind", async () => {
  const seen = new Map<string, number>();
  // It has checked the signature before it comes here.
  server.answer("/propay.execute", ({ body }) => {
    const { propay_id } = JSON.parse(body.toString()) as { propay_id: string };
    seen.set(propay_id, (seen.get(propay_id) ?? 0) + 1);
    return success({ propay: { propay_id, queued_operations: [] } });
  });
  const script = path.join(folder, "make-calls.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "../support/make-calls.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    packages: "external",
    format: "esm",
  });

  const { stdout, stderr, exitCode } = await runCommand(
    process.execPath,
    ["--expose-gc", script, server.url, String(concurrent)],
    folder,
  );

  expect(exitCode, stderr).toBe(0);
  const { rounds } = JSON.parse(stdout) as Load;
  for (const round of rounds) {
    expect(round).toMatchObject({ answered: concurrent, failed: [] });
  }
  // No call was lost, none came twice.
  expect(seen.size).toBe(rounds.length * concurrent);
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
  // The first round also fills pools and compiles; what a call keeps would show in the others.
  const [first, ...others] = rounds.map(({ heapUsed }) => heapUsed);
  for (const heapUsed of others) {
    expect((heapUsed - (first ?? NaN)) / concurrent).toBeLessThan(500);
  }
}, 400_000);
