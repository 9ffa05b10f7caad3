import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { packageFolder } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const cli = path.join(packageFolder, "dist", "cli.js");
const spec = "spec/openapi.yaml";

function repository(): string {
  const folder = temporaryFolder();
  addPaymentsSpec(folder);
  return folder;
}

/** Runs a command whose output nobody reads to the end, or that goes to a given place. */
async function runLosing(
  stream: "stdout" | "stderr",
  words: readonly string[],
  cwd: string,
  place: "pipe" | number = "pipe",
): Promise<{ readonly exitCode: number | null; readonly other: string }> {
  const [lost, kept] =
    stream === "stdout" ? ([1, 2] as const) : ([2, 1] as const);
  const stdio: ("ignore" | "pipe" | number)[] = ["ignore", "pipe", "pipe"];
  stdio[lost] = place;
  const child = spawn(process.execPath, [cli, ...words], { cwd, stdio });
  child[stream]?.destroy();
  let other = "";
  child.stdio[kept]?.on("data", (chunk: Buffer) => {
    other += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once("close", (exitCode) => {
      resolve({ exitCode, other });
    });
  });
}

describe("a reader that has gone", () => {
  it.for([
    { words: ["generate", "--spec", spec], exitCode: 0 },
    { words: ["generate", "--spec", spec, "--json"], exitCode: 0 },
    { words: ["check", "--spec", spec], exitCode: 1 },
    { words: ["diff", spec, spec, "--format", "json"], exitCode: 0 },
    { words: ["--help"], exitCode: 0 },
  ])("of $words changes no exit code", async ({ words, exitCode }) => {
    expect(await runLosing("stdout", words, repository())).toEqual({
      exitCode,
      other: "",
    });
  });

  it.for([["generate", "--spec", "nowhere.yaml"], ["genrate"]])(
    "of the problems of %o changes no exit code",
    async (words) => {
      expect(await runLosing("stderr", words, repository())).toEqual({
        exitCode: 2,
        other: "",
      });
    },
  );
});

describe.runIf(existsSync("/dev/full"))("a full disk", () => {
  it.for([
    ["generate", "--spec", spec],
    ["diff", spec, spec, "--format", "json"],
  ])("is a problem for the results of %o", async (words) => {
    const full = openSync("/dev/full", "w");
    const { exitCode, other } = await runLosing(
      "stdout",
      words,
      repository(),
      full,
    );
    closeSync(full);
    expect(other).toMatch(
      /^error output-unwritable: nothing can be printed: ENOSPC.*\n {2}help: /,
    );
    expect(other).not.toContain("    at ");
    expect(exitCode).toBe(2);
  });
});
