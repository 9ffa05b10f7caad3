import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { build } from "esbuild";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";

/** A program of this folder in a process of its own. */
export interface ChildProgram {
  /** What it said when it was ready: its URL. */
  readonly url: string;
  /** Asks it; what it answers depends on the program. */
  ask(): Promise<unknown>;
  end(): void;
}

/**
 * Starts a program.
 *
 * @param name - its file without the ending
 */
export async function startProgram(
  name: string,
  ...parameters: readonly string[]
): Promise<ChildProgram> {
  const script = path.join(temporaryFolder(), `${name}.mjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
    outfile: script,
    bundle: true,
    platform: "node",
    packages: "external",
    format: "esm",
  });
  const child = fork(script, parameters, { execArgv: [] });
  const said = async (): Promise<unknown> => {
    const [message] = (await once(child, "message")) as [unknown];
    return message;
  };
  return {
    url: String(await said()),
    ask: () => {
      const answer = said();
      child.send("?");
      return answer;
    },
    end: () => {
      child.kill();
    },
  };
}
