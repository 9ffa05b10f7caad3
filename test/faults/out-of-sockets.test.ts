import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageFolder, runCommand } from "../cli/support/run-command.js";
import { startKompliantServer } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import type { Outcomes } from "./support/too-many-writes.js";

const parent = path.join(packageFolder, "node_modules/.cache");
const writes = 200;

let server: KompliantServer;
let folder: string;
beforeAll(async () => {
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(path.join(parent, "sockets-"));
  server = await startKompliantServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it("a process that is out of files says of every write whether it was sent", async () => {
  const script = path.join(folder, "too-many-writes.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "support/too-many-writes.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  server.act("/propay.execute", (_request, response) => {
    // Late, so that no connection is free for another write meanwhile.
    setTimeout(() => {
      response.end('{"meta":{"status":"SUCCESS"},"data":{}}');
    }, 500);
  });
  const { stdout } = await runCommand(
    "/bin/sh",
    [
      "-c",
      'ulimit -n 100 && exec "$0" "$@"',
      ...[process.execPath, script, server.url, String(writes)],
    ],
    folder,
  );
  const arrived = server.requests.length;
  expect(arrived).toBeGreaterThan(0);
  expect(arrived).toBeLessThan(writes);
  expect(JSON.parse(stdout) as Outcomes).toEqual({
    ok: arrived,
    "not_sent EMFILE": writes - arrived,
  });
});
