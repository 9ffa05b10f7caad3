import { describe, expect, it } from "vitest";
import { KompliantError, unwrap } from "../../generated/index.js";
import { findSecrets, shown } from "../secrets/find-secrets.js";
import { bodyCases } from "./cases/bodies.js";
import { connectionCases } from "./cases/connection.js";
import { cutOffCases } from "./cases/cut-off.js";
import { framingCases } from "./cases/framing.js";
import { givenUpCases } from "./cases/given-up.js";
import { statusCases } from "./cases/status.js";
import type { FaultCase } from "./support/fault-case.js";
import { watchHandles } from "./support/open-handles.js";
import { performCase } from "./support/perform.js";
import type { AnyResult, Effect } from "./support/perform.js";

const groups: Readonly<Record<string, readonly FaultCase[]>> = {
  "making the connection": connectionCases,
  "an answer that is cut off": cutOffCases,
  "HTTP that is slow, unusual or none": framingCases,
  "every kind of status": statusCases,
  "every kind of body": bodyCases,
  "signers, deadlines and callers": givenUpCases,
};
const cases = Object.values(groups).flat();

it("has hundreds of cases, all distinct", () => {
  const distinct = new Set(cases.map(({ name }) => name));
  expect(distinct.size).toBe(cases.length);
  const servers = cases.filter(({ signer }) => signer === undefined);
  const facts = servers.map((faultCase) =>
    JSON.stringify({ ...faultCase, name: "" }),
  );
  expect(new Set(facts).size).toBe(servers.length);
  expect(cases.length).toBeGreaterThan(200);
});

describe.each(Object.entries(groups))("%s", (_group, members) => {
  for (const faultCase of members) {
    for (const effect of ["read", "write"] as const) {
      it(`${faultCase.name} (${effect})`, () => check(faultCase, effect));
    }
  }
});

async function check(faultCase: FaultCase, effect: Effect): Promise<void> {
  const { value, left } = await watchHandles(() =>
    performCase(faultCase, effect),
  );
  const { result, events, requests, listeners, connections } = value;

  const { expected } = faultCase;
  expect(observed(result)).toMatchObject(expected);
  if (!result.ok) expect(result.error.message).toContain(expected.reason ?? "");
  if (!result.ok && result.error.code === "client.invalid_response") {
    expect(result.error.excerpt.length).toBeLessThanOrEqual(1000);
    expect(result.error.status).toBe(result.response?.status);
  }
  expect(result.attempts).toBe(repeats(faultCase, effect) ? 2 : 1);
  expect(requests).toBe(result.attempts * (faultCase.arrives ?? 1));
  expect({ listeners, connections }).toEqual({
    listeners: 0,
    connections: 0,
  });
  expect(left).toEqual([]);
  const everything = [result, ...events, thrownBy(result)].map(shown);
  expect(everything.flatMap(findSecrets)).toEqual([]);
}

function repeats({ repeated }: FaultCase, effect: Effect): boolean {
  return repeated === "always" || repeated === effect;
}

/** The facts of a result that a case states. */
function observed(result: AnyResult) {
  const facts = {
    status: result.response?.status,
    traceId: result.meta?.trace_id,
  };
  if (result.ok) return { code: "ok", ...facts };
  const { error } = result;
  return {
    ...facts,
    code: error.code,
    outcome: "outcome" in error ? error.outcome : undefined,
    reason: "reason" in error ? error.reason : undefined,
    excerpt: "excerpt" in error ? error.excerpt : undefined,
  };
}

function thrownBy(result: AnyResult): unknown {
  try {
    unwrap(result);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(KompliantError);
    return error;
  }
}
