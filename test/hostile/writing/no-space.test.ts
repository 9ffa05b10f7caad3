import path from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, it } from "vitest";
import { namedContent } from "../../cli/support/folder-content.js";
import type { Outcome } from "../../cli/support/run-command.js";
import {
  kompliantCodegen,
  packageFolder,
  runCommand,
} from "../../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "../../cli/support/temporary-folder.js";

/** Runs a command that can write no file larger than this: the write fails in the middle, as on a full disk. */
function withLimit(
  kilobytes: number,
  parameters: readonly string[],
  cwd: string,
): Promise<Outcome> {
  const cli = path.join(packageFolder, "dist/cli.js");
  return runCommand(
    "bash",
    [
      "-c",
      `ulimit -f ${kilobytes}; exec "$@"`,
      "limited",
      ...[process.execPath, cli, ...parameters],
    ],
    cwd,
  );
}

function expectRefusal({ exitCode, stderr }: Outcome): void {
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
  expect(stderr.match(/error output-unwritable/g)).toHaveLength(1);
}

describe("generate without room for its files", () => {
  const folder = temporaryFolder();
  const flags = ["--spec", "spec/openapi.yaml", "--out", "client"];
  beforeAll(() => {
    addPaymentsSpec(folder);
  });

  it.each([0, 1, 8])("creates nothing with room for %i kB", async (room) => {
    const before = namedContent(folder);
    expectRefusal(await withLimit(room, ["generate", ...flags], folder));
    expect(namedContent(folder)).toEqual(before);
  });

  it.each([0, 1, 8])("changes nothing with room for %i kB", async (room) => {
    const first = await kompliantCodegen(["generate", ...flags], folder);
    expect(first).toMatchObject({ exitCode: 0 });
    const before = namedContent(folder);
    const other = temporaryFolder({
      "config.json": JSON.stringify({ importExtension: "" }),
    });
    const config = ["--config", path.join(other, "config.json")];
    const parameters = ["generate", ...flags, ...config];
    expectRefusal(await withLimit(room, parameters, folder));
    expect(namedContent(folder)).toEqual(before);
  });
});

describe("init without room for its files", () => {
  it("leaves the manifest and everything else as it was", async () => {
    const folder = temporaryFolder({
      "package.json": JSON.stringify({ name: "consumer" }, undefined, 2),
    });
    const before = namedContent(folder);
    expectRefusal(await withLimit(0, ["init", "--yes"], folder));
    expect(namedContent(folder)).toEqual(before);
  });
});
