import { describe, expect, it, vi } from "vitest";
import { createClient, detectDrift, propay } from "../../generated/index.js";
import type { Drift } from "../../generated/index.js";
import { driftHook } from "../../templates/runtime/drift.js";
import type { KnownValues } from "../../templates/runtime/drift.js";
import type { Result } from "../../templates/runtime/result.js";

/** What the shipped client's hook reports of one answer of `propay.execute`. */
async function driftsIn(answer: object): Promise<Drift[]> {
  const drifts: Drift[] = [];
  const client = createClient({
    signer: () => ({ "x-api-key": "sb_1" }),
    fetch: () => Promise.resolve(Response.json(answer)),
    onResult: detectDrift((drift) => drifts.push(drift)),
    retry: false,
  });
  await propay.execute(client, { propay_id: "ape_1" });
  return drifts;
}

const meta = { status: "SUCCESS", trace_id: "trc_1" };
const operation = "propay.execute";
const traceId = "trc_1";

describe("detectDrift", () => {
  it("reports a value that an enum does not list, and where it stood", async () => {
    const queued_operations = ["ONBOARDING", "TELEPORT"];
    const data = { propay: { propay_id: "ape_1", queued_operations } };
    expect(await driftsIn({ meta, data })).toStrictEqual([
      {
        operation,
        traceId,
        path: "data.propay.queued_operations[1]",
        value: "TELEPORT",
      },
    ]);
  });

  it("reports an error that the operation does not document", async () => {
    const known = { code: "ENTITY_NOT_FOUND", message: "None." };
    const news = { code: "MOON_IN_WRONG_PHASE", message: "Wait." };
    expect(await driftsIn({ meta, errors: [known, news] })).toStrictEqual([
      { operation, traceId, path: "errors[1]", value: news },
    ]);
  });

  it.each<[string, object]>([
    ["known values", { propay: { queued_operations: ["ONBOARDING"] } }],
    ["no values", { propay: { queued_operations: [] } }],
    ["null", { propay: { queued_operations: null } }],
    ["other types", { propay: { queued_operations: [5, {}, [true]] } }],
    ["new fields", { propay: { sparkle: "YES" }, constructor: "A" }],
  ])("has nothing to say about %s", async (_what, data) => {
    expect(await driftsIn({ meta, data })).toEqual([]);
  });

  it("cannot disturb the call when the report throws", async () => {
    const client = createClient({
      signer: () => ({ "x-api-key": "sb_1" }),
      fetch: () => Promise.resolve(Response.json({ errors: [{ code: "X" }] })),
      onResult: detectDrift(() => {
        throw new Error("the log is full");
      }),
    });
    const result = await propay.execute(client, { propay_id: "ape_1" });
    expect(result).toMatchObject({ error: { code: "undocumented" } });
  });
});

describe("driftHook", () => {
  const known: KnownValues = {
    operations: {
      "tree.get": { root: "Node" },
      "tree.batchAdd": { "*": { data: "Node", errors: { "*": {} } } },
    },
    shapes: { Node: { color: ["RED"], children: { "*": "Node" } } },
  };
  const reported = (name: string, data: unknown) => {
    const report = vi.fn<(drift: Drift) => void>();
    const result: Result<unknown, unknown> = {
      ...{ ok: true, operation: name, attempts: 1, warnings: [], data },
      ...{ requestId: undefined, apiVersion: undefined },
      meta: { status: "SUCCESS" },
      response: { status: 200, headers: new Headers() },
    };
    driftHook(known, report)(result);
    return report.mock.calls.map(([{ path, value }]) => [path, value]);
  };

  it("reports another version than was asked for", () => {
    const report = vi.fn<(drift: Drift) => void>();
    driftHook(
      known,
      report,
    )({
      ...{
        ok: true,
        operation: "tree.get",
        attempts: 1,
        warnings: [],
        data: 1,
      },
      ...{ requestId: undefined, apiVersion: "2025-03-24" },
      meta: { status: "SUCCESS", version: "2026-01-01" },
      response: { status: 200, headers: new Headers() },
    });
    expect(report.mock.calls).toMatchObject([
      [{ path: "meta.version", value: "2026-01-01" }],
    ]);
  });

  it("follows shapes that contain themselves", () => {
    const root = { children: [{ children: [{ color: "BLUE" }] }] };
    expect(reported("tree.get", { root })).toEqual([
      ["data.root.children[0].children[0].color", "BLUE"],
    ]);
  });

  it("looks into the data and the errors of every result of a batch", () => {
    const wire = { code: "NEW" };
    const undocumented = { code: "undocumented", wire, message: "" };
    const results = [
      { ok: true, data: { color: "RED" } },
      { ok: true, data: { color: "GREEN" } },
      { ok: false, errors: [{ code: "OLD" }, undocumented] },
    ];
    expect(reported("tree.batchAdd", results)).toEqual([
      ["data[1].data.color", "GREEN"],
      ["data[2].errors[1]", wire],
    ]);
  });

  it("knows nothing of other operations, whatever they are called", () => {
    for (const name of ["tree.list", "constructor", "__proto__"]) {
      expect(reported(name, { root: { color: "BLUE" } })).toEqual([]);
    }
  });
});
