import process from "node:process";
import { isatty } from "node:tty";
import type { ImportExtension } from "../emit/import-style.js";
import type { FileStep } from "../init/change.js";
import { runCommandOf } from "../init/notes.js";
import { planInit } from "../init/plan.js";
import type { Choices, InitPlan } from "../init/plan.js";
import { situationAt } from "../init/situation.js";
import type { Situation } from "../init/situation.js";
import { writeSteps } from "../init/write-steps.js";
import type { Line } from "../printing/line.js";
import { printLines } from "../printing/print.js";
import { relativeToCwd, reportProblems } from "./report.js";
import { changedLines } from "./changed-lines.js";

/** Flags of `init`. */
export interface InitFlags {
  readonly out?: string;
  readonly importExtension?: ImportExtension | "none";
  readonly typeModule?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Runs `init` in the working directory and says what it did.
 *
 * @returns the process's exit code: 0; 2 when the folder is no package, or somebody stops the questions
 */
export async function runInit(flags: InitFlags): Promise<number> {
  return reportProblems(false, async () => {
    const situation = await situationAt(process.cwd());
    const choices = await chosen(situation, flags);
    if (!choices) {
      printLines("stderr", ["Stopped: nothing was written."]);
      return 2;
    }
    const plan = await planInit(situation, choices);
    if (flags.dryRun === true) {
      printLines("stdout", plannedLines(plan));
      return 0;
    }
    writeSteps(plan.steps);
    printLines("stdout", [
      ...plan.steps.map(stepLine),
      ...noteLines(plan),
      "",
      `Next: ${runCommandOf(situation.repository)} generate:kompliant`,
    ]);
    return 0;
  });
}

/** What the flags say, and on a terminal the person in front of it; undefined when that one stops. */
async function chosen(
  situation: Situation,
  flags: InitFlags,
): Promise<Choices | undefined> {
  const { out, importExtension, typeModule = false } = flags;
  const choices: Choices = {
    ...{ out, typeModule },
    importExtension: importExtension === "none" ? "" : importExtension,
  };
  const isAsked =
    flags.yes !== true && flags.dryRun !== true && isatty(0) && isatty(1);
  if (!isAsked) return choices;
  const { askForChoices } = await import("../init/questions.js");
  return askForChoices(situation, choices);
}

function stepLine({ file, outcome, detail }: FileStep): string {
  return `${outcome.padEnd(7)} ${relativeToCwd(file)} (${detail})`;
}

function noteLines({ notes }: InitPlan): readonly string[] {
  return notes.length === 0 ? [] : ["", ...notes.map((note) => `! ${note}`)];
}

/** What a run would write, with the lines that it would change. */
function plannedLines(plan: InitPlan): readonly Line[] {
  const written = plan.steps.flatMap((step) => [
    stepLine(step).replace(/^(created|changed)/, (outcome) =>
      outcome === "created" ? "create " : "change ",
    ),
    ...changedLines(step.before ?? "", step.after ?? step.before ?? ""),
  ]);
  return [...written, ...noteLines(plan), "", "Nothing was written."];
}
