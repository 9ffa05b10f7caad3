import path from "node:path";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../cli/support/folder-content.js";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";
import { buildWriteStage, reset, scenarios, spoiled } from "./scenario.js";
import type { Scenario } from "./scenario.js";

const writeStage = await buildWriteStage();
const folder = path.join(temporaryFolder(), "client");

interface Call {
  readonly scenario: Scenario;
  readonly name: string;
  /** The function that is called. */
  readonly call: string;
  /** Its number among the calls that change the disk, from 1. */
  readonly at: number;
  /** Whether it prepares files: nothing has been replaced yet. */
  readonly prepares: boolean;
}

const calls = (await scenarios()).flatMap((scenario): readonly Call[] => {
  reset(folder, scenario);
  const ending = writeStage.run(scenario, folder);
  expect(ending.exitCode).toBe(0);
  expect(contentOf(folder)).toEqual(scenario.after);
  const firstRename = ending.calls.indexOf("renameSync");
  return ending.calls.map((call, index) => ({
    scenario,
    name: scenario.name,
    call,
    at: index + 1,
    prepares: index < firstRename,
  }));
});

/** The same write stage again completes what was left, and no file of somebody else is lost. */
function expectRepair(scenario: Scenario): void {
  expect(spoiled(contentOf(folder), scenario)).toEqual([]);
  expect(writeStage.run(scenario, folder).exitCode).toBe(0);
  expect(contentOf(folder)).toEqual(scenario.after);
}

describe("a run in which the file system fails once", () => {
  const faults = calls.map((each, index) => ({
    ...each,
    what: ["EIO", "ENOSPC from then on", "EACCES"][index % 3] ?? "",
  }));

  it.each(faults)(
    "$name, $what at call $at ($call): says so and leaves whole files",
    ({ scenario, what, at, prepares }) => {
      reset(folder, scenario);
      const ending = writeStage.run(scenario, folder, { what, at });
      // A full disk still takes what is only renamed.
      if (ending.exitCode !== 0) {
        expect(ending.stderr).toBe("output-unwritable");
      }
      if (prepares) {
        expect(ending.exitCode).toBe(2);
        expect(contentOf(folder)).toEqual(scenario.before);
      }
      expectRepair(scenario);
    },
  );
});

describe("a run that is killed at any call that changes the disk", () => {
  const moments = calls.flatMap((each) => [
    { ...each, what: "kill" },
    ...(each.call === "writeFileSync"
      ? [{ ...each, what: "kill halfway" }]
      : []),
  ]);

  it.each(moments)(
    "$name, $what at call $at ($call): leaves whole files, and the next run completes it",
    ({ scenario, what, at }) => {
      reset(folder, scenario);
      const { signal } = writeStage.run(scenario, folder, { what, at });
      expect(signal).toBe("SIGKILL");
      expectRepair(scenario);
    },
  );
});
