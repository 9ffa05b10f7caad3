import path from "node:path";
import { describe, expect, it } from "vitest";
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

/** One failing call, and a disk that stays full. */
const kinds = ["EIO", "ENOSPC from then on", "EACCES"];

const faults = (await scenarios()).flatMap((scenario) => {
  reset(folder, scenario);
  const { calls } = writeStage.run(scenario, folder);
  return calls.map((call, index) => ({
    scenario,
    name: scenario.name,
    call,
    what: kinds[index % kinds.length] ?? "",
    at: index + 1,
  }));
});

describe("a run in which the file system fails", () => {
  it.each(faults)(
    "$name, $what at call $at ($call): changes nothing, or is complete",
    ({ scenario, what, at }) => {
      reset(folder, scenario);
      const { exitCode, stderr } = writeStage.run(scenario, folder, {
        what,
        at,
      });
      if (exitCode === 0) {
        // Only what tidies up behind a finished run may fail without a word.
        expect(clientIn(folder)).toEqual(scenario.after);
        expect(writeStage.run(scenario, folder).exitCode).toBe(0);
        expect(contentOf(folder)).toEqual(scenario.after);
      } else {
        expect({ exitCode, stderr }).toEqual({
          exitCode: 2,
          stderr: "output-unwritable",
        });
        expect(contentOf(folder)).toEqual(scenario.before);
      }
    },
  );

  it.each(faults)(
    "$name, every call fails from call $at ($call) on: leaves whole files, and the next run completes it",
    ({ scenario, at }) => {
      reset(folder, scenario);
      const what = "EIO from then on";
      writeStage.run(scenario, folder, { what, at });
      expect(spoiled(clientIn(folder), scenario)).toEqual([]);
      expect(writeStage.run(scenario, folder).exitCode).toBe(0);
      expect(contentOf(folder)).toEqual(scenario.after);
    },
  );
});
