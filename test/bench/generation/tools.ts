import path from "node:path";
import { packageFolder } from "../../cli/support/run-command.js";
import { peerProgram } from "../support/peers.js";
import type { NodeCommand } from "../support/measure-process.js";

/** A generator, and how it is run. */
export interface Tool {
  readonly name: string;
  /** @param out - a path that does not exist before the first run; the tool makes a file or folder of it */
  command(spec: string, out: string): NodeCommand;
}

export const ours: Tool = {
  name: "kompliant-codegen",
  command: (spec, out) => ownCommand("generate", spec, out),
};

export function ownCommand(
  command: "generate" | "check",
  spec: string,
  out: string,
): NodeCommand {
  const cli = path.join(packageFolder, "dist/cli.js");
  return [cli, command, "--spec", spec, "--out", out];
}

export const peers: readonly Tool[] = [
  {
    name: "openapi-typescript",
    command: (spec, out) => [
      peerProgram("openapi-typescript", "openapi-typescript"),
      spec,
      "--output",
      `${out}.ts`,
    ],
  },
  {
    name: "hey-api",
    command: (spec, out) => [
      peerProgram("@hey-api/openapi-ts", "openapi-ts"),
      "--input",
      spec,
      "--output",
      out,
    ],
  },
  {
    name: "orval",
    command: (spec, out) => [
      peerProgram("orval", "orval"),
      "--input",
      spec,
      "--output",
      `${out}.ts`,
      "--client",
      "fetch",
    ],
  },
  {
    name: "oazapfts",
    command: (spec, out) => [
      peerProgram("oazapfts", "oazapfts"),
      spec,
      `${out}.ts`,
    ],
  },
];
