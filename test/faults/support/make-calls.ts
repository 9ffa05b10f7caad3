// node --expose-gc make-calls.mjs URL CALLS: makes so many calls at once, three times.
import process from "node:process";
import { Agent } from "undici";
import { createClient, ksig1, propay } from "../../../generated/index.js";
import { documentedCredentials } from "../../support/credentials.js";

/** What it prints. */
export interface Load {
  readonly rounds: readonly {
    /** Calls that got the answer to their own request. */
    readonly answered: number;
    /** Codes of the errors of the others. */
    readonly failed: readonly string[];
    /** Bytes after everything that is no longer needed was freed. */
    readonly heapUsed: number;
  }[];
}

const [, , url = "", calls = ""] = process.argv;
// Ten thousand calls are under way at once; so many connections would only measure how fast a machine opens them.
const dispatcher = new Agent({ connections: 250 });
const client = createClient({
  baseUrl: url,
  fetch: (target, init) =>
    fetch(target, { ...init, dispatcher } as RequestInit & {
      dispatcher: Agent;
    }),
  signer: ksig1(documentedCredentials),
  retry: false,
  timeoutMs: 300_000,
});

async function makeCalls(round: number): Promise<Load["rounds"][number]> {
  const failed: string[] = [];
  let answered = 0;
  await Promise.all(
    Array.from({ length: Number(calls) }, async (_none, number) => {
      const propay_id = `ape_${round}_${number}`;
      const result = await propay.execute(client, { propay_id });
      if (!result.ok) failed.push(result.error.code);
      else if (result.data.propay.propay_id === propay_id) answered += 1;
    }),
  );
  return { answered, failed, heapUsed: await usedAfterCollection() };
}

async function usedAfterCollection(): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const rounds: Load["rounds"][number][] = [];
for (let round = 0; round < 3; round += 1) rounds.push(await makeCalls(round));
await dispatcher.close();
console.log(JSON.stringify({ rounds } satisfies Load));
