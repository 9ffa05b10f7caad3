import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { packageFolder, runCommand } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

it("the tests of the page on testing run and pass", async () => {
  const page = readFileSync(`${packageFolder}/docs/testing.md`, "utf8");
  const [, code = ""] = /```ts\n(.*?)```/s.exec(page) ?? [];
  const folder = temporaryFolder({ "client.test.ts": code });
  symlinkSync(path.join(packageFolder, "generated"), `${folder}/kompliant`);
  const outfile = path.join(folder, "client.test.mjs");
  await build({
    entryPoints: [path.join(folder, "client.test.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    preserveSymlinks: true,
  });
  const { stdout, exitCode } = await runCommand(
    process.execPath,
    ["--test", outfile],
    folder,
  );
  expect(stdout).toContain("# pass 3");
  expect(stdout).toContain("# fail 0");
  expect(exitCode).toBe(0);
});
