import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { contentOf } from "./support/folder-content.js";
import { packageFolder, runCommand } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

/** A repository in which the package is installed, and a way to run it. */
function installed(): {
  readonly modules: string;
  readonly generate: () => Promise<Readonly<Record<string, string>>>;
} {
  const cwd = temporaryFolder();
  addPaymentsSpec(cwd);
  const modules = path.join(cwd, "node_modules");
  const own = path.join(modules, "kompliant-codegen");
  mkdirSync(own, { recursive: true });
  for (const name of ["dist", "templates", "spec", "package.json"]) {
    cpSync(path.join(packageFolder, name), path.join(own, name), {
      recursive: true,
    });
  }
  symlinkSync(
    path.join(packageFolder, "node_modules"),
    path.join(own, "node_modules"),
  );
  const generate = async (): Promise<Readonly<Record<string, string>>> => {
    const out = path.join(cwd, "client");
    rmSync(out, { recursive: true, force: true });
    const command = ["generate", "--spec", "spec/openapi.yaml", "--out", out];
    const cli = path.join(own, "dist/cli.js");
    const { exitCode, stderr } = await runCommand(
      process.execPath,
      [cli, ...command],
      cwd,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return contentOf(out);
  };
  return { modules, generate };
}

function cacheIn(modules: string): string {
  const folder = path.join(modules, ".cache/kompliant-codegen");
  const [file, ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  return path.join(folder, file ?? "");
}

describe("what V8 makes of the generator", () => {
  it("is kept in node_modules, used as long as it fits, and made again when it does not", async () => {
    const { modules, generate } = installed();
    const first = await generate();
    const cache = cacheIn(modules);
    const { mtimeMs } = statSync(cache);
    expect(await generate()).toEqual(first);
    expect(statSync(cache).mtimeMs).toBe(mtimeMs);
    const whole = readFileSync(cache);
    for (const broken of [
      Buffer.from("not what V8 has written"),
      whole.subarray(0, whole.length >> 1),
      Buffer.alloc(0),
    ]) {
      writeFileSync(cache, broken);
      expect(await generate()).toEqual(first);
      expect(readFileSync(cacheIn(modules)).length).toBeGreaterThan(
        broken.length,
      );
    }
  });

  it("is not missed where nothing can be written", async () => {
    const { modules, generate } = installed();
    writeFileSync(path.join(modules, ".cache"), "in the way");
    const client = await generate();
    expect(Object.keys(client)).toContain("index.ts");
    expect(readFileSync(path.join(modules, ".cache"), "utf8")).toBe(
      "in the way",
    );
  });
});
