import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, it } from "vitest";
import { packageEntry } from "../cli/support/package-entry.js";
import type { Outcome } from "../cli/support/run-command.js";
import { writeTexts } from "../cli/support/temporary-folder.js";
import {
  emptyRepository,
  integration,
  npmInstall,
  packTarball,
  replaceAll,
  runTool,
  succeed,
} from "./support/consuming-repository.js";

interface Consumer {
  /** Version of TypeScript. */
  readonly typescript: "5.4" | "5.9" | "6" | "7";
  /** Where the types of the web come from. */
  readonly library: "DOM" | `@types/node@${number}`;
}

/** What fits into every run of the tests. */
const usual: readonly Consumer[] = [
  { typescript: "5.9", library: "DOM" },
  { typescript: "6", library: "@types/node@22" },
  { typescript: "7", library: "DOM" },
  { typescript: "7", library: "@types/node@24" },
];

/** Everything that is promised. */
const full: readonly Consumer[] = [
  { typescript: "5.4", library: "DOM" },
  { typescript: "5.4", library: "@types/node@20" },
  { typescript: "5.9", library: "DOM" },
  { typescript: "5.9", library: "@types/node@20" },
  { typescript: "6", library: "DOM" },
  { typescript: "6", library: "@types/node@22" },
  { typescript: "7", library: "DOM" },
  { typescript: "7", library: "@types/node@24" },
];

const consumers = process.env["FULL_MATRIX"] === "1" ? full : usual;

const source = integration(".js");

/** The integration, with a documented sub-code forgotten. */
const forgetful = {
  "src/forgets-in-match.ts": replaceAll(
    source,
    "        PRECHECK_FAILED: ({ sub_code }) => sub_code,\n",
    "",
  ),
  "src/forgets-in-switch.ts": replaceAll(
    source,
    '    case "PRECHECK_FAILED":\n      return true;\n',
    "",
  ),
};

const config = `import { defineConfig } from "kompliant-codegen";
import type { Config } from "kompliant-codegen";

const config: Config = defineConfig({ out: "src/kompliant" });
export default config;
`;

let tarball = "";
beforeAll(async () => {
  tarball = await packTarball();
});

describe.concurrent.for(consumers)(
  "a repository with TypeScript $typescript and $library",
  ({ typescript, library }) => {
    const withNode = library !== "DOM";
    // A client compiles with 5.4; the package's own types are for later versions.
    const hasPackage = typescript !== "5.4";
    const repository = emptyRepository();
    let installation: Outcome;

    beforeAll(async () => {
      installation = await npmInstall(repository, [
        `typescript@${typescript}`,
        ...(withNode ? [library] : []),
        ...(hasPackage ? [tarball] : []),
      ]);
      if (hasPackage) {
        writeTexts(repository, { "kompliant-codegen.config.ts": config });
        await succeed("npx", ["kompliant-codegen", "generate"], repository);
      } else {
        await packageEntry.generate({ cwd: repository });
      }
      writeTexts(repository, {
        "tsconfig.json": tsconfig(typescript, withNode),
        "src/integration.ts": source,
        ...forgetful,
        "tsconfig.forgetful.json": JSON.stringify({
          extends: "./tsconfig.json",
          include: Object.keys(forgetful),
        }),
      });
    });

    it("installs without a conflict", () => {
      expect(installation.stderr).not.toMatch(/ERESOLVE|peer dep|EBADENGINE/i);
    });

    it("has the types of Node only where they are wanted", () => {
      const types = path.join(repository, "node_modules/@types/node");
      expect(existsSync(types)).toBe(withNode);
    });

    it("compiles the client and what uses it with every strict flag", async () => {
      const outcome = await runTool(repository, "tsc", []);
      expect(outcome.stdout).toBe("");
      expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    });

    it("refuses code that forgets a documented sub-code, and names it", async () => {
      const { exitCode, stdout } = await runTool(repository, "tsc", [
        ...["--project", "tsconfig.forgetful.json", "--pretty", "false"],
      ]);
      expect(exitCode).not.toBe(0);
      // What belongs to a message is indented below it.
      const messages = stdout.split(/\n(?=\S)/);
      for (const file of Object.keys(forgetful)) {
        const own = messages.filter((message) => message.startsWith(file));
        // 5.4 prints "string" for any literal that should be never.
        const isVague = typescript === "5.4" && file.includes("switch");
        expect(own.join("\n"), stdout).toContain(
          isVague ? "'never'" : '"PRECHECK_FAILED"',
        );
      }
    });
  },
);

/** Every strict flag that the version has; no declaration goes unchecked. */
function tsconfig(
  typescript: Consumer["typescript"],
  withNode: boolean,
): string {
  return JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      ...(withNode ? { lib: ["ES2022"], types: ["node"] } : { types: [] }),
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
      skipLibCheck: false,
      ...(typescript === "5.4"
        ? {}
        : { isolatedDeclarations: true, erasableSyntaxOnly: true }),
    },
    include: ["src/kompliant", "src/integration.ts", "*.ts"],
  });
}
