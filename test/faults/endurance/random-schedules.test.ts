import process from "node:process";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient, ksig1, propay } from "../../../generated/index.js";
import type { Fetch } from "../../../generated/index.js";
import { documentedCredentials } from "../../support/credentials.js";
import { unusedUrl } from "../../support/unused-port.js";
import { startProgram } from "../support/child-program.js";
import type { ChildProgram } from "../support/child-program.js";
import { randomSchedule } from "../support/random-schedule.js";
import { scheduleHeader } from "../support/schedule.js";
import type { Counts, Schedule } from "../support/schedule.js";

const schedules = 10_000;
const atOnce = 100;
/** `SCHEDULE_SEED` repeats a run. */
const seed = Number(process.env["SCHEDULE_SEED"] ?? Date.now() % 2 ** 31);

/** What a call came to, as the caller sees it. */
interface Told {
  readonly schedule: Schedule;
  readonly outcome: "ok" | "not_sent" | "unknown" | "answered";
  readonly attempts: number;
}

/** And how often the server has executed it. */
interface Judged extends Told {
  readonly executions: number;
}

let server: ChildProgram;
let proxy: ChildProgram;
let deadUrl: string;
beforeAll(async () => {
  server = await startProgram("counting-server");
  proxy = await startProgram("faulty-proxy", server.url);
  deadUrl = await unusedUrl();
});
afterAll(() => {
  proxy.end();
  server.end();
});

it("ten thousand random schedules through a proxy: the server counts what the client promises", async () => {
  const drawn = fc.sample(randomSchedule, { numRuns: schedules, seed });
  const told = await followAll(drawn);
  expect(await proxy.ask()).toBe("idle");
  const counts = (await server.ask()) as Counts;
  const calls = told.map((each, call): Judged => ({
    ...each,
    executions: counts[idOf(call)] ?? 0,
  }));

  const broken = calls.filter((call) => !isKept(call));
  expect(broken.slice(0, 3), `SCHEDULE_SEED=${seed}`).toEqual([]);
  // The schedules must keep asking for everything that could go wrong.
  for (const [what, happened] of Object.entries(mustHappen)) {
    expect(calls.filter(happened).length, what).toBeGreaterThan(100);
  }
}, 600_000);

/** Looks at nothing but what the caller was told and what the server counted. */
function isKept({ schedule, outcome, executions }: Judged): boolean {
  if (outcome === "ok") {
    return schedule.effect === "read" ? executions > 0 : executions === 1;
  }
  if (outcome === "not_sent") return executions === 0;
  if (schedule.effect === "read") return true;
  return executions <= (outcome === "answered" ? 0 : 1);
}

const isWrite = ({ schedule }: Judged): boolean => schedule.effect === "write";

/** A suite in which no request is ever repeated, or none executed, would prove nothing. */
const mustHappen: Readonly<Record<string, (call: Judged) => boolean>> = {
  "a write that is repeated and succeeds": (call) =>
    isWrite(call) && call.outcome === "ok" && call.attempts > 1,
  "a write of unknown outcome that was executed": (call) =>
    isWrite(call) && call.outcome === "unknown" && call.executions === 1,
  "a write of unknown outcome that was not": (call) =>
    isWrite(call) && call.outcome === "unknown" && call.executions === 0,
  "a write that the API refuses": (call) =>
    isWrite(call) && call.outcome === "answered",
  "a read that is executed more than once": (call) =>
    !isWrite(call) && call.executions > 1,
  "a call that is never sent": (call) => call.outcome === "not_sent",
};

function idOf(call: number): string {
  return `ape_${call}`;
}

/** Follows many schedules at a time, each as one call. */
async function followAll(drawn: readonly Schedule[]): Promise<Told[]> {
  const told: Told[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let call = next; call < drawn.length; call = next) {
      next += 1;
      const schedule = drawn[call];
      if (schedule) told[call] = await follow(schedule, idOf(call));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return told;
}

async function follow(schedule: Schedule, propay_id: string): Promise<Told> {
  const { effect, steps } = schedule;
  const client = createClient({
    baseUrl: proxy.url,
    signer: ksig1(documentedCredentials),
    fetch: fetchOf(schedule),
    // At times one attempt more than there are steps.
    retry: {
      attempts: Math.max(2, steps.length + (steps.length % 2)),
      baseDelayMs: 1,
      maxDelayMs: 20,
    },
    attemptTimeoutMs: isSilent(schedule) ? 300 : 60_000,
    timeoutMs: 120_000,
  });
  const options = { headers: { [scheduleHeader]: JSON.stringify(schedule) } };
  const operation = effect === "read" ? propay.get : propay.execute;
  const result = await operation(client, { propay_id }, options);
  const { attempts } = result;
  return { schedule, outcome: result.ok ? "ok" : result.outcome, attempts };
}

function isSilent({ steps }: Schedule): boolean {
  return steps.some(
    (step) => typeof step === "object" && step.answer === "silence",
  );
}

/** The platform's `fetch`, but that some attempts go where nothing listens. */
function fetchOf({ steps }: Schedule): Fetch {
  let attempt = 0;
  return (url, init) => {
    const isRefused = steps[attempt] === "connection refused";
    attempt += 1;
    return fetch(isRefused ? url.replace(proxy.url, deadUrl) : url, init);
  };
}
