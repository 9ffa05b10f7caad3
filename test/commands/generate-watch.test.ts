import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { specOf } from "../model/spec-builder.js";

const cli = path.resolve("dist/cli.js");

it("generate --watch runs again after every change of an input, and survives bad input", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "watch-"));
  const write = (name: string, content: object | string): void => {
    const text =
      typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(path.join(folder, name), text);
  };
  const specWith = (summary: string): object =>
    specOf({ operations: { "a.set": { summary } } });
  const operation = (out: string): string =>
    readFileSync(path.join(folder, out, "operations/a/set.ts"), "utf8");
  mkdirSync(path.join(folder, "spec"));
  write("spec/api.json", specWith("First"));
  write("kompliant-codegen.config.json", { spec: "spec/api.json", out: "out" });

  const child = spawn(process.execPath, [cli, "generate", "--watch"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  /** What is reported until the next run has ended. */
  const nextRun = async (): Promise<string> => {
    while (!output.includes("Watching for changes")) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const reported = output;
    output = "";
    // Give the watcher time to take in what it was told to watch.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return reported;
  };

  await nextRun();
  expect(operation("out")).toContain("First.");

  write("spec/api.json", specWith("Second"));
  await nextRun();
  expect(operation("out")).toContain("Second.");

  write("spec/api.json", "{");
  expect(await nextRun()).toContain("error spec-syntax");

  write("spec/api.json", specWith("Third"));
  await nextRun();
  expect(operation("out")).toContain("Third.");

  write("kompliant-codegen.config.json", {
    spec: "spec/api.json",
    out: "other",
  });
  await nextRun();
  expect(operation("other")).toContain("Third.");

  child.kill("SIGTERM");
  const status = await new Promise((resolve) => child.once("exit", resolve));
  expect(status).toBe(0);
});
