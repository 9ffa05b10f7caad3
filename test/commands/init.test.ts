import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";

const cli = path.resolve("dist/cli.js");

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "init-"));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function init(folder: string): ReturnType<typeof spawnSync> & {
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, [cli, "init"], {
    cwd: folder,
    encoding: "utf8",
  });
}

const contentOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      readFileSync(path.join(folder, name), "utf8"),
    ]),
  );

describe("kompliant-codegen init", () => {
  it("prepares a TypeScript repository with prettier, and says what it did", () => {
    const folder = repository({
      "package.json": `{
    "name": "x",
    "scripts": { "test": "vitest" },
    "devDependencies": { "typescript": "5", "prettier": "3" }
}
`,
    });
    const { status, stdout, stderr } = init(folder);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "created kompliant-codegen.config.ts (where the client goes)
      changed package.json (scripts generate:kompliant, check:kompliant)
      created .gitattributes (line ends that every machine agrees on; folded in reviews)
      created .prettierignore (the client comes formatted)

      Next: npm run generate:kompliant
      "
    `);
    expect(contentOf(folder)).toMatchInlineSnapshot(`
      {
        ".gitattributes": "/src/kompliant/** text eol=lf linguist-generated
      ",
        ".prettierignore": "/src/kompliant/
      ",
        "kompliant-codegen.config.ts": "import { defineConfig } from "kompliant-codegen";

      export default defineConfig({
        out: "src/kompliant",
      });
      ",
        "package.json": "{
          "name": "x",
          "scripts": {
              "test": "vitest",
              "generate:kompliant": "kompliant-codegen generate",
              "check:kompliant": "kompliant-codegen check"
          },
          "devDependencies": {
              "typescript": "5",
              "prettier": "3"
          }
      }
      ",
      }
    `);
  });

  it("writes JavaScript where there is no TypeScript, and no ignore file where there is no formatter", () => {
    const folder = repository({ "package.json": "{}" });
    expect(init(folder).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([
      ".gitattributes",
      "kompliant-codegen.config.mjs",
      "package.json",
    ]);
  });

  it("changes nothing the second time", () => {
    const folder = repository({ "package.json": "{}", ".prettierrc": "{}" });
    init(folder);
    const before = contentOf(folder);
    const { status, stdout } = init(folder);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/created|changed/);
    expect(contentOf(folder)).toEqual(before);
  });

  it("keeps what is there, and follows the configuration", () => {
    const folder = repository({
      "package.json": `{"scripts":{"generate:kompliant":"mine"}}`,
      "kompliant-codegen.config.json": `{"out":"lib/api"}`,
      ".gitattributes": "*.png binary",
    });
    expect(init(folder).status).toBe(0);
    expect(existsSync(path.join(folder, "kompliant-codegen.config.mjs"))).toBe(
      false,
    );
    const { "package.json": manifest, ".gitattributes": attributes } =
      contentOf(folder);
    expect(JSON.parse(manifest ?? "")).toEqual({
      scripts: {
        "generate:kompliant": "mine",
        "check:kompliant": "kompliant-codegen check",
      },
    });
    expect(attributes).toBe(
      "*.png binary\n/lib/api/** text eol=lf linguist-generated\n",
    );
  });

  it.each([
    ["there is no package.json", {}],
    ["package.json is no JSON", { "package.json": "{" }],
    [
      "the configuration makes no sense",
      { "package.json": "{}", "kompliant-codegen.config.json": `{"outt":"a"}` },
    ],
  ])("writes nothing and exits with 2 when %s", (_, files) => {
    const folder = repository(files);
    const { status, stderr } = init(folder);
    expect(status).toBe(2);
    expect(stderr).toContain("help:");
    expect(contentOf(folder)).toEqual(files);
  });
});
