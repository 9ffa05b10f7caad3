import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { kompliantCodegen } from "../cli/support/run-command.js";
import type { Outcome } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

function init(folder: string, ...flags: readonly string[]): Promise<Outcome> {
  return kompliantCodegen(["init", ...flags], folder);
}

const contentOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      readFileSync(path.join(folder, name), "utf8"),
    ]),
  );

const usual = {
  "package.json": `{
    "name": "x",
    "scripts": { "test": "vitest" },
    "devDependencies": { "kompliant-codegen": "1", "typescript": "5", "prettier": "3" }
}
`,
  "tsconfig.json": `{ "compilerOptions": { "module": "nodenext", "verbatimModuleSyntax": true } }`,
  "eslint.config.mjs": "export default [];\n",
};

describe("kompliant-codegen init", () => {
  it("prepares a package, says what it did, and changes nothing the second time", async () => {
    const folder = temporaryFolder(usual);
    const dry = await init(folder, "--dry-run");
    expect([dry.exitCode, dry.stderr]).toEqual([0, ""]);
    expect(contentOf(folder)).toEqual(usual);
    expect(dry.stdout).toMatchInlineSnapshot(`
      "create  kompliant-codegen.config.json (the client goes to src/kompliant, and its imports end in .js)
        + {
        +   "$schema": "./node_modules/kompliant-codegen/config.schema.json",
        +   "out": "src/kompliant"
        + }
      change  package.json (script generate:kompliant; script check:kompliant)
        -     "scripts": { "test": "vitest" },
        +     "scripts": {
        +         "test": "vitest",
        +         "generate:kompliant": "kompliant-codegen generate",
        +         "check:kompliant": "kompliant-codegen check"
        +     },
      create  .gitattributes (LF line endings on every machine; folded in reviews)
        + /src/kompliant/** text eol=lf linguist-generated
        + /src/kompliant/kompliant-codegen.lock -diff
      create  .prettierignore (the client comes formatted)
        + /src/kompliant/
      change  eslint.config.mjs (ESLint ignores the client)
        - export default [];
        + export default [{ ignores: ["src/kompliant/"] }];

      ! TypeScript refuses "import" here, because tsconfig.json has "verbatimModuleSyntax" and package.json does not have "type": "module"; run: npm pkg set type=module

      Nothing was written.
      "
    `);

    const { exitCode, stdout, stderr } = await init(folder);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "created kompliant-codegen.config.json (the client goes to src/kompliant, and its imports end in .js)
      changed package.json (script generate:kompliant; script check:kompliant)
      created .gitattributes (LF line endings on every machine; folded in reviews)
      created .prettierignore (the client comes formatted)
      changed eslint.config.mjs (ESLint ignores the client)

      ! TypeScript refuses "import" here, because tsconfig.json has "verbatimModuleSyntax" and package.json does not have "type": "module"; run: npm pkg set type=module

      Next: npm run generate:kompliant
      "
    `);
    const content = contentOf(folder);
    expect(content).toMatchInlineSnapshot(`
      {
        ".gitattributes": "/src/kompliant/** text eol=lf linguist-generated
      /src/kompliant/kompliant-codegen.lock -diff
      ",
        ".prettierignore": "/src/kompliant/
      ",
        "eslint.config.mjs": "export default [{ ignores: ["src/kompliant/"] }];
      ",
        "kompliant-codegen.config.json": "{
        "$schema": "./node_modules/kompliant-codegen/config.schema.json",
        "out": "src/kompliant"
      }
      ",
        "package.json": "{
          "name": "x",
          "scripts": {
              "test": "vitest",
              "generate:kompliant": "kompliant-codegen generate",
              "check:kompliant": "kompliant-codegen check"
          },
          "devDependencies": { "kompliant-codegen": "1", "typescript": "5", "prettier": "3" }
      }
      ",
        "tsconfig.json": "{ "compilerOptions": { "module": "nodenext", "verbatimModuleSyntax": true } }",
      }
    `);

    const again = await init(folder);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).not.toMatch(/^(?:created|changed|by hand)/m);
    expect(contentOf(folder)).toEqual(content);
  });

  it("takes decisions from flags", async () => {
    const folder = temporaryFolder({
      "package.json": `{ "type": "commonjs" }`,
    });
    const flags = ["--out", "lib/api", "--import-extension", "none"];
    const { exitCode } = await init(folder, ...flags, "--type-module");
    expect(exitCode).toBe(0);
    const content = contentOf(folder);
    expect(content["kompliant-codegen.config.json"]).toBe(`{
  "$schema": "./node_modules/kompliant-codegen/config.schema.json",
  "out": "lib/api",
  "importExtension": ""
}
`);
    expect(JSON.parse(content["package.json"] ?? "")).toMatchObject({
      type: "module",
    });

    const same = await init(folder, ...flags);
    expect([same.exitCode, same.stderr]).toEqual([0, ""]);
    const other = await init(folder, "--out", "src/api");
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain("says something else than the flags");
    expect(contentOf(folder)).toEqual(content);
  });

  it.each([
    ["there is no package.json", {}],
    [
      "the configuration makes no sense",
      { "package.json": "{}", "kompliant-codegen.config.json": `{"outt":"a"}` },
    ],
  ])("writes nothing and exits with 2 when %s", async (_, files) => {
    const folder = temporaryFolder(files);
    const { exitCode, stderr } = await init(folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("help:");
    expect(contentOf(folder)).toEqual(files);
  });
});
