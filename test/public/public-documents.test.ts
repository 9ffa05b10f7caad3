import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseYaml } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { kompliantCodegen, runCommand } from "../cli/support/run-command.js";
import type { Outcome } from "../cli/support/run-command.js";
import {
  temporaryFolder,
  writeTexts,
} from "../cli/support/temporary-folder.js";
import { directoryDocuments } from "./directory.js";
import { publicDocuments } from "./documents.js";
import type { PublicDocument } from "./documents.js";
import { installPublicPackages } from "./install.js";

const folder = temporaryFolder({ "package.json": '{"type":"module"}' });
const packages = await installPublicPackages();
const documents =
  process.env["FULL_MATRIX"] === "1"
    ? [
        ...publicDocuments,
        ...directoryDocuments(await installPublicPackages("directory")),
      ]
    : publicDocuments;
const sound = documents.filter(({ fault }) => fault === undefined);
const faulty = documents.filter(({ fault }) => fault !== undefined);

/** As many clients as a compiler holds at once. */
const batchSize = 40;

const clientOf = (name: string): string => path.join(folder, "clients", name);

function generateFrom({ name, file }: PublicDocument): Promise<Outcome> {
  const spec = path.resolve(packages, file);
  return kompliantCodegen(
    ["generate", "--json", "--spec", spec, "--out", clientOf(name)],
    folder,
  );
}

describe("documents that nobody here wrote", () => {
  it.each(sound)(
    "are generated from: $name",
    async (document) => {
      const { exitCode, stdout, stderr } = await generateFrom(document);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const spec = path.resolve(packages, document.file);
      const operations = countOperations(readFileSync(spec, "utf8"));
      const { counts } = JSON.parse(stdout) as {
        counts: { operations: number };
      };
      expect(counts.operations).toBe(operations);
      // Every operation can be called: the client exports a function for each.
      const out = clientOf(document.name);
      const modules = readdirSync(out, { recursive: true, encoding: "utf8" })
        .filter((each) => /^operations\/.*\.ts$/.test(each))
        .filter((each) => !each.endsWith("/index.ts"));
      const functions = modules.filter((each) =>
        /^export function \w+\(/m.test(
          readFileSync(path.join(out, each), "utf8"),
        ),
      );
      expect(functions.length).toBe(operations);
    },
    600_000,
  );

  it("are refused for faults that they have", async () => {
    for (const document of faulty) {
      const { exitCode, stdout } = await generateFrom(document);
      expect({ name: document.name, exitCode }).toMatchObject({ exitCode: 2 });
      const { diagnostics } = JSON.parse(stdout) as {
        diagnostics: { severity: string; code: string }[];
      };
      const codes = diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
      expect(new Set(codes)).toEqual(new Set([document.fault]));
      expect(existsSync(clientOf(document.name))).toBe(false);
    }
  }, 600_000);

  const batches = Array.from(
    { length: Math.ceil(sound.length / batchSize) },
    (_, index) => sound.slice(index * batchSize, (index + 1) * batchSize),
  );
  it.each(
    batches.flatMap((batch, index) =>
      ["5.9", "7"].map((version) => ({ version, number: index + 1, batch })),
    ),
  )(
    "type-check without a diagnostic under every strict flag of TypeScript $version, batch $number",
    async ({ version, batch }) => {
      const include = batch.map(({ name }) => {
        expect(existsSync(path.join(clientOf(name), "index.ts"))).toBe(true);
        return `clients/${name}/**/*.ts`;
      });
      writeTexts(folder, {
        "tsconfig.json": JSON.stringify({ ...strictConfig, include }),
      });
      const outcome = await runCommand(
        process.execPath,
        [
          "--max-old-space-size=6000",
          path.join(packages, `typescript-${version}`, "bin/tsc"),
          "--pretty",
          "false",
        ],
        folder,
      );
      expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    },
    600_000,
  );
});

/** TRACE is left out, which a note says. */
const methods = "get put post delete options head patch".split(" ");

/** Counted without the generator. A path item may refer to another one. */
function countOperations(text: string): number {
  const { paths = {} } = parseYaml(text) as {
    paths?: Record<string, { readonly $ref?: string }>;
  };
  return Object.values(paths)
    .map((item) => {
      const [, key] = /^#\/paths\/(.*)$/.exec(item.$ref ?? "") ?? [];
      const path = key?.replaceAll("~1", "/").replaceAll("~0", "~");
      return path === undefined
        ? item
        : (paths[decodeURIComponent(path)] ?? {});
    })
    .flatMap((item) => Object.keys(item))
    .filter((key) => methods.includes(key)).length;
}

const strictConfig = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    types: [],
    noEmit: true,
    declaration: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noFallthroughCasesInSwitch: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
    skipLibCheck: false,
  },
};
