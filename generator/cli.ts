#!/usr/bin/env node
import { writeSync } from "node:fs";
import process from "node:process";
import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
} from "commander";
import { diffFailures, diffFormats } from "./commands/diff-flags.js";
import type { DiffFlags } from "./commands/diff-flags.js";
import type { InitFlags } from "./commands/init-command.js";
import type { InputFlags } from "./commands/report.js";
import { packageManifest } from "./package-root.js";
import { flushOutput, printLines } from "./printing/print.js";

const program = new Command("kompliant-codegen")
  .description(
    "Generates a typed, signed TypeScript client from the OpenAPI description of the Kompliant Web API.",
  )
  .version(packageManifest().version)
  .exitOverride()
  .configureOutput({
    // Wrong usage is reported below, like every other problem.
    outputError: () => undefined,
    writeOut: (text) => {
      printLines("stdout", text.trimEnd().split("\n"));
    },
    writeErr: (text) => {
      printLines("stderr", text.trimEnd().split("\n"));
    },
  });

/** The values of a flag that may be repeated. */
function collected(
  value: string,
  others?: readonly string[],
): readonly string[] {
  return [...(others ?? []), named(value)];
}

/** The value of a flag that names something: that of an unset variable names nothing. */
function named(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

function clientOption(): Option {
  return new Option(
    "--client <name>",
    "client to work on, of several in the configuration (default: all of them)",
  ).argParser(named);
}

/** A command that reads a description; its module is loaded when it runs. */
function inputCommand(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option(
      "--spec <path or URL>",
      "OpenAPI 3.0 or 3.1 document (default: the shipped description of the Kompliant Web API); may be repeated, the documents are merged",
      collected,
    )
    .option(
      "--overlay <path>",
      "OpenAPI Overlay to apply to it; may be repeated",
      collected,
    )
    .option(
      "--out <folder>",
      "folder of the client (default: src/kompliant)",
      named,
    )
    .option("--config <file>", "configuration file", named)
    .addOption(clientOption())
    .option("--json", "print the outcome as one JSON document");
}

inputCommand("generate", "spec → client")
  .option("--watch", "run again whenever an input changes")
  .action(async ({ watch, ...flags }: InputFlags & WatchFlag) => {
    if (watch === true) {
      const { runWatch } = await import("./commands/watch-command.js");
      process.exitCode = await runWatch(flags);
    } else {
      const { runGenerate } = await import("./commands/generate-command.js");
      process.exitCode = await runGenerate(flags);
    }
  });

interface WatchFlag {
  readonly watch?: boolean;
}

inputCommand(
  "check",
  "say whether the client is in sync with the description, without writing",
).action(async (flags: InputFlags) => {
  const { runCheck } = await import("./commands/check-command.js");
  process.exitCode = await runCheck(flags);
});

program
  .command("init")
  .description(
    "prepare this package: configuration, npm scripts, ignores for formatters and linters, git",
  )
  .option(
    "--out <folder>",
    "folder of the client (default: src/kompliant, or kompliant below rootDir)",
    named,
  )
  .addOption(
    new Option(
      "--import-extension <extension>",
      "how relative imports in the client end (default: what fits tsconfig.json)",
    ).choices([".js", ".ts", "none"]),
  )
  .option("--type-module", 'set "type": "module" in package.json')
  .option("--yes", "ask nothing, also on a terminal")
  .option("--dry-run", "print what would be written, and write nothing")
  .action(async (flags: InitFlags) => {
    const { runInit } = await import("./commands/init-command.js");
    process.exitCode = await runInit(flags);
  });

program
  .command("diff")
  .description(
    "what changed between two versions of a description; with fewer than two, since the client was generated",
  )
  .argument("[old]", "the old OpenAPI document", named)
  .argument("[new]", "the new OpenAPI document", named)
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
  .option(
    "--out <folder>",
    "folder of the client (default: src/kompliant)",
    named,
  )
  .option("--config <file>", "configuration file", named)
  .addOption(clientOption())
  .action(
    async (
      first: string | undefined,
      second: string | undefined,
      flags: DiffFlags,
    ) => {
      const { runDiff } = await import("./commands/diff-command.js");
      process.exitCode = await runDiff(first, second, flags);
    },
  );

let hasEnded = false;

// A configuration is code: it may hang, which lets Node end early, or end the process.
process.once("exit", () => {
  if (hasEnded) return;
  process.exitCode = 2;
  writeSync(
    2,
    "error config-syntax: the run ended before it was done: the configuration ended the process, or waits for something that never happens\n\n  help: Let the configuration file export its options, without process.exit() and without awaiting what does not end.\n",
  );
});

/** What nobody expected is one problem like any other. */
async function end(error: unknown): Promise<void> {
  const { reportUnexpected } = await import("./commands/unexpected.js");
  process.exitCode = await reportUnexpected(error, process.argv.slice(2));
  hasEnded = true;
}

process.once("uncaughtException", (error) => {
  void end(error).then(() => process.exit());
});

/** Every path is relative to the working directory, which somebody may have deleted. */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch {
    writeSync(
      2,
      "error usage: the working directory does not exist\n\n  help: Change to a folder that exists.\n",
    );
    hasEnded = true;
    process.exit(2);
  }
}

requireWorkingFolder();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    await end(error);
  } else if (error.exitCode === 0) {
    process.exitCode = 0;
  } else {
    const { reportUsage } = await import("./commands/usage.js");
    process.exitCode = await reportUsage(error, process.argv.slice(2));
  }
}
hasEnded = true;
await flushOutput();
// What a configuration has started, such as a timer, must not keep the process alive.
setTimeout(() => process.exit(), 500).unref();
