import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import type { Choices } from "../../generator/init/plan.js";
import { askForChoices } from "../../generator/init/questions.js";
import { situationAt } from "../../generator/init/situation.js";

const none: Choices = {
  out: undefined,
  importExtension: undefined,
  typeModule: false,
};

const conflicting = {
  "package.json": '{ "type": "commonjs" }',
  "tsconfig.json":
    '{ "compilerOptions": { "module": "nodenext", "verbatimModuleSyntax": true } }',
};

/** Types an answer as soon as its question is shown. */
async function asked(
  files: Readonly<Record<string, string>>,
  choices: Choices,
  answers: readonly (readonly [question: string, keys: string])[],
): Promise<Choices | undefined> {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...answers];
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const [question, keys] = left[0] ?? [];
    if (question === undefined || !shown.includes(question)) return;
    left.shift();
    shown = "";
    setImmediate(() => input.write(keys));
  });
  const situation = await situationAt(temporaryFolder(files));
  const outcome = await askForChoices(situation, choices, { input, output });
  expect(left).toEqual([]);
  return outcome;
}

describe("the questions of init", () => {
  it("are about the folder and the module type", async () => {
    const answers = [
      ["Which folder", "lib/api/\r"],
      ['"type": "module"', "y"],
    ] as const;
    expect(await asked(conflicting, none, answers)).toEqual({
      ...none,
      out: "lib/api",
      typeModule: true,
    });
  });

  it("have answers that an Enter accepts", async () => {
    const answers = [
      ["Which folder", "\r"],
      ['"type": "module"', "\r"],
    ] as const;
    expect(await asked(conflicting, none, answers)).toEqual({
      ...none,
      out: "src/kompliant",
    });
  });

  it("end when somebody stops them", async () => {
    const answers = [["Which folder", "\u0003"]] as const;
    expect(await asked(conflicting, none, answers)).toBeUndefined();
  });

  it("are not asked where a flag, the configuration or the package answers them", async () => {
    const decided: Choices = { ...none, out: "lib", typeModule: true };
    expect(await asked(conflicting, decided, [])).toEqual(decided);
    const configured = {
      "package.json": '{ "type": "module" }',
      "kompliant-codegen.config.json": "{}",
    };
    expect(await asked(configured, none, [])).toEqual(none);
  });
});
