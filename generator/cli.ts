#!/usr/bin/env node
import process from "node:process";
import { Command, CommanderError, Option } from "commander";
import { diffFailures, diffFormats } from "./commands/diff-flags.js";
import type { DiffFlags } from "./commands/diff-flags.js";
import { runGenerate } from "./commands/generate-command.js";
import { packageVersion } from "./package-root.js";

const program = new Command("kompliant-codegen")
  .description(
    "Generates a typed, signed TypeScript client from the OpenAPI description of the Kompliant Web API.",
  )
  .version(packageVersion())
  .exitOverride();

program
  .command("generate")
  .description("spec → client")
  .option(
    "--spec <path>",
    "OpenAPI 3.0 or 3.1 document (default: the shipped description of the Kompliant Web API)",
  )
  .option(
    "--overlay <path>",
    "OpenAPI Overlay to apply to it; may be repeated",
    (file: string, others?: readonly string[]) => [...(others ?? []), file],
  )
  .option("--out <folder>", "folder of the client (default: src/kompliant)")
  .option("--config <file>", "configuration file")
  .option("--watch", "run again whenever an input changes")
  .option("--json", "print the outcome as one JSON document")
  .action(async ({ watch, ...flags }: GenerateFlags & WatchFlag) => {
    if (watch === true) {
      const { runWatch } = await import("./commands/watch-command.js");
      process.exitCode = await runWatch(flags);
    } else {
      process.exitCode = await runGenerate(flags);
    }
  });

program
  .command("init")
  .description("prepare this repository: configuration, npm scripts, git")
  .action(async () => {
    const { runInit } = await import("./commands/init-command.js");
    process.exitCode = await runInit();
  });

program
  .command("diff")
  .description("what changed between two versions of a description")
  .argument("<old>", "the old OpenAPI document")
  .argument("<new>", "the new OpenAPI document")
  .addOption(
    new Option("--format <format>", "how to print it")
      .choices(diffFormats)
      .default("text"),
  )
  .addOption(
    new Option("--fail-on <level>", "exit with 1 when there are such changes")
      .choices(diffFailures)
      .default("none"),
  )
  .action(async (before: string, after: string, flags: DiffFlags) => {
    const { runDiff } = await import("./commands/diff-command.js");
    process.exitCode = await runDiff(before, after, flags);
  });

interface WatchFlag {
  readonly watch?: boolean;
}

type GenerateFlags = Parameters<typeof runGenerate>[0];

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed its message; wrong usage is bad input.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
