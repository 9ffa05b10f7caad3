import { expect, it } from "vitest";
import { kompliantCodegen } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

it("a configuration that waits for ever while a timer runs ends after half a minute", async () => {
  const folder = temporaryFolder({
    "kompliant-codegen.config.mjs":
      "setInterval(() => {}, 1000);\nawait new Promise(() => {});\nexport default {};\n",
  });
  const { exitCode, stderr } = await kompliantCodegen(["generate"], folder);
  expect(stderr).toMatch(/error config-syntax: .*within 30 seconds/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
});
