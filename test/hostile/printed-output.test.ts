import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { runCheck } from "../../generator/commands/check-command.js";
import { runDiff } from "../../generator/commands/diff-command.js";
import { runGenerate } from "../../generator/commands/generate-command.js";
import { actingText, findActingText } from "../support/printed-output.js";
import { overlayWith } from "./further-slots.js";
import { slots, specWith } from "./spec-slots.js";

/** What a command prints on both streams; the commands run in this process, because there are hundreds. */
async function printedBy(command: () => Promise<number>): Promise<string> {
  printed.length = 0;
  await command();
  return printed.join("");
}

const printed: string[] = [];

beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk) => {
      printed.push(String(chunk));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("no output acts on a terminal or on CI", () => {
  it.for(slots)("with such text in %s", async (slot) => {
    const overlay = overlayWith({ [slot]: actingText });
    const cwd = temporaryFolder({
      "plain.json": JSON.stringify(specWith({}), undefined, 1),
      "spec.json": JSON.stringify(specWith({ [slot]: actingText })),
      "overlay.json": JSON.stringify(overlay ?? {}),
    });
    const file = (name: string): string => path.join(cwd, name);
    const flags = {
      spec: [file("spec.json")],
      out: file("out"),
      ...(overlay && { overlay: [file("overlay.json")] }),
    };
    const [old, current] = [file("plain.json"), file("spec.json")];
    const diffFlags = { failOn: "none" } as const;
    const commands = {
      generate: () => runGenerate(flags),
      "generate --json": () => runGenerate({ ...flags, json: true }),
      check: () => runCheck({ ...flags, spec: [old] }),
      "check --json": () => runCheck({ ...flags, json: true }),
      diff: () => runDiff(old, current, { ...diffFlags, format: "text" }),
      "diff --format json": () =>
        runDiff(current, old, { ...diffFlags, format: "json" }),
      "diff --format markdown": () =>
        runDiff(old, current, { ...diffFlags, format: "markdown" }),
    };
    for (const [name, command] of Object.entries(commands)) {
      const output = await printedBy(command);
      expect([name, output]).toEqual([name, expect.stringMatching(/\S/)]);
      expect([name, findActingText(output)]).toEqual([name, []]);
    }
  });

  it("with such text in the names of a lock", async () => {
    const cwd = temporaryFolder({ "spec.json": JSON.stringify(specWith({})) });
    const flags = {
      spec: [path.join(cwd, "spec.json")],
      out: path.join(cwd, "out"),
    };
    await printedBy(() => runGenerate(flags));
    const file = path.join(cwd, "out", "kompliant-codegen.lock");
    const lock = JSON.parse(readFileSync(file, "utf8")) as Record<
      string,
      object
    >;
    for (const part of ["inputs", "outputs", "sources", "names"]) {
      lock[part] = { ...lock[part], [actingText]: "x" };
    }
    writeFileSync(file, JSON.stringify(lock));
    for (const command of [runCheck, runGenerate]) {
      const output = await printedBy(() => command(flags));
      expect(output).toMatch(/\S/);
      expect(findActingText(output)).toEqual([]);
    }
  });
});
