import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { specOf } from "../model/spec-builder.js";

const cli = path.resolve("dist/cli.js");

/** A folder with these files. */
interface Repository {
  readonly write: (name: string, content: object | string) => void;
  /** The module of the operation `a.set` in a client. */
  readonly operation: (out: string) => string;
  /** Starts `generate --watch` in it. */
  readonly watch: () => Watch;
}

interface Watch {
  /** What is reported until the next run has ended. */
  readonly nextRun: () => Promise<string>;
  /** Asks it to end, and waits for its exit code. */
  readonly end: () => Promise<unknown>;
}

function repository(): Repository {
  const folder = mkdtempSync(path.join(tmpdir(), "watch-"));
  mkdirSync(path.join(folder, "spec"));
  return {
    write: (name, content) => {
      const text =
        typeof content === "string" ? content : JSON.stringify(content);
      writeFileSync(path.join(folder, name), text);
    },
    operation: (out) =>
      readFileSync(path.join(folder, out, "operations/a/set.ts"), "utf8"),
    watch: () => watchIn(folder),
  };
}

function watchIn(folder: string): Watch {
  const child = spawn(process.execPath, [cli, "generate", "--watch"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return {
    nextRun: async () => {
      while (!output.includes("Watching for changes")) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const reported = output;
      output = "";
      // Give the watcher time to take in what it was told to watch.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return reported;
    },
    end: () => {
      child.kill("SIGTERM");
      return new Promise((resolve) => child.once("exit", resolve));
    },
  };
}

function specWith(summary: string): object {
  return specOf({ operations: { "a.set": { summary } } });
}

it("generate --watch runs again after every change of an input, and survives bad input", async () => {
  const { write, operation, watch } = repository();
  write("spec/api.json", specWith("First"));
  write("kompliant-codegen.config.json", { spec: "spec/api.json", out: "out" });
  const { nextRun, end } = watch();

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

  expect(await end()).toBe(0);
});

it("generate --watch watches the inputs of several clients", async () => {
  const { write, operation, watch } = repository();
  write("spec/web.json", specWith("First"));
  write("admin.json", specWith("First"));
  write("kompliant-codegen.config.json", [
    { name: "web", spec: "spec/web.json", out: "web" },
    { name: "admin", spec: "admin.json", out: "admin" },
  ]);
  const { nextRun, end } = watch();
  await nextRun();

  write("spec/web.json", "{");
  expect(await nextRun()).toMatch(/^web:\n.*error spec-syntax/);

  // The problem of one client does not end the watch over another.
  write("admin.json", specWith("Second"));
  await nextRun();
  expect(operation("web")).toContain("First.");
  expect(operation("admin")).toContain("Second.");

  expect(await end()).toBe(0);
});
