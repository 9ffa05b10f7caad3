import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf } from "../cli/support/folder-content.js";
import { packageEntry } from "../cli/support/package-entry.js";
import { writeTexts } from "../cli/support/temporary-folder.js";
import { emptyRepository, npmInstall } from "./support/consuming-repository.js";

const repository = emptyRepository();

/** Every operation of the client: its path on the wire, by its module. */
let urlPaths: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  await packageEntry.generate({ cwd: repository, out: "src/kompliant" });
  const operations = path.join(repository, "src/kompliant/operations");
  urlPaths = Object.fromEntries(
    Object.entries(contentOf(operations)).flatMap(([file, text]) =>
      [...text.matchAll(/^ {2}path: "(\/[^"]+)",$/gm)].map(
        ([, urlPath = ""]) => [file, urlPath] as const,
      ),
    ),
  );
  expect(Object.keys(urlPaths).length).toBeGreaterThan(80);
});

/** Ways to call `propay.execute` and nothing else. */
const ways = {
  function: `import { createClient, ksig1, propayExecute } from "./kompliant/index.js";
export const run = (keys) =>
  propayExecute(createClient({ signer: ksig1(keys) }), { propay_id: "ape_1" });
`,
  "namespace module": `import { createClient, ksig1 } from "./kompliant/index.js";
import * as propay from "./kompliant/operations/propay/index.js";
export const run = (keys) =>
  propay.execute(createClient({ signer: ksig1(keys) }), { propay_id: "ape_1" });
`,
  namespace: `import { createClient, ksig1, propay } from "./kompliant/index.js";
export const run = (keys) =>
  propay.execute(createClient({ signer: ksig1(keys) }), { propay_id: "ape_1" });
`,
  nothing: `import { createClient, ksig1 } from "./kompliant/index.js";
export const run = (keys) => createClient({ signer: ksig1(keys) });
`,
} as const;

type Way = keyof typeof ways;

function entryFor(way: Way): string {
  const name = `src/${way.replace(" ", "-")}.js`;
  writeTexts(repository, { [name]: ways[way] });
  return path.join(repository, name);
}

/** Paths of the operations that a bundle can call; prints its size. */
function operationsIn(
  bundler: string,
  way: Way,
  code: string,
): readonly string[] {
  const gzipped = gzipSync(code, { level: 9 }).byteLength;
  console.log(
    `${bundler}, ${way}: ${Buffer.byteLength(code)} bytes minified, ${gzipped} gzipped`,
  );
  return Object.values(urlPaths)
    .filter((urlPath) =>
      ['"', "'", "`"].some((quote) => code.includes(quote + urlPath + quote)),
    )
    .sort();
}

async function esbuildBundle(way: Way): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryFor(way)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return outputFiles.map(({ text }) => text).join("");
}

describe("esbuild brings", () => {
  it("one operation with its function", async () => {
    const code = await esbuildBundle("function");
    expect(operationsIn("esbuild", "function", code)).toEqual([
      "/propay.execute",
    ]);
  });

  it("one operation with the module of its namespace", async () => {
    const code = await esbuildBundle("namespace module");
    expect(operationsIn("esbuild", "namespace module", code)).toEqual([
      "/propay.execute",
    ]);
  });

  // It cannot take a namespace apart that another module re-exports:
  // https://github.com/evanw/esbuild/issues/1420
  it("no operation of any other namespace with a namespace", async () => {
    const code = await esbuildBundle("namespace");
    const operations = operationsIn("esbuild", "namespace", code);
    expect(operations).toContain("/propay.execute");
    const others = operations.filter((name) => !name.startsWith("/propay."));
    expect(others).toEqual([]);
  });

  it("no operation with a client that calls none", async () => {
    const code = await esbuildBundle("nothing");
    expect(operationsIn("esbuild", "nothing", code)).toEqual([]);
  });

  it("less than 7.9 kB gzipped for one operation, signature and retries included", async () => {
    const code = await esbuildBundle("function");
    const gzipped = gzipSync(code, { level: 9 }).byteLength;
    expect(gzipped).toBeLessThan(7900);
  });

  it("nothing of explain and detectDrift to those who do not call them", async () => {
    const code = await esbuildBundle("function");
    expect(code).not.toContain("a dry run sends nothing");
    expect(code).not.toContain("MbtrustMissingRequirementCode");
  });
});

describe("rolldown brings", () => {
  interface Rolldown {
    build(options: {
      readonly input: string;
      readonly write: false;
      readonly output: { readonly minify: true };
    }): Promise<{ readonly output: readonly { readonly code?: string }[] }>;
  }

  let rolldown: Rolldown;
  beforeAll(async () => {
    await npmInstall(repository, ["rolldown@1"]);
    const entry = path.join(repository, "node_modules/rolldown/dist/index.mjs");
    expect(existsSync(entry)).toBe(true);
    rolldown = (await import(pathToFileURL(entry).href)) as Rolldown;
  });

  it.for(["function", "namespace module", "namespace"] as const)(
    "one operation: %s",
    async (way) => {
      const { output } = await rolldown.build({
        input: entryFor(way),
        write: false,
        output: { minify: true },
      });
      const code = output.map((chunk) => chunk.code ?? "").join("");
      const operations = operationsIn("rolldown", way, code);
      expect(gzipSync(code, { level: 9 }).byteLength).toBeLessThan(7900);
      expect(operations).toEqual(["/propay.execute"]);
    },
  );
});
