import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch } from "../../templates/runtime/batch.js";
import type { BatchResult } from "../../templates/runtime/batch.js";
import type { AnyError } from "../../templates/runtime/errors.js";
import type { Operation } from "../../templates/runtime/types.js";

const operation: Operation = {
  name: "sample.batchAdd",
  method: "POST",
  path: "/sample.batchAdd",
  effect: "write",
  decode: decodeBatch,
  errors: ["ENTITY_NOT_FOUND", "SYSTEM_RULE_VIOLATION/Sample/IS_LOCKED"],
};

type Item = BatchResult<unknown, AnyError>;

function itemsOf(results: unknown): readonly Item[] {
  const envelope = { meta: { status: "SUCCESS" }, results };
  const body = new TextEncoder().encode(JSON.stringify(envelope));
  const decoded = decodeBatch(operation, { status: 200, type: "", body });
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.data as readonly Item[];
}

describe("the answer of a batch", () => {
  it("says of each item what it brought or why it failed", () => {
    const notFound = { code: "ENTITY_NOT_FOUND", message: "no such sample" };
    const locked = {
      ...{ code: "SYSTEM_RULE_VIOLATION", entity_type: "Sample" },
      ...{ sub_code: "IS_LOCKED", message: "it is locked" },
    };
    expect(
      itemsOf([
        { request: { id: 1 }, data: { id: 1 } },
        { request: { id: 2 }, errors: [notFound, locked] },
      ]),
    ).toEqual([
      { ok: true, data: { id: 1 }, request: { id: 1 } },
      {
        ok: false,
        error: notFound,
        errors: [notFound, locked],
        request: { id: 2 },
      },
    ]);
  });

  it.each([
    { request: 2, errors: [] },
    { request: 2 },
    { request: 2, errors: "none" },
    {},
    null,
    "odd",
    [],
  ])("keeps its other items beside one that says neither: %o", (odd) => {
    const items = itemsOf([{ request: 1, data: "done" }, odd]);
    expect(items).toMatchObject([
      { ok: true, data: "done", request: 1 },
      {
        ok: false,
        error: { code: "undocumented", message: "", status: 200, wire: odd },
      },
    ]);
  });

  it("has an item for each result, whatever they are", () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const result = fc.oneof(
      json,
      fc.record({ request: json, data: json, errors: json }),
    );
    fc.assert(
      fc.property(fc.array(result), (results) => {
        const items = itemsOf(results);
        expect(items.length).toBe(results.length);
        for (const item of items) {
          if (!item.ok) expect(item.error).toBe(item.errors[0]);
        }
      }),
    );
  });
});
