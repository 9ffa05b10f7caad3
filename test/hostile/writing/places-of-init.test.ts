import { rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { stateOf } from "../../cli/support/folder-content.js";
import { kompliantCodegen } from "../../cli/support/run-command.js";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";
import { identityOf, obstacles } from "./obstacles.js";

/** Names of what `init` reads, writes or looks for. */
const names = [
  "package.json",
  "tsconfig.json",
  "kompliant-codegen.config.json",
  "kompliant-codegen.config.ts",
  ".gitattributes",
  ".prettierignore",
  ".prettierrc",
  ".editorconfig",
  ".eslintignore",
  ".eslintrc.json",
  "eslint.config.mjs",
  "biome.json",
  "pnpm-workspace.yaml",
  "node_modules",
];

/** Longest that one run may take, in milliseconds. */
const patience = 10_000;

const manifest = JSON.stringify({
  name: "consumer",
  devDependencies: { "@biomejs/biome": "2", eslint: "9", prettier: "3" },
});

describe.each(obstacles)("$kind", (obstacle) => {
  it.each(names)("leads init nowhere: %s", async (name) => {
    const folder = temporaryFolder({
      "project/package.json": manifest,
      "outside/gold.txt": "gold\n",
      "outside/treasure/index.ts": "gold\n",
    });
    const outside = path.join(folder, "outside");
    const place = path.join(folder, "project", name);
    rmSync(place, { force: true });
    await obstacle.put(place, outside);
    const surroundings = (): unknown => [stateOf(outside), identityOf(place)];
    const before = surroundings();

    const { exitCode, stderr } = await kompliantCodegen(
      ["init", "--yes"],
      path.join(folder, "project"),
      patience,
    );
    expect(surroundings()).toEqual(before);
    expect([0, 2], stderr).toContain(exitCode);
    expect(stderr).not.toMatch(/^\s+at |error unexpected/m);
  });
});
