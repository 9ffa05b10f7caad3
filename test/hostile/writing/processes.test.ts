import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf } from "../../cli/support/folder-content.js";
import {
  kompliantCodegen,
  packageFolder,
} from "../../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "../../cli/support/temporary-folder.js";

// Other tests disturb the write stage at exact points. Here whole processes of the
// command line are disturbed, whenever it may be.

const home = temporaryFolder();
const out = path.join(home, "client");
const foreign = { "notes.md": "Ours.\n", "operations/payment/ours.ts": "//\n" };

const early = ["--spec", "spec/openapi.yaml", "--out", "client"];
const late = ["--spec", "later/openapi.yaml", "--out", "client"];

/** What the folder holds after runs that nothing disturbed, one after the other. */
async function after(
  ...runs: readonly (readonly string[])[]
): Promise<Readonly<Record<string, string>>> {
  rmSync(out, { recursive: true, force: true });
  writeTexts(out, foreign);
  for (const run of runs) {
    const { exitCode, stderr } = await generate(run);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  }
  return contentOf(out);
}

/** How Node runs the command line so that it takes a while to write. */
const slowly = [
  "--import",
  `${pathToFileURL(path.join(import.meta.dirname, "slow-writing.mjs")).href}?folder=${encodeURIComponent(out)}`,
  path.join(packageFolder, "dist/cli.js"),
];

function generate(
  parameters: readonly string[],
): ReturnType<typeof kompliantCodegen> {
  return kompliantCodegen(["generate", ...parameters], home);
}

function check(
  parameters: readonly string[],
): ReturnType<typeof kompliantCodegen> {
  return kompliantCodegen(["check", ...parameters], home);
}

beforeAll(() => {
  addPaymentsSpec(home);
  const later = path.join(home, "later");
  cpSync(path.join(home, "spec"), later, { recursive: true });
  const file = path.join(later, "openapi.yaml");
  const text = readFileSync(file, "utf8");
  const removed =
    "  /payment.refund.create:\n    $ref: methods/payment/refund/create.yaml\n";
  expect(text).toContain(removed);
  writeFileSync(
    file,
    text.replace(removed, "").replace(/title: .*/, "title: Payments, later"),
  );
});

/** A run whose writing takes a while. */
interface SlowRun {
  readonly process: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<number | string | null>;
}

function start(parameters: readonly string[]): SlowRun {
  const run = spawn(process.execPath, [...slowly, "generate", ...parameters], {
    cwd: home,
    stdio: "ignore",
  });
  const end = new Promise<number | string | null>((resolve) => {
    run.on("close", (code, signal) => {
      resolve(code ?? signal);
    });
  });
  return { process: run, end };
}

/** Waits until a run has begun to write, or ended. */
async function writing({ end }: SlowRun): Promise<void> {
  const over = end.then(() => true);
  while (!readdirSync(out).some((name) => name.endsWith(".tmp"))) {
    if (await Promise.race([over, delay(1, false)])) return;
  }
}

function reset(content: Readonly<Record<string, string>>): void {
  rmSync(out, { recursive: true, force: true });
  writeTexts(
    out,
    Object.fromEntries(
      Object.entries(content).map(([name, text]) => [
        name,
        Buffer.from(text, "latin1"),
      ]),
    ),
  );
}

/** The client is out of sync, or in sync with one of the inputs; the next run makes it what it would have been. */
async function expectRepair(
  run: readonly string[],
  completed: Readonly<Record<string, string>>,
): Promise<void> {
  const left = contentOf(out);
  expect(left).toMatchObject(foreign);
  const isComplete = isDeepStrictEqual(left, completed);
  expect((await check(run)).exitCode).toBe(isComplete ? 0 : 1);
  expect(await generate(run)).toMatchObject({ exitCode: 0 });
  expect(contentOf(out)).toEqual(completed);
  expect((await check(run)).exitCode).toBe(0);
}

describe("runs of the command line that are killed", () => {
  it("leave whole files at any moment, which the next run completes", async () => {
    const before = await after(early);
    const completed = await after(early, late);
    let killed = 0;
    for (let round = 0; round < 12; round += 1) {
      reset(before);
      const run = start(late);
      await writing(run);
      await delay(round * 25);
      run.process.kill("SIGKILL");
      if ((await run.end) === "SIGKILL") killed += 1;
      for (const [name, text] of Object.entries(contentOf(out))) {
        if (/\.tmp$|\.lock$/.test(name)) continue;
        expect([before[name], completed[name]], name).toContain(text);
      }
      await expectRepair(late, completed);
    }
    expect(killed).toBeGreaterThan(0);
  });
});

describe("a run that stands still while another one writes", () => {
  it("takes nothing back from it", async () => {
    const before = await after(early);
    const completed = await after(early, late);
    reset(before);
    const paused = start(late);
    await writing(paused);
    paused.process.kill("SIGSTOP");
    expect(await generate(early)).toMatchObject({ exitCode: 0 });
    await delay(30_000);
    paused.process.kill("SIGCONT");
    expect(await paused.end).toBe(0);
    await expectRepair(late, completed);
  });
});

describe("runs of the command line at once in one folder", () => {
  it("all end well, and one more run makes it the client of any of them", async () => {
    const completed = { early: await after(early), late: await after(late) };
    for (let round = 0; round < 6; round += 1) {
      reset(foreign);
      const runs = [early, late, early, late].slice(0, 2 + (round % 3));
      const ends = runs.map(async (run, index) => {
        await delay(index * round * 40);
        return start(run).end;
      });
      expect(await Promise.all(ends)).toEqual(runs.map(() => 0));
      await expectRepair(early, completed.early);
    }
  });
});
