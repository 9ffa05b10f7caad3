import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";

function runFixture(leak: string) {
  const vitest = path.join(packageFolder, "node_modules/vitest/vitest.mjs");
  const config = "test/secrets/fixtures/vitest.config.ts";
  const { status, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", packageFolder, "--config", config],
    {
      cwd: packageFolder,
      encoding: "utf8",
      env: { ...process.env, LEAK: leak, NO_COLOR: "1" },
    },
  );
  const [, report] = stderr.split("This run showed secrets:");
  return { status, report };
}

describe("a run of tests", () => {
  it.each([
    ["console", "the auth token, printed to stdout"],
    ["stderr", "a signature, in Base64, printed to stderr"],
    ["error", 'the secret key, thrown in "throws"'],
  ])("fails when it shows a secret (%s)", (leak, where) => {
    const { status, report } = runFixture(leak);
    expect(status).toBe(1);
    expect(report).toContain(where);
  });

  it("passes when it shows none", () => {
    expect(runFixture("none")).toEqual({ status: 0, report: undefined });
  });
});
