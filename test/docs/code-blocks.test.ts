import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import ts from "typescript";
import { expect, it } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

const pages = [
  "README.md",
  ...readdirSync(path.join(packageFolder, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The TypeScript of a page, by the name of a file for each block; a block with words behind `ts` is an input of another test. */
function codeBlocks(page: string): readonly (readonly [string, string])[] {
  const text = readFileSync(path.join(packageFolder, page), "utf8");
  return fromMarkdown(text).children.flatMap((node) => {
    if (node.type !== "code" || node.lang !== "ts" || node.meta) return [];
    const line = node.position?.start.line ?? 0;
    const name = page.replace(/\W+/g, "-");
    return [[`${name}-line-${line}.ts`, node.value] as const];
  });
}

const blocks = Object.fromEntries(pages.flatMap(codeBlocks));

/** Type-checks files as a consuming repository has them, beside its client and with the package. */
function problemsIn(files: Readonly<Record<string, string>>): string[] {
  const folder = temporaryFolder({
    "package.json": '{ "type": "module" }',
    "node_modules/.keep": "",
    ...files,
  });
  symlinkSync(path.join(packageFolder, "generated"), `${folder}/kompliant`);
  symlinkSync(packageFolder, `${folder}/node_modules/kompliant-codegen`);
  symlinkSync(
    path.join(packageFolder, "node_modules/undici"),
    `${folder}/node_modules/undici`,
  );
  symlinkSync(
    path.join(packageFolder, "node_modules/vite"),
    `${folder}/node_modules/vite`,
  );
  const program = ts.createProgram(
    Object.keys(files).map((name) => path.join(folder, name)),
    {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      typeRoots: [path.join(packageFolder, "node_modules/@types")],
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      noEmit: true,
    },
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    return `${path.basename(file?.fileName ?? "")}: ${text}`;
  });
}

it("the TypeScript in README and docs compiles", () => {
  expect(Object.keys(blocks).length).toBeGreaterThan(10);
  expect(problemsIn(blocks)).toEqual([]);
});

it("code that does not compile would be found", () => {
  const wrong = { "wrong.ts": 'import { propy } from "./kompliant/index.js";' };
  expect(problemsIn(wrong)).toEqual([
    expect.stringContaining("has no exported member"),
  ]);
});
