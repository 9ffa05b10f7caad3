import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, installCompilers, versions } from "./support/compilers.js";
import { holdsFor, messagesOf, refusedCases } from "./support/refused-cases.js";

const folder = import.meta.dirname;
const refused = readdirSync(path.join(folder, "refused"))
  .sort()
  .map((name) => `refused/${name}`);

beforeAll(installCompilers);

describe.each(versions)("TypeScript %s", (version) => {
  it("compiles what must compile", async () => {
    const project = ["--project", "tsconfig.compiles.json"];
    const { exitCode, stdout } = await compile(version, project, folder);
    expect(stdout).toBe("");
    expect(exitCode).toBe(0);
  });

  it("refuses what must not compile, and says why", async () => {
    const project = ["--project", "tsconfig.refused.json"];
    const { stdout } = await compile(version, project, folder);
    const messages = messagesOf(stdout);
    const unexplained: string[] = [];
    let explained = 0;
    for (const file of refused) {
      const text = readFileSync(path.join(folder, file), "utf8");
      for (const { title, lines, says } of refusedCases(text)) {
        const [first, last] = lines;
        const own = messages.filter(
          ({ file: at, line }) => at === file && line >= first && line <= last,
        );
        const said = own.map((message) => message.text).join("\n");
        for (const expected of says) {
          if (!holdsFor(expected, version) || said.includes(expected.text)) {
            continue;
          }
          unexplained.push(`${title}: no ${expected.text} in\n${said}`);
        }
        explained += own.length;
      }
    }
    expect(unexplained).toEqual([]);
    // What a set of handlers lacks is all that is said of it, also where the result has a type.
    expect(
      messages.filter(({ text }) => text.includes("Type 'unknown' is not")),
    ).toEqual([]);
    // Nothing else is wrong with the fixtures.
    expect(explained).toBe(messages.length);
  });
});

it("the fixtures hold many cases", () => {
  const cases = refused.flatMap((file) =>
    refusedCases(readFileSync(path.join(folder, file), "utf8")),
  );
  expect(cases.length).toBeGreaterThan(30);
  expect(cases.filter(({ says }) => says.length === 0)).toEqual([]);
});
