import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { specOf } from "../model/spec-builder.js";

const cli = path.resolve("dist/cli.js");

function overlay(title: string): string {
  return JSON.stringify({
    overlay: "1.0.0",
    info: { title, version: "1" },
    actions: [{ target: "$.paths['/a.set'].post", update: { summary: title } }],
  });
}

it("generate applies overlays from the command line or the configuration, in order, and check compares with them", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "overlay-"));
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };
  write("spec.json", JSON.stringify(specOf({ operations: { "a.set": {} } })));
  write("first.json", overlay("First"));
  write("second.json", overlay("Second"));
  write(
    "kompliant-codegen.config.json",
    JSON.stringify({ spec: "spec.json", out: "out", overlays: ["first.json"] }),
  );
  const generate = (...flags: readonly string[]): string => {
    const args = [cli, "generate", ...flags];
    const run = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    return readFileSync(path.join(folder, "out/operations/a/set.ts"), "utf8");
  };
  expect(generate()).toContain("First.");
  expect(
    generate("--overlay", "first.json", "--overlay", "second.json"),
  ).toContain("Second.");

  const check = (): number | null =>
    spawnSync(process.execPath, [cli, "check"], { cwd: folder }).status;
  expect(check()).toBe(1);
  generate();
  expect(check()).toBe(0);
  write("first.json", overlay("Changed"));
  expect(check()).toBe(1);
});
