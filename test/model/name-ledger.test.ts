import { describe, expect, it } from "vitest";
import {
  assignNames,
  noPreviousNames,
} from "../../generator/model/name-ledger.js";
import type {
  NameClaim,
  NameLedger,
  PreviousNames,
} from "../../generator/model/name-ledger.js";
import { placeOperations } from "../../generator/model/operation-path.js";

function schema(key: string, wanted: string, content?: string): NameClaim {
  return { key, kind: "plain", wanted, content: () => content };
}

function operation(urlPath: string, wanted: string): NameClaim {
  const key = `#/paths/${urlPath.replaceAll("/", "~1")}/post`;
  return { key, kind: "operation", wanted };
}

function error(key: string, wanted: string): NameClaim {
  return { key: `error ${key}`, kind: "plain", wanted };
}

/** What a run without a predecessor calls things, for the next run. */
function ledger(
  claims: readonly NameClaim[],
  previous: PreviousNames = noPreviousNames,
  reserved: readonly string[] = [],
): NameLedger {
  return Object.fromEntries(assignNames(claims, reserved, previous));
}

/** What the next run calls things. */
function next(
  before: readonly NameClaim[],
  after: readonly NameClaim[],
): NameLedger {
  const contents = new Map(
    before.map(({ key, content }) => [key, content?.()]),
  );
  return ledger(after, {
    names: ledger(before),
    contentOf: (key) => contents.get(key),
  });
}

describe("a name that was given", () => {
  const foo = schema("#/components/schemas/foo_bar", "FooBar");
  const newcomer = schema("#/components/schemas/FooBar", "FooBar");

  it("stays when a new neighbour would have come first", () => {
    // Without a predecessor, the first one gets it.
    expect(ledger([newcomer, foo])).toEqual({
      "#/components/schemas/FooBar": "FooBar",
      "#/components/schemas/foo_bar": "FooBar2",
    });
    expect(next([foo], [newcomer, foo])).toEqual({
      "#/components/schemas/FooBar": "FooBar2",
      "#/components/schemas/foo_bar": "FooBar",
    });
  });

  it("is not taken over in the run in which its element goes", () => {
    expect(next([foo], [newcomer])).toEqual({
      "#/components/schemas/FooBar": "FooBar2",
    });
  });

  it("is free again in the run after", () => {
    const later = next([foo], []);
    expect(later).toEqual({});
    expect(
      ledger([newcomer], { names: later, contentOf: () => undefined }),
    ).toEqual({ "#/components/schemas/FooBar": "FooBar" });
  });

  it("stays when the neighbour that it was numbered for goes", () => {
    expect(next([newcomer, foo], [foo])).toEqual({
      "#/components/schemas/foo_bar": "FooBar2",
    });
  });

  it("stays when an error of another code wants it", () => {
    const old = error("A/Thing/GONE", "ThingGone");
    const prefixed = error("A/Thing/GONE", "AThingGone");
    const other = error("B/Thing/GONE", "BThingGone");
    expect(next([old], [prefixed, other])).toEqual({
      "error A/Thing/GONE": "ThingGone",
      "error B/Thing/GONE": "BThingGone",
    });
  });

  it("gives way to a name that the client exports itself", () => {
    const names = ledger([schema("#/a", "Result")]);
    expect(
      ledger([schema("#/a", "Result")], { names, contentOf: () => undefined }, [
        "Result",
      ]),
    ).toEqual({ "#/a": "Result2" });
  });

  it("that is no identifier, or somebody else's, counts for nothing", () => {
    const previous = {
      names: { "#/a": "x;y", "#/b": "Same", "#/c": "Same" },
      contentOf: () => undefined,
    };
    expect(
      ledger(
        [schema("#/a", "A"), schema("#/b", "B"), schema("#/c", "C")],
        previous,
      ),
    ).toEqual({ "#/a": "A", "#/b": "Same", "#/c": "C" });
  });
});

describe("an element that only moved", () => {
  it("keeps its name when its file or place has another name", () => {
    const before = [
      schema("a.yaml#/Item", "Item", "first"),
      schema("b.yaml#/Item", "Item", "second"),
    ];
    const after = [
      schema("c.yaml#/Item", "Item", "second"),
      schema("d.yaml#/Item", "Item", "first"),
    ];
    expect(next(before, after)).toEqual({
      "c.yaml#/Item": "Item2",
      "d.yaml#/Item": "Item",
    });
  });

  it("keeps its name when it is called the same and changed too", () => {
    expect(
      next(
        [schema("a.yaml#/Item", "Item", "first")],
        [schema("#/components/schemas/Item", "Item", "changed")],
      ),
    ).toEqual({ "#/components/schemas/Item": "Item" });
  });

  it("keeps its name when it is called something else now", () => {
    expect(
      next([schema("#/Old", "Old", "same")], [schema("#/New", "New", "same")]),
    ).toEqual({ "#/New": "Old" });
  });

  it("gets a new name when it cannot be told from another", () => {
    const before = [schema("#/A", "A", "same"), schema("#/B", "B", "same")];
    expect(next(before, [schema("#/C", "C", "same")])).toEqual({ "#/C": "C" });
    expect(next([schema("#/A", "A")], [schema("#/C", "C")])).toEqual({
      "#/C": "C",
    });
  });

  it("is an operation with the same name at another address", () => {
    const before = [operation("/v1/a", "aGet"), operation("/v1/A", "aGet")];
    const ledgerBefore = ledger(before);
    expect(Object.values(ledgerBefore)).toEqual(["aGet", "aGet2"]);
    expect(
      next([operation("/v1/a", "aGet")], [operation("/v2/a", "aGet")]),
    ).toEqual({
      "#/paths/~1v2~1a/post": "aGet",
    });
    expect(
      next(
        [operation("/v1/x", "getV1"), operation("/v1/y", "getV2")],
        [operation("/v2/x", "getV1"), operation("/v2/y", "getV2")],
      ),
    ).toEqual({
      "#/paths/~1v2~1x/post": "getV1",
      "#/paths/~1v2~1y/post": "getV2",
    });
  });
});

describe("an operation", () => {
  it("is another one when it has another name at the same address", () => {
    expect(
      next([operation("/a", "aGet")], [operation("/a", "aFetch")]),
    ).toEqual({ "#/paths/~1a/post": "aFetch" });
  });

  it("gets one number for all of its names", () => {
    const names = ledger([
      operation("/a", "aGet"),
      operation("/b", "aGet"),
      schema("#/AGetInput", "AGetInput"),
      schema("#/AGet2Error", "AGet2Error"),
    ]);
    expect(names).toEqual({
      "#/paths/~1a/post": "aGet",
      "#/paths/~1b/post": "aGet2",
      "#/AGetInput": "AGetInput2",
      "#/AGet2Error": "AGet2Error2",
    });
  });

  it("stays where it stands in the namespaces", () => {
    const old = { name: "foo.barbaz", tag: undefined };
    const newcomer = { name: "foo.barBaz", tag: undefined };
    expect(placeOperations([newcomer, old])).toEqual([
      ["foo", "barBaz"],
      ["foo", "barbaz2"],
    ]);
    expect(
      placeOperations(
        [newcomer, { ...old, former: "foo.barbaz" }],
        ["foo.barbaz"],
      ),
    ).toEqual([
      ["foo", "barBaz2"],
      ["foo", "barbaz"],
    ]);
  });

  it("does not get the place of one that is gone", () => {
    expect(
      placeOperations([{ name: "foo.barBaz", tag: undefined }], ["foo.barBaz"]),
    ).toEqual([["foo", "barBaz2"]]);
  });
});
