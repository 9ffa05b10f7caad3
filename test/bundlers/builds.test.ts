import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { contentOf, stateOf } from "../cli/support/folder-content.js";
import {
  bundleIn,
  eventually,
  pause,
  runScript,
  scratchRepository,
  specWith,
  startScript,
  writeSpec,
} from "./support/scratch-repository.js";
import type { RunningScript } from "./support/scratch-repository.js";

let folder = "";
let running: RunningScript | undefined;

beforeAll(async () => {
  folder = await scratchRepository();
});

afterEach(async () => {
  await running?.end();
  running = undefined;
});

const syntaxProblem = /spec\/api\.json:1:\d+: error spec-syntax: /;

describe.each(["vite", "rollup", "rolldown", "webpack", "rspack", "esbuild"])(
  "a build with %s",
  (bundler) => {
    const script = `${bundler}.mjs`;

    beforeAll(() => {
      writeSpec(folder, specWith("a.set"));
      rmSync(path.join(folder, "src/kompliant"), {
        recursive: true,
        force: true,
      });
      rmSync(path.join(folder, "dist"), { recursive: true, force: true });
    });

    it("generates the client first", async () => {
      const { exitCode, stderr } = await runScript(folder, script);
      expect(exitCode, stderr).toBe(0);
      expect(bundleIn(folder)).toContain("/a.set");
    });

    it("is rebuilt from a changed description", async () => {
      writeSpec(folder, specWith("a.set", "a.get"));
      const { exitCode } = await runScript(folder, script);
      expect(exitCode).toBe(0);
      expect(bundleIn(folder)).toContain("/a.get");
    });

    it("fails with the diagnostic of a bad description", async () => {
      writeSpec(folder, "{");
      const client = stateOf(path.join(folder, "src/kompliant"));
      const { exitCode, stdout, stderr } = await runScript(folder, script);
      expect(exitCode).not.toBe(0);
      const printed = `${stdout}${stderr}`;
      expect(printed).toMatch(syntaxProblem);
      expect(printed).toContain("> 1 | {");
      expect(printed).not.toContain("build-step");
      expect(stateOf(path.join(folder, "src/kompliant"))).toEqual(client);
    });

    it("in continuous integration, fails on a client that is out of date, and writes nothing", async () => {
      writeSpec(folder, specWith("a.set", "a.remove"));
      const client = stateOf(path.join(folder, "src/kompliant"));
      const drifted = await runScript(folder, script, { CI: "true" });
      expect(drifted.exitCode).not.toBe(0);
      expect(`${drifted.stdout}${drifted.stderr}`).toContain(
        'src/kompliant is out of date; run "kompliant-codegen generate"',
      );
      expect(stateOf(path.join(folder, "src/kompliant"))).toEqual(client);
      writeSpec(folder, specWith("a.set", "a.get"));
      const { exitCode } = await runScript(folder, script, { CI: "true" });
      expect(exitCode).toBe(0);
    });

    it("that watches is rebuilt when the description changes, and survives a bad one", async () => {
      writeSpec(folder, specWith("a.set"));
      running = startScript(folder, [script, "--watch"]);
      await running.until("BUILT");
      await eventually(() => bundleIn(folder).includes("/a.set"));
      await pause(1000);

      writeSpec(folder, specWith("a.set", "a.watch"));
      await eventually(() => bundleIn(folder).includes("/a.watch"));
      await pause(1000);

      writeSpec(folder, "{");
      expect(await running.until("FAILED")).toMatch(syntaxProblem);
      await pause(1000);

      writeSpec(folder, specWith("a.set", "a.mend"));
      await eventually(() => bundleIn(folder).includes("/a.mend"));
    });
  },
);

describe("Vite's development server", () => {
  afterAll(() => {
    writeSpec(folder, specWith("a.set"));
  });

  it("generates when it starts and after every change, and survives a bad description", async () => {
    writeSpec(folder, specWith("a.set"));
    running = startScript(folder, ["vite-server.mjs"]);
    const printed = await running.until("ADDRESS");
    const [, address = ""] = /ADDRESS (\S+)/.exec(printed) ?? [];
    const served = async (): Promise<string> => {
      const url = new URL("src/kompliant/operations/a/index.ts", address);
      return (await fetch(url)).text();
    };
    expect(await served()).toContain("set.ts");
    await pause(1000);

    writeSpec(folder, specWith("a.set", "a.serve"));
    await eventually(async () => (await served()).includes("serve.ts"));

    writeSpec(folder, "{");
    expect(await running.until("FAILED")).toMatch(syntaxProblem);
    expect(await served()).toContain("serve.ts");

    writeSpec(folder, specWith("a.mend"));
    await eventually(async () => (await served()).includes("mend.ts"));
    const client = contentOf(path.join(folder, "src/kompliant"));
    expect(client["operations/a/mend.ts"]).toBeDefined();
  });
});
