import path from "node:path";
import { describe, expect, it } from "vitest";
import { isInterrupted } from "../../../generator/write/journal.js";
import { contentOf } from "../../cli/support/folder-content.js";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";
import {
  buildWriteStage,
  clientIn,
  reset,
  scenarios,
  spoiled,
} from "./scenario.js";

const writeStage = await buildWriteStage();
const folder = path.join(temporaryFolder(), "client");

const undisturbed = (await scenarios()).map((scenario) => {
  reset(folder, scenario);
  const { exitCode, calls } = writeStage.run(scenario, folder);
  expect(exitCode).toBe(0);
  expect(clientIn(folder)).toEqual(scenario.after);
  return { scenario, calls };
});

/** Every moment between two calls that change the disk, and every moment within one that takes long. */
const moments = undisturbed.flatMap(({ scenario, calls }) =>
  calls.flatMap((call, index) => [
    { scenario, name: scenario.name, call, what: "kill", at: index + 1 },
    ...(/^(?:writeFile|rm)Sync$/.test(call)
      ? [
          {
            scenario,
            name: scenario.name,
            call,
            what: "kill halfway",
            at: index + 1,
          },
        ]
      : []),
  ]),
);

describe("a run that is killed", () => {
  it("is killed at two hundred different moments", () => {
    expect(moments.length).toBeGreaterThan(200);
  });

  it.each(moments)(
    "$name, $what at call $at ($call): leaves whole files, and the next run completes it",
    async ({ scenario, what, at }) => {
      reset(folder, scenario);
      const { signal } = writeStage.run(scenario, folder, { what, at });
      expect(signal).toBe("SIGKILL");
      expect(spoiled(clientIn(folder), scenario)).toEqual([]);
      if (at % 16 === 0) {
        const { inSync } = await scenario.check(folder);
        expect(inSync).toBe(false);
        await scenario.generate(folder);
        const repaired = await scenario.check(folder);
        expect(repaired).toMatchObject({ inSync: true, interrupted: false });
      } else {
        // The same write stage, without what it takes to generate the files again.
        // Before its second call a run has changed nothing.
        expect(isInterrupted(folder)).toBe(at > 2 || what !== "kill");
        expect(writeStage.run(scenario, folder).exitCode).toBe(0);
      }
      expect(contentOf(folder)).toEqual(scenario.after);
    },
  );
});
