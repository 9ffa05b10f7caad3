import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { startProgram } from "../faults/support/child-program.js";
import type { ChildProgram } from "../faults/support/child-program.js";
import type {
  StreamServerState,
  StreamStep,
} from "../faults/support/stream-server.js";
import { installRunTimes } from "./support/run-times.js";

const runTimes = await installRunTimes();
const folder = temporaryFolder();
let server: ChildProgram;

beforeAll(async () => {
  server = await startProgram("stream-server");
});
afterAll(() => {
  server.end();
});

const never = 60_000;
const sends = (text: string) => ({
  send: Buffer.from(text).toString("base64"),
});
const two = [
  sends('data: "a\r'),
  sends('\ndata: 1"\r\n\r\n'),
  sends('data: "é"\n\n'),
];

interface Case {
  readonly what: string;
  readonly steps: readonly StreamStep[];
  readonly abortAfterMs: number;
  readonly observed: readonly unknown[];
}

const cases: readonly Case[] = [
  {
    what: "to its end, then up to the first item",
    steps: [sends("data: 1\n\n"), sends("data: 2\n\n")],
    abortAfterMs: never,
    observed: [1, 2, 1],
  },
  {
    what: "until nothing comes in time, then up to the first item",
    steps: [sends("data: 1\n\n"), "stall"],
    abortAfterMs: never,
    observed: [1, "client.timeout", 1],
  },
  {
    what: "until the caller gives up",
    steps: [...two, "stall"],
    abortAfterMs: 200,
    observed: ["client.invalid_response", "é", "client.aborted"],
  },
  {
    what: "until the connection breaks, then up to the first item",
    steps: [sends("data: 1\n\n"), "die"],
    abortAfterMs: never,
    observed: [1, "client.network", 1],
  },
];

describe.each(runTimes)("on $name a stream is read", (runTime) => {
  it.each(cases)("$what", async ({ what, steps, abortAfterMs, observed }) => {
    const headers = { "content-type": "text/event-stream" };
    const plan = JSON.stringify({ headers, steps });
    const given = [server.url, plan, abortAfterMs].map((value) =>
      JSON.stringify(value),
    );
    const source = path.join(import.meta.dirname, "support/run-streams.ts");
    const name = `${runTime.name}-${String(what.length)}.mjs`;
    const outfile = path.join(folder, name);
    await build({
      stdin: {
        contents: `
          import { runStream } from ${JSON.stringify(source)};
          export const run = () => runStream(${given.join(", ")});`,
        loader: "ts",
        resolveDir: packageFolder,
      },
      outfile,
      bundle: true,
      platform: "neutral",
      format: "esm",
      target: "es2022",
      logLevel: "warning",
    });
    expect(await runTime.run(outfile)).toEqual(observed);
    await vi.waitFor(async () => {
      const { open } = (await server.ask()) as StreamServerState;
      expect(open).toBe(0);
    }, 10_000);
  });
});
