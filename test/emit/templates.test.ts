import { describe, expect, it } from "vitest";
import { stringLiteral } from "../../generator/emit/encoded.js";
import { compileTemplate } from "../../generator/emit/templates.js";

describe("a template", () => {
  it("prints what an encoder made, unchanged", () => {
    const template = compileTemplate("const a = {{value}};");
    expect(template({ value: stringLiteral('<&"') })).toBe(
      'const a = "<&\\"";',
    );
  });

  it("throws on a raw string", () => {
    const template = compileTemplate("const a = {{value}};");
    expect(() => template({ value: "1" })).toThrow(/no encoder made/);
  });

  it("throws on anything that only looks encoded", () => {
    const template = compileTemplate("const a = {{value}};");
    const lookalike = { toHTML: () => "1", toString: () => "1" };
    expect(() => template({ value: lookalike })).toThrow(/no encoder made/);
  });

  it("throws on a raw string in a loop and in a condition", () => {
    const loop = compileTemplate("{{#each values}}{{this}}{{/each}}");
    expect(() => loop({ values: ["raw"] })).toThrow(/no encoder made/);
    const condition = compileTemplate("{{#if on}}{{value}}{{/if}}");
    expect(() => condition({ on: true, value: 1 })).toThrow(/no encoder made/);
  });

  it("throws on a value that is missing", () => {
    expect(() => compileTemplate("{{missing}}")({})).toThrow(/no encoder made/);
  });

  it("does not compile with a way around the check", () => {
    expect(() => compileTemplate("{{{value}}}")).toThrow(TypeError);
    expect(() => compileTemplate("{{&value}}")).toThrow(TypeError);
    expect(() => compileTemplate("{{lookup a b}}")).toThrow(TypeError);
  });

  it("knows no helper but the block helpers", () => {
    const template = compileTemplate("{{#with a}}{{b}}{{/with}}");
    expect(() => template({ a: { b: "raw" } })).toThrow();
  });
});
