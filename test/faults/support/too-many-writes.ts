// node too-many-writes.mjs URL WRITES: makes so many writes at once, once each, and prints what became of them.
import process from "node:process";
import { createClient, propay } from "../../../generated/index.js";

const [, , baseUrl = "", writes = ""] = process.argv;
const client = createClient({
  baseUrl,
  signer: () => ({ "x-api-key": "sb_1" }),
  retry: false,
});

/** What it prints: how many writes had which outcome for which reason. */
export type Outcomes = Record<string, number>;

const outcomes: Outcomes = {};
await Promise.all(
  Array.from({ length: Number(writes) }, async (_none, number) => {
    const propay_id = `ape_${String(number)}`;
    const result = await propay.execute(client, { propay_id });
    const reason =
      !result.ok && "reason" in result.error && result.error.reason;
    const what = result.ok ? "ok" : `${result.outcome} ${String(reason)}`;
    outcomes[what] = (outcomes[what] ?? 0) + 1;
  }),
);
process.stdout.write(JSON.stringify(outcomes));
