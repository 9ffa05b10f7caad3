#!/usr/bin/env node
import process from "node:process";
import { Command, CommanderError } from "commander";
import type { InputFlags } from "./commands/report.js";
import { packageManifest } from "./package-root.js";

const program = new Command("kompliant-codegen")
  .description(
    "Generates a typed, signed TypeScript client from the OpenAPI description of the Kompliant Web API.",
  )
  .version(packageManifest().version)
  .exitOverride();

/** A command that reads a description; its module is loaded when it runs. */
function inputCommand(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option(
      "--spec <path>",
      "OpenAPI 3.0 or 3.1 document (default: the shipped description of the Kompliant Web API)",
    )
    .option("--out <folder>", "folder of the client (default: src/kompliant)")
    .option("--config <file>", "configuration file")
    .option("--json", "print the outcome as one JSON document");
}

inputCommand("generate", "spec → client").action(async (flags: InputFlags) => {
  const { runGenerate } = await import("./commands/generate-command.js");
  process.exitCode = await runGenerate(flags);
});

inputCommand(
  "check",
  "say whether the client is in sync with the description, without writing",
).action(async (flags: InputFlags) => {
  const { runCheck } = await import("./commands/check-command.js");
  process.exitCode = await runCheck(flags);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed its message; wrong usage is bad input.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
