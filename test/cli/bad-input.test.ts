import { cpSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenConfigs, brokenSpecs } from "./support/broken-inputs.js";
import type { BrokenInput } from "./support/broken-inputs.js";
import { stateOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const populated = temporaryFolder();

beforeAll(async () => {
  addPaymentsSpec(populated);
  await packageEntry.generate({ cwd: populated, spec: "spec/openapi.yaml" });
});

/** A repository in which everything was well until now. */
function repositoryWith(input: BrokenInput): string {
  const folder = temporaryFolder();
  cpSync(populated, folder, { recursive: true, preserveTimestamps: true });
  input.arrange(folder);
  return folder;
}

/** What a terminal would act on instead of showing it. */
const controlCharacters = /[^\P{Cc}\n]/u;

const goodSpec = ["--spec", "spec/openapi.yaml"];

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly help: string;
    readonly location: {
      readonly file: string;
      readonly line: number;
      readonly column: number;
    };
  }[];
}

describe.concurrent.for([
  { part: "description", inputs: brokenSpecs },
  { part: "configuration", inputs: brokenConfigs },
])("bad input in the $part", ({ inputs }) => {
  it.for(inputs)("$name", async (input) => {
    const folder = repositoryWith(input);
    const before = stateOf(folder);
    const { exitCode, stdout, stderr } = await kompliantCodegen(
      ["generate", "--json", ...(input.flags ?? goodSpec)],
      folder,
    );

    // For people: where it is, what is wrong and what to do, and no stack trace.
    const [headline = ""] = stderr.split("\n", 1);
    expect(headline).toMatch(/^[^\s:]+:[1-9]\d*:[1-9]\d*: error [\w-]+: \S/);
    expect(headline.startsWith(input.place), headline).toBe(true);
    expect(stderr.match(/^\s*help: \S.*[.?]$/gm)).toHaveLength(1);
    expect(stderr).toContain(input.mentions);
    expect(stderr).not.toContain("    at ");
    expect(stderr).not.toMatch(controlCharacters);
    expect(exitCode).toBe(2);

    // For machines: the same.
    const { diagnostics } = JSON.parse(stdout) as Report;
    expect(diagnostics).toMatchObject([{ code: input.code }]);
    for (const { code, message, help, location } of diagnostics) {
      const { file, line, column } = location;
      const place = `${path.relative(folder, file)}:${line}:${column}`;
      expect(stderr).toContain(`${place}: error ${code}: ${message}`);
      expect(stderr).toContain(help);
    }

    expect(stateOf(folder)).toEqual(before);
  });
});

describe("bad input without --json", () => {
  it("leaves stdout to results", async () => {
    const folder = temporaryFolder({ "empty.yaml": "" });
    const outcome = await kompliantCodegen(
      ["generate", "--spec", "empty.yaml"],
      folder,
    );
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" });
    expect(outcome.stderr).toMatch(/^empty\.yaml:1:1: error spec-empty: /);
    expect(Object.keys(stateOf(folder))).toEqual(["", "empty.yaml"]);
  });

  it("shows the lines around the place", async () => {
    const folder = temporaryFolder();
    addPaymentsSpec(folder);
    for (const input of brokenSpecs) {
      if (input.name === "a schema of a wrong type") input.arrange(folder);
    }
    const { stderr } = await kompliantCodegen(
      ["generate", ...goodSpec],
      folder,
    );
    expect(stderr).toMatch(/2 \| +type: text\n +\| +\^\^\^\^/);
  });
});

describe("a command line that makes no sense", () => {
  it.for([
    [["generate", "--sepc", "a.yaml", "--json"], "--spec"],
    [["genrate", "--json"], "generate"],
    [["diff", "a", "b", "--formt", "x", "--format", "json"], "--format"],
    [["generate", "a.yaml", "--json"], "too many"],
    [["generate", "--json", "--out", ""], "--out <folder>"],
    [["generate", "--json", "--spec", ""], "--spec <path or URL>"],
    [["check", "--json", "--overlay="], "--overlay <path>"],
    [["check", "--json", "--config="], "--config <file>"],
    [["diff", "", "b", "--format=json"], "old"],
  ] as const)("is explained: %o", async ([words, mentions]) => {
    const outcome = await kompliantCodegen(words, temporaryFolder());
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toMatch(/^error usage: /);
    expect(outcome.stderr).toContain(mentions);
    const { diagnostics } = JSON.parse(outcome.stdout) as Report;
    expect(diagnostics).toMatchObject([{ code: "usage" }]);
  });

  it("is shown with the word that is wrong", async () => {
    const { stderr } = await kompliantCodegen(
      ["diff", "a", "--format=xml"],
      temporaryFolder(),
    );
    expect(stderr).toContain(`
> 1 | kompliant-codegen diff a --format=xml
    |                          ^^^^^^^^^^^^
`);
  });
});
