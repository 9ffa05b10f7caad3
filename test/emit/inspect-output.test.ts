import { describe, expect, it } from "vitest";
import { inspectOutput } from "../../generator/emit/inspect-output.js";

const inspect = (text: string): void => {
  inspectOutput([{ path: "operations/a.ts", text }]);
};

describe("the gate before writing", () => {
  it("passes imports, exports, types, literal constants and forwarding functions", () => {
    expect(() => {
      inspect(`
        import { a, call } from "./call.js";
        export * as a from "./a.js";
        export interface A { b: string }
        export type C = A | "x";
        const operation: A = { name: "a", list: [1, true, null], other: a };
        const encoding: A = { encode: (path, input) => a(path, input, [{ name: "id" }]) };
        export function f(client: A): C { return call(client, operation); }
      `);
    }).not.toThrow();
  });

  it.each([
    ["a call at the top", "steal();"],
    ["a call in a constant", "const a = { b: steal() };"],
    ["a template literal", "const a = `${steal()}`;"],
    ["a getter", "const a = { get b() { return steal(); } };"],
    ["a spread", "const a = { ...steal };"],
    [
      "a second statement in a function",
      "function f() { steal(); return call(); }",
    ],
    ["a nested call", "function f() { return call(steal()); }"],
    ["a nested call in an arrow", "const a = { b: (c) => a(steal()) };"],
    ["a block in an arrow", "const a = { b: () => { steal(); } };"],
    ["a default in an arrow", "const a = { b: (c = steal()) => a(c) };"],
    ["a call that runs at once", "const a = (() => a())();"],
    ["a class", "class A { static b = steal(); }"],
    ["a block", "{ steal(); }"],
    ["a name from nowhere", "const a = { b: process };"],
    ["a type from nowhere", "export type A = NodeJS.Process | Window;"],
    ["a module from elsewhere", 'import fs from "node:fs";'],
    ["a re-export from elsewhere", 'export * from "evil";'],
    ["a side-effect import from elsewhere", 'import "evil";'],
    ["a computed name", "const a = { [steal()]: 1 };"],
    ["a default that is code", "function f(a = steal()) { return f(a); }"],
    ["a directive to the compiler", "// @ts-ignore\nexport type A = 1;"],
    ["a reference directive", '/// <reference path="evil" />'],
    ["a character that hides", "export type A = '\u202e';"],
    ["text that does not parse", "const a = ;"],
  ])("stops %s", (_, text) => {
    expect(() => {
      inspect(text);
    }).toThrow(/operations\/a\.ts/);
  });
});
