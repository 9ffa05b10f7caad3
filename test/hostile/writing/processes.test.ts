import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf } from "../../cli/support/folder-content.js";
import {
  kompliantCodegen,
  packageFolder,
  runCommand,
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

describe("runs of the command line that are killed", () => {
  it("leave whole files at any moment, which the next run completes", async () => {
    const before = await after(early);
    const start = performance.now();
    const completed = await after(early, late);
    const duration = (performance.now() - start) / 2;
    let killed = 0;
    let interrupted = 0;
    for (let round = 0; round < 24; round += 1) {
      rmSync(out, { recursive: true });
      writeTexts(out, latin1(before));
      const run = spawn(process.execPath, [...slowly, "generate", ...late], {
        cwd: home,
        stdio: "ignore",
      });
      const ended = new Promise<string | null>((resolve) => {
        run.on("close", (_, signal) => {
          resolve(signal);
        });
      });
      // Every third run is killed at any moment, the others while they write.
      if (round % 3 === 0) await delay((duration * round) / 24);
      else await writing(round * 20, ended);
      run.kill("SIGKILL");
      if ((await ended) === "SIGKILL") killed += 1;
      const left = contentOf(out);
      for (const [name, text] of Object.entries(left)) {
        if (name.startsWith(".kompliant-codegen.")) continue;
        expect([before[name], completed[name]], name).toContain(text);
      }
      expect(left).toMatchObject(foreign);
      const isInterrupted = existsSync(
        path.join(out, ".kompliant-codegen.tmp"),
      );
      if (isInterrupted) interrupted += 1;
      if (isInterrupted) expect((await check(late)).exitCode).toBe(1);
      expect(await generate(late)).toMatchObject({ exitCode: 0 });
      expect(contentOf(out)).toEqual(completed);
      expect((await check(late)).exitCode).toBe(0);
    }
    expect(killed).toBeGreaterThan(0);
    expect(interrupted).toBeGreaterThan(0);
  });
});

/** Waits until a run has begun to write, and a little longer. */
async function writing(
  milliseconds: number,
  ended: Promise<unknown>,
): Promise<void> {
  const over = ended.then(() => true);
  while (!existsSync(path.join(out, ".kompliant-codegen.tmp"))) {
    if (await Promise.race([over, delay(1, false)])) return;
  }
  await delay(milliseconds);
}

function latin1(
  content: Readonly<Record<string, string>>,
): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(
    Object.entries(content).map(([name, text]) => [
      name,
      Buffer.from(text, "latin1"),
    ]),
  );
}

describe("two runs of the command line at once in one folder", () => {
  it("leave the client of one of them, in whole", async () => {
    const alone = [await after(early), await after(late)];
    // The second one finds what the first one has left.
    const inTurn = [await after(late, early), await after(early, late)];
    for (let round = 0; round < 6; round += 1) {
      rmSync(out, { recursive: true, force: true });
      writeTexts(out, foreign);
      const runs = round % 2 === 0 ? [early, late] : [late, early];
      const ends = await Promise.all(
        runs.map(async (run, index) => {
          await delay(index * round * 40);
          return runCommand(
            process.execPath,
            [...slowly, "generate", ...run],
            home,
          );
        }),
      );
      expect(ends).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
      expect([...alone, ...inTurn]).toContainEqual(contentOf(out));
      const checks = [await check(early), await check(late)];
      expect(checks.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    }
  });
});
