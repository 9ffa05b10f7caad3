import { describe, expect, it } from "vitest";
import { inspectOutput } from "../../generator/emit/inspect-output.js";
import type { Vocabulary } from "../../generator/emit/vocabulary.js";

const vocabulary: Vocabulary = {
  isKnown: (name) => !name.startsWith("evil"),
  mayDeclare: (_, name) => !name.startsWith("evil"),
};

const inspect = (text: string): void => {
  inspectOutput(
    [
      { path: "operations/a.ts", text },
      { path: "call.ts", text: "" },
      { path: "runtime/a.ts", text: "" },
    ],
    vocabulary,
  );
};

describe("the gate before writing", () => {
  it("passes imports, exports, types, literal constants and forwarding functions", () => {
    expect(() => {
      inspect(`
        import { a, call } from "../call.js";
        export * as a from "../runtime/a.js";
        export interface A { b: string; readonly [key: string]: unknown }
        export type C = A | "x" | -1;
        const operation: A = { name: "a", list: [1, true, null], other: a };
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
    ["a type of another module", 'export type A = import("../call.js").A;'],
    ["a type of a value", "export type A = typeof a; const a = 1;"],
    ["a type that checks nothing", "export type A = any;"],
    ["a conditional type", "export type A = B extends C ? 1 : 2;"],
    ["a template literal type", "export type A = `a${string}`;"],
    ["a method", "export interface A { b(): void }"],
    ["an enum", "export enum A { b }"],
    ["a namespace", "namespace A {}"],
    ["a module below the client", 'export * from "../../call.js";'],
    ["a module that is not there", 'export * from "../other.js";'],
    ["a side-effect import of a module", 'import "../call.js";'],
    ["a regular expression", "const a = /a/;"],
    ["a bigint", "const a = 1n;"],
    ["a word from nowhere", "export interface A { evil: string }"],
    ["a declaration that nobody asked for", "export type evil = 1;"],
    [
      "a declaration that stands there already",
      "export type A = 1; export type A = 2;",
    ],
    ["a pragma", "/** @jsx evil */\nexport type A = 1;"],
    ["a source map", "export type A = 1;\n//# sourceMappingURL=x"],
    ["a source map in a string", 'export type A = "//# sourceMappingURL=x";'],
    [
      "a mark that lets bundlers drop calls",
      "/** @__NO_SIDE_EFFECTS__ */\nexport function f(a: A) { return call(a); }",
    ],
    ["a comment that minifiers keep", "/** @preserve */\nexport type A = 1;"],
    ["a shebang", "#!/bin/sh\nexport type A = 1;"],
    ["a character that hides", "export type A = '\u202e';"],
    ["text that does not parse", "const a = ;"],
  ])("stops %s", (_, text) => {
    expect(() => {
      inspect(text);
    }).toThrow(/operations\/a\.ts/);
  });
});
