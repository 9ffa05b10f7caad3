import process from "node:process";
import { checkClient } from "../check.js";
import { describeCheck } from "../commands/describe-check.js";
import { configFiles, resolveClients } from "../config/options.js";
import type { GenerateOptions, ResolvedOptions } from "../config/options.js";
import { DiagnosticError } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostics } from "../diagnostics/render-diagnostics.js";
import { generateClient } from "../generate.js";
import { printedText } from "../printing/line.js";
import { localInputs } from "../write/freshness.js";
import { readPreviousRun } from "../write/previous-run.js";

/** Options of a bundler's plugin: those of `generate`, and when to write. */
export interface BuildStepOptions extends GenerateOptions {
  /**
   * What happens before a build: `"generate"` brings the client in line with its
   * description, `"check"` writes nothing and fails the build when the client is out
   * of date. `"check"` where the environment variable `CI` is set, otherwise
   * `"generate"`.
   */
  readonly mode?: "generate" | "check";
}

/** Name of the plugins, by which bundlers report them. */
export const pluginName = "kompliant-codegen";

/** What a bundler has to do after the step. */
export interface BuildStepResult {
  /** Why the build must fail, for people; undefined when it may go on. */
  readonly failure: string | undefined;
  /** What was noticed, for people. */
  readonly warnings: readonly string[];
  /** Absolute paths of the files to watch: another run may give another client when one of them changes. */
  readonly inputs: readonly string[];
}

/** Builds of one process may start at the same time; they must not write at the same time. */
let previousStep: Promise<unknown> = Promise.resolve();

/** Brings all clients in line with their descriptions, or checks that they are. Problems are part of the result. */
export function runBuildStep(
  options: BuildStepOptions,
): Promise<BuildStepResult> {
  const step = previousStep.then(() => bringInLine(options));
  previousStep = step.catch(() => undefined);
  return step;
}

async function bringInLine({
  mode = isCi() ? "check" : "generate",
  ...options
}: BuildStepOptions): Promise<BuildStepResult> {
  const files = configFiles(options);
  try {
    const { clients } = await resolveClients(options);
    const results = [];
    for (const client of clients) {
      results.push(await clientStep(client, mode).catch(badInput));
    }
    const failures = results.flatMap(({ failure }) => failure ?? []);
    return {
      failure: failures.length === 0 ? undefined : failures.join("\n"),
      warnings: results.flatMap(({ warnings }) => warnings),
      inputs: [...files, ...clients.flatMap(inputsOf)],
    };
  } catch (error) {
    return { ...badInput(error), inputs: files };
  }
}

type ClientResult = Omit<BuildStepResult, "inputs">;

async function clientStep(
  client: ResolvedOptions,
  mode: "generate" | "check",
): Promise<ClientResult> {
  if (mode === "generate") {
    const { warnings } = await generateClient(client);
    const texts = warnings.length === 0 ? [] : [describe(warnings)];
    return { failure: undefined, warnings: texts };
  }
  const result = await checkClient(client);
  const failure = result.inSync
    ? undefined
    : printedText(describeCheck(result), false);
  return { failure, warnings: [] };
}

function badInput(error: unknown): ClientResult {
  if (!(error instanceof DiagnosticError)) throw error;
  return { failure: describe(error.diagnostics), warnings: [] };
}

function describe(diagnostics: readonly Diagnostic[]): string {
  // Bundlers paint messages themselves.
  return printedText(renderDiagnostics(diagnostics, process.cwd()), false);
}

/** The files that a client is made from, as far as the last run knows them. */
function inputsOf(client: ResolvedOptions): readonly string[] {
  return localInputs(client, readPreviousRun(client.out).lock);
}

function isCi(): boolean {
  return !["", "0", "false"].includes(process.env["CI"] ?? "");
}

/** The error that ends a build. Its stack is of no use to the person who made the mistake. */
export function buildFailure(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
