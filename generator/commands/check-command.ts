import { checkClient } from "../check.js";
import { describeCheck } from "./describe-check.js";
import { forEachClient } from "./each-client.js";
import { optionsOf } from "./report.js";
import type { InputFlags } from "./report.js";

/**
 * Runs `check` and reports on stdout.
 *
 * @returns the process's exit code: 0 in sync, 1 drift, 2 bad input
 */
export async function runCheck(flags: InputFlags): Promise<number> {
  const { json = false } = flags;
  return forEachClient(optionsOf(flags), json, async (client) => {
    const result = await checkClient(client);
    const exitCode = result.inSync ? 0 : 1;
    return { exitCode, document: result, lines: describeCheck(result) };
  });
}
