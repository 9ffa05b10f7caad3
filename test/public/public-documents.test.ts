import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseYaml } from "@redocly/openapi-core";
import { beforeAll, describe, expect, it } from "vitest";
import { kompliantCodegen, runCommand } from "../cli/support/run-command.js";
import {
  temporaryFolder,
  writeTexts,
} from "../cli/support/temporary-folder.js";
import { publicDocuments } from "./documents.js";
import { installPublicPackages } from "./install.js";

const folder = temporaryFolder({ "package.json": '{"type":"module"}' });
let packages = "";

beforeAll(async () => {
  packages = await installPublicPackages();
}, 600_000);

describe("documents that nobody here wrote", () => {
  it.each(publicDocuments)(
    "are generated from: $name",
    async ({ name, file }) => {
      const out = path.join(folder, "clients", name);
      const spec = path.join(packages, file);
      const { exitCode, stdout, stderr } = await kompliantCodegen(
        ["generate", "--json", "--spec", spec, "--out", out],
        folder,
      );
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const operations = countOperations(readFileSync(spec, "utf8"));
      const { counts } = JSON.parse(stdout) as {
        counts: { operations: number };
      };
      expect(counts.operations).toBe(operations);
      // Every operation can be called: the client exports a function for each.
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

  it.each(["5.9", "7"])(
    "type-check without a diagnostic under every strict flag of TypeScript %s",
    async (version) => {
      expect(readdirSync(path.join(folder, "clients")).length).toBe(
        publicDocuments.length,
      );
      writeTexts(folder, { "tsconfig.json": strictConfig });
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

const methods = "get put post delete options head patch trace".split(" ");

/** Counted without the generator. */
function countOperations(text: string): number {
  const { paths = {} } = parseYaml(text) as {
    paths?: Record<string, object>;
  };
  return Object.values(paths)
    .flatMap((item) => Object.keys(item))
    .filter((key) => methods.includes(key)).length;
}

const strictConfig = JSON.stringify({
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
  include: ["clients/**/*.ts"],
});
