import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  temporaryFolder,
  writeTexts,
} from "../cli/support/temporary-folder.js";
import { planInit } from "../../generator/init/plan.js";
import type { InitPlan } from "../../generator/init/plan.js";
import { situationAt } from "../../generator/init/situation.js";
import { writeSteps } from "../../generator/init/write-steps.js";

type Files = Readonly<Record<string, string>>;

async function planIn(folder: string): Promise<InitPlan> {
  return planInit(await situationAt(folder), {
    out: undefined,
    importExtension: undefined,
    typeModule: false,
  });
}

/** What `init` leaves in a package, after a second run that must change nothing. */
async function prepared(
  files: Files,
  packageFolder = ".",
): Promise<{
  readonly read: (name: string) => string;
  readonly plan: InitPlan;
}> {
  const root = temporaryFolder(files);
  const folder = path.join(root, packageFolder);
  const plan = await planIn(folder);
  writeSteps(plan.steps);
  const { steps } = await planIn(folder);
  for (const { outcome, detail } of steps) {
    expect(["kept", "by hand"], detail).toContain(outcome);
  }
  return {
    plan,
    read: (name) => readFileSync(path.join(root, name), "utf8"),
  };
}

async function configOf(files: Files): Promise<Record<string, unknown>> {
  const { read } = await prepared(files);
  const text = read("kompliant-codegen.config.json");
  return JSON.parse(text) as Record<string, unknown>;
}

async function notesOf(files: Files): Promise<readonly string[]> {
  const installed = {
    "node_modules/kompliant-codegen/package.json": "{}",
  };
  const { plan } = await prepared({ ...installed, ...files });
  return plan.notes;
}

function tsconfig(options: object, others: object = {}): string {
  return JSON.stringify({ compilerOptions: options, ...others });
}

const esm = '{ "type": "module" }';
const commonjs = "{}";
const next = '{ "dependencies": { "next": "16" } }';
const moduleWithNext = '{ "type": "module", "dependencies": { "next": "16" } }';

describe("the ending of imports", () => {
  it.each<readonly [string, object | undefined, string | undefined]>([
    [esm, undefined, undefined],
    [esm, { module: "nodenext" }, undefined],
    [commonjs, { module: "node16" }, undefined],
    [commonjs, { module: "commonjs" }, ""],
    [commonjs, {}, ""],
    [esm, { module: "esnext", moduleResolution: "node" }, undefined],
    [esm, { module: "esnext", moduleResolution: "bundler" }, undefined],
    [commonjs, { module: "preserve" }, ""],
    [next, { module: "esnext", moduleResolution: "bundler" }, ""],
    [moduleWithNext, { module: "esnext", moduleResolution: "bundler" }, ""],
    [
      esm,
      {
        module: "esnext",
        moduleResolution: "bundler",
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      ".ts",
    ],
    [esm, { module: "nodenext", rewriteRelativeImportExtensions: true }, ".ts"],
  ])("of %s with %j is %j", async (manifest, options, expected) => {
    const config = await configOf({
      "package.json": manifest,
      ...(options && { "tsconfig.json": tsconfig(options) }),
    });
    expect(config["importExtension"]).toBe(expected);
  });

  it("follows what a tsconfig.json extends, comments and packages included", async () => {
    const config = await configOf({
      "package.json": commonjs,
      "node_modules/@tsconfig/base/package.json": "{}",
      "node_modules/@tsconfig/base/tsconfig.json": tsconfig({
        module: "nodenext",
      }),
      "tsconfig.base.json":
        '{ /* mine */ "extends": "@tsconfig/base/tsconfig.json", }',
      "tsconfig.json": '{ "extends": "./tsconfig.base.json" } // mine',
    });
    expect(config["importExtension"]).toBeUndefined();
  });

  it("follows the project that compiles the sources", async () => {
    const config = await configOf({
      "package.json": esm,
      "tsconfig.json": JSON.stringify({
        files: [],
        references: [
          { path: "./tsconfig.node.json" },
          { path: "./tsconfig.app.json" },
        ],
      }),
      "tsconfig.node.json": tsconfig(
        { module: "nodenext" },
        { include: ["vite.config.ts"] },
      ),
      "tsconfig.app.json": tsconfig(
        {
          moduleResolution: "bundler",
          module: "esnext",
          allowImportingTsExtensions: true,
          noEmit: true,
        },
        { include: ["src"] },
      ),
      "vite.config.ts": "",
      "src/main.ts": "",
    });
    expect(config["importExtension"]).toBe(".ts");
  });
});

describe("the folder of the client", () => {
  it.each([
    [undefined, "src/kompliant"],
    ["src", "src/kompliant"],
    [".", "src/kompliant"],
    ["lib", "lib/kompliant"],
    ["../..", "src/kompliant"],
  ])("with rootDir %s is %s", async (rootDir, expected) => {
    const config = await configOf({
      "package.json": esm,
      "tsconfig.json": tsconfig({ module: "nodenext", rootDir }),
    });
    expect(config["out"]).toBe(expected);
  });
});

describe("what a person decides", () => {
  const strict = { verbatimModuleSyntax: true };

  it.each<readonly [string, string, object, string | undefined]>([
    [
      "CommonJS with nodenext",
      '{ "type": "commonjs" }',
      { ...strict, module: "nodenext" },
      "run: npm pkg set type=module",
    ],
    [
      "a package without a type",
      "{}",
      { ...strict, module: "node20" },
      "run: npm pkg set type=module",
    ],
    [
      "module commonjs",
      esm,
      { ...strict, module: "commonjs" },
      'set "module": "nodenext" there',
    ],
    ["ESM", esm, { ...strict, module: "nodenext" }, undefined],
    ["a bundler", commonjs, { ...strict, module: "preserve" }, undefined],
    ["CommonJS without the flag", commonjs, { module: "nodenext" }, undefined],
    [
      "no types of the web",
      esm,
      { module: "nodenext", lib: ["es2022"], types: [] },
      'declares no "fetch"',
    ],
    [
      "a target that is too old",
      commonjs,
      { module: "commonjs", target: "es2016" },
      'set "target": "es2022" there',
    ],
    [
      "a late library beside an old target",
      commonjs,
      { module: "commonjs", target: "es2016", lib: ["dom", "esnext"] },
      undefined,
    ],
    [
      "an old library",
      esm,
      { module: "nodenext", lib: ["dom", "es2021"] },
      'add "ES2022" to its "lib"',
    ],
    [
      "the types of Node",
      esm,
      { module: "nodenext", lib: ["es2022"], types: ["node"] },
      undefined,
    ],
    [
      "webpack with nodenext",
      '{ "type": "module", "devDependencies": { "webpack": "5" } }',
      { module: "nodenext" },
      "resolve.extensionAlias",
    ],
    [
      "an old TypeScript",
      '{ "type": "module", "devDependencies": { "typescript": "~5.3.2" } }',
      { module: "nodenext" },
      "run: npm install --save-dev typescript@latest",
    ],
    [
      "TypeScript 5",
      '{ "type": "module", "devDependencies": { "typescript": "^5" } }',
      { module: "nodenext" },
      undefined,
    ],
    [
      "the root of a workspace",
      '{ "type": "module", "workspaces": ["packages/*"] }',
      { module: "nodenext" },
      "This is the root of a workspace",
    ],
  ])("is said in one sentence: %s", async (_, manifest, options, expected) => {
    const notes = await notesOf({
      "package.json": manifest,
      "tsconfig.json": tsconfig({ target: "es2022", ...options }),
    });
    expect(notes).toEqual(
      expected === undefined ? [] : [expect.stringContaining(expected)],
    );
  });

  it("includes the installation, with the package manager that is used", async () => {
    const { plan } = await prepared({
      "package.json": "{}",
      "pnpm-lock.yaml": "",
    });
    expect(plan.notes).toEqual([
      "package.json does not name kompliant-codegen; run: pnpm add --save-dev kompliant-codegen",
    ]);
  });
});

describe("a flat configuration of ESLint", () => {
  const ignores = '{ ignores: ["src/kompliant/"] }';

  it.each([
    ["export default [];\n", `export default [${ignores}];\n`],
    [
      "export default [\n  // first\n  a,\n];\n",
      `export default [\n  ${ignores},\n  // first\n  a,\n];\n`,
    ],
    [
      "import x from 'x';\nexport default defineConfig([x]);\n",
      `import x from 'x';\nexport default defineConfig([{ ignores: ['src/kompliant/'] }, x]);\n`,
    ],
    [
      "export default tseslint.config(\r\n\ta,\r\n\tb,\r\n);\r\n",
      `export default tseslint.config(\r\n\t${ignores},\r\n\ta,\r\n\tb,\r\n);\r\n`,
    ],
    ["module.exports = [a];\n", `module.exports = [${ignores}, a];\n`],
    [
      "const all = defineConfig([\n  ...next,\n  globalIgnores(['.next/**']),\n]);\nexport default all;\n",
      "const all = defineConfig([\n  { ignores: ['src/kompliant/'] },\n  ...next,\n  globalIgnores(['.next/**']),\n]);\nexport default all;\n",
    ],
    [
      "export default [a] satisfies Linter.Config[];\n",
      `export default [${ignores}, a] satisfies Linter.Config[];\n`,
    ],
    [
      'export default [{ files: ["**/*.ts"], ignores: ["src/kompliant/"] }];\n',
      `export default [${ignores}, { files: ["**/*.ts"], ignores: ["src/kompliant/"] }];\n`,
    ],
  ])("gets an entry: %j", async (before, after) => {
    const { read } = await prepared({
      "package.json": "{}",
      "eslint.config.mjs": before,
    });
    expect(read("eslint.config.mjs")).toBe(after);
  });

  it.each([
    'export default [{ ignores: ["src/kompliant/**"] }];\n',
    'export default [{ name: "x", ignores: ["./src/kompliant"] }];\n',
    'export default defineConfig([globalIgnores(["**/kompliant/"])]);\n',
  ])("that ignores the client stays: %j", async (before) => {
    const { read } = await prepared({
      "package.json": "{}",
      "eslint.config.js": before,
    });
    expect(read("eslint.config.js")).toBe(before);
  });

  it.each([
    "export default antfu({ typescript: true });\n",
    "export default list;\n",
    "export default { rules: {} };\n",
    "const a = a;\nexport default a;\n",
  ])("that cannot be edited safely is left to a person: %j", async (before) => {
    const { plan, read } = await prepared({
      "package.json": "{}",
      "eslint.config.js": before,
    });
    expect(read("eslint.config.js")).toBe(before);
    expect(plan.steps).toContainEqual(
      expect.objectContaining({
        outcome: "by hand",
        detail: `add to the exported list: ${ignores},`,
      }),
    );
  });
});

describe("an older ESLint", () => {
  it("gets a line in .eslintignore", async () => {
    const { read } = await prepared({
      "package.json": "{}",
      ".eslintrc.cjs": "module.exports = {};\n",
    });
    expect(read(".eslintignore")).toBe("src/kompliant/\n");
  });

  it("gets an entry in package.json where the others are", async () => {
    const { read } = await prepared({
      "package.json": '{ "eslintConfig": {}, "eslintIgnore": ["dist/"] }',
    });
    expect(JSON.parse(read("package.json"))).toMatchObject({
      eslintIgnore: ["dist/", "src/kompliant/"],
    });
  });
});

describe("Biome", () => {
  const biome = '{ "devDependencies": { "@biomejs/biome": "2.6.8" } }';

  it("gets a configuration where it has none, in its own form", async () => {
    const { read } = await prepared({ "package.json": biome });
    expect(read("biome.json")).toBe(
      '{\n\t"$schema": "./node_modules/@biomejs/biome/configuration_schema.json",\n\t"files": {\n\t\t"includes": ["**", "!src/kompliant"]\n\t}\n}\n',
    );
    expect(read("kompliant-codegen.config.json")).toContain('\n\t"out"');
  });

  it.each([
    [
      "biome.jsonc",
      '{\n  // mine\n  "files": {\n    "includes": ["**", "!dist"], // and mine\n  },\n}\n',
      '{\n  // mine\n  "files": {\n    "includes": ["**", "!dist", "!src/kompliant"], // and mine\n  },\n}\n',
    ],
    [
      "biome.json",
      '{\n\t"files": {\n\t\t"includes": [\n\t\t\t"src/**", // all\n\t\t\t"!dist" // built\n\t\t]\n\t}\n}\n',
      '{\n\t"files": {\n\t\t"includes": [\n\t\t\t"src/**", // all\n\t\t\t"!dist", // built\n\t\t\t"!src/kompliant"\n\t\t]\n\t}\n}\n',
    ],
    [
      "biome.json",
      '{\n\t"$schema": "https://biomejs.dev/schemas/1.9.4/schema.json",\n\t"files": {\n\t\t"ignore": []\n\t}\n}\n',
      '{\n\t"$schema": "https://biomejs.dev/schemas/1.9.4/schema.json",\n\t"files": {\n\t\t"ignore": ["src/kompliant"]\n\t}\n}\n',
    ],
    [
      "biome.json",
      '{\r\n\t"linter": { "enabled": true }\r\n}\r\n',
      '{\r\n\t"linter": { "enabled": true },\r\n\t"files": {\r\n\t\t"includes": ["**", "!src/kompliant"]\r\n\t}\r\n}\r\n',
    ],
    [
      "biome.json",
      '{\n\t"files": {\n\t\t"includes": ["**/*.ts", "!**/aaaaaaaaaaaaaaaa", "!**/bbbbbbbbbbbbbbbbb"]\n\t}\n}\n',
      '{\n\t"files": {\n\t\t"includes": [\n\t\t\t"**/*.ts",\n\t\t\t"!**/aaaaaaaaaaaaaaaa",\n\t\t\t"!**/bbbbbbbbbbbbbbbbb",\n\t\t\t"!src/kompliant"\n\t\t]\n\t}\n}\n',
    ],
  ])(
    "has the client ignored in %s, and the rest as it was: %j",
    async (name, before, after) => {
      const { read } = await prepared({ "package.json": "{}", [name]: before });
      expect(read(name)).toBe(after);
    },
  );

  it("keeps a configuration that nobody can edit", async () => {
    const { plan, read } = await prepared({
      "package.json": "{}",
      "biome.json": '{ "files": null }',
    });
    expect(read("biome.json")).toBe('{ "files": null }');
    expect(plan.steps).toContainEqual(
      expect.objectContaining({
        outcome: "by hand",
        detail: 'add "!src/kompliant" to files.includes',
      }),
    );
  });
});

describe("a package of a workspace", () => {
  it.each<readonly [string, Files]>([
    [
      "npm",
      {
        "package.json":
          '{ "workspaces": ["packages/*"], "devDependencies": { "prettier": "3" } }',
      },
    ],
    [
      "pnpm",
      {
        "package.json": '{ "devDependencies": { "prettier": "3" } }',
        "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
      },
    ],
  ])("is prepared with the tools of its root: %s", async (_, root) => {
    const { read, plan } = await prepared(
      {
        ...root,
        "eslint.config.mjs": "export default [];\n",
        "biome.json": "{}\n",
        "node_modules/kompliant-codegen/package.json": "{}",
        "packages/api/package.json": "{}\n",
      },
      "packages/api",
    );
    expect(plan.notes).toEqual([]);
    expect(read(".prettierignore")).toBe("/packages/api/src/kompliant/\n");
    expect(read("packages/api/.prettierignore")).toBe("/src/kompliant/\n");
    expect(read("packages/api/.gitattributes")).toContain("/src/kompliant/**");
    expect(read("eslint.config.mjs")).toContain("packages/api/src/kompliant/");
    expect(read("biome.json")).toContain('"!packages/api/src/kompliant"');
    expect(read("packages/api/kompliant-codegen.config.json")).toContain(
      '"../../node_modules/kompliant-codegen/config.schema.json"',
    );
  });
});

describe("what is there", () => {
  it("stays: configuration, scripts, comments, line endings and byte order marks", async () => {
    const { read } = await prepared({
      "package.json": `\uFEFF{\r\n\t"scripts": {\r\n\t\t"generate:kompliant": "mine"\r\n\t}\r\n}\r\n`,
      "kompliant-codegen.config.json": `{"out":"lib/api"}`,
      ".gitattributes": "*.png binary",
    });
    expect(read("kompliant-codegen.config.json")).toBe(`{"out":"lib/api"}`);
    expect(read("package.json")).toBe(
      `\uFEFF{\r\n\t"scripts": {\r\n\t\t"generate:kompliant": "mine",\r\n\t\t"check:kompliant": "kompliant-codegen check"\r\n\t}\r\n}\r\n`,
    );
    expect(read(".gitattributes")).toBe(
      "*.png binary\n/lib/api/** text eol=lf linguist-generated\n/lib/api/kompliant-codegen.lock -diff\n",
    );
  });

  it("counts for each of several clients, and not for those outside of the package", async () => {
    const { read } = await prepared({
      "package.json": "{}",
      ".prettierrc": "{}",
      "kompliant-codegen.config.json": JSON.stringify([
        { out: "a" },
        { out: "b" },
        { out: "../c" },
      ]),
    });
    expect(read(".prettierignore")).toBe("/a/\n/b/\n");
  });

  it("keeps prettier's form where it has it", async () => {
    const { read } = await prepared({
      "package.json":
        '{\n    "scripts": {\n        "test": "vitest run"\n    }\n}\n',
      ".prettierrc": '{ "tabWidth": 4, "singleQuote": true }',
      "eslint.config.mjs":
        "export default tseslint.config(js.configs.recommended, strict, stylistic);\n",
    });
    expect(read("kompliant-codegen.config.json")).toContain('\n    "out"');
    expect(read("package.json")).toContain('\n        "test": "vitest run",\n');
    expect(read("eslint.config.mjs")).toBe(`export default tseslint.config(
    { ignores: ['src/kompliant/'] },
    js.configs.recommended,
    strict,
    stylistic,
);
`);
  });

  it("is never written to when it is no regular file", async () => {
    const folder = temporaryFolder({ "package.json": "{}" });
    writeTexts(folder, { ".gitattributes/mine": "" });
    const { steps } = await planIn(folder);
    expect(steps).toContainEqual(
      expect.objectContaining({
        outcome: "by hand",
        detail: expect.stringMatching(
          /^it is not a regular file; add the lines/,
        ) as string,
      }),
    );
  });

  it("is never written to through a link", async () => {
    const elsewhere = path.join(temporaryFolder({ list: "" }), "list");
    const folder = temporaryFolder({ "package.json": "{}", ".prettierrc": "" });
    symlinkSync(elsewhere, path.join(folder, ".prettierignore"));
    const { steps } = await planIn(folder);
    writeSteps(steps);
    expect(steps).toContainEqual(
      expect.objectContaining({
        outcome: "by hand",
        detail: "it is a symbolic link; add the line /src/kompliant/",
      }),
    );
    expect(readFileSync(elsewhere, "utf8")).toBe("");
  });

  it.each(["package.json", "kompliant-codegen.config.json"])(
    "ends the run when a link stands in the place of %s",
    async (name) => {
      const folder = temporaryFolder({ "real.json": "{}" });
      if (name !== "package.json") writeTexts(folder, { "package.json": "{}" });
      const target = name === "package.json" ? "real.json" : "missing.json";
      symlinkSync(target, path.join(folder, name));
      await expect(planIn(folder)).rejects.toThrow(/it is a symbolic link/);
    },
  );

  it.each(["{", "[]", "{} // mine"])(
    "ends the run when package.json holds %s",
    async (text) => {
      const folder = temporaryFolder({ "package.json": text });
      await expect(planIn(folder)).rejects.toThrow(
        "package.json cannot be read as a JSON object",
      );
    },
  );
});
