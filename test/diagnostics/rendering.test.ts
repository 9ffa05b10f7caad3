import { afterEach, describe, expect, it, vi } from "vitest";
import { codeFrame } from "../../generator/diagnostics/code-frame.js";
import { diagnostic } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { nearest } from "../../generator/diagnostics/nearest.js";
import { renderDiagnostics } from "../../generator/diagnostics/render-diagnostics.js";
import { printedText } from "../../generator/printing/line.js";
import { wantsColor } from "../../generator/printing/wants-color.js";

function rendered(diagnostics: readonly Diagnostic[], color: boolean): string {
  return printedText(renderDiagnostics(diagnostics, "/"), color);
}

describe("a code frame", () => {
  const at = (
    lines: readonly string[],
    line: number,
    column: number,
    endColumn = column + 1,
  ): string => codeFrame(lines, { line, column, endLine: line, endColumn });

  it("shows two lines before and behind, and marks the place", () => {
    const lines = ["a:", "  b:", "    c: one", "    d: two", "e: three", "f"];
    expect(at(lines, 3, 8, 11)).toBe(
      [
        "  1 | a:",
        "  2 |   b:",
        "> 3 |     c: one",
        "    |        ^^^",
        "  4 |     d: two",
        "  5 | e: three",
      ].join("\n"),
    );
  });

  it("shows the part around the place of a line that is megabytes long", () => {
    const line = `${"x".repeat(500_000)}HERE${"y".repeat(500_000)}`;
    const [shown = "", marks = ""] = at([line], 1, 500_001, 500_005).split(
      "\n",
    );
    expect(shown.length).toBeLessThan(120);
    expect(shown.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe(
      "HERE",
    );
  });

  it("marks what it shows when characters before it are escaped", () => {
    const [shown = "", marks = ""] = at(["\u0007\u202ebad"], 1, 3, 6).split(
      "\n",
    );
    expect(shown).toContain(String.raw`\u0007\u202ebad`);
    expect(shown.slice(marks.indexOf("^"))).toBe("bad");
  });

  it("copes with places that a file does not have", () => {
    expect(at([], 1, 1)).toBe("");
    expect(at(["a"], 1, 9)).toContain("> 1 | a");
  });
});

describe("a suggestion", () => {
  it.for([
    ["Petlist", ["PetList", "Pet"], "PetList"],
    ["respnoses", ["responses", "requestBody"], "responses"],
    ["int", ["object", "integer"], "integer"],
    ["pet_id", ["petId"], "petId"],
    ["colour", ["weight"], undefined],
    ["a", ["b", "c"], undefined],
  ] as const)("for %s is the nearest name", ([name, names, meant]) => {
    expect(nearest(name, names)).toBe(meant);
  });
});

describe("many diagnostics", () => {
  it("of one kind are shown up to ten, and counted", () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      diagnostic("spec-enum", `number ${index}`),
    );
    const text = rendered(many, false);
    expect(text.match(/warning spec-enum/g)).toHaveLength(10);
    expect(text).toContain("15 of spec-enum more; --json lists all");
  });
});

describe("color", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.for([
    [{}, true, true],
    [{}, false, false],
    [{ CI: "true" }, undefined, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
    [{ TERM: "dumb" }, true, false],
  ] as const)("with %o on a terminal (%s): %s", ([given, isTTY, colored]) => {
    for (const name of ["CI", "NO_COLOR", "FORCE_COLOR", "TERM"]) {
      const value = (given as Readonly<Record<string, string>>)[name];
      vi.stubEnv(name, value);
    }
    expect(wantsColor({ isTTY })).toBe(colored);
  });

  it("changes nothing but the colors", () => {
    const one = diagnostic("spec-tab", "a tab", {
      location: { file: "/a.yaml", line: 1, column: 1 },
      frame: codeFrame(["\tx | ^"], { line: 1, column: 1 }),
    });
    const colored = rendered([one], true);
    expect(colored).toContain("\u001B[31m");
    // eslint-disable-next-line no-control-regex -- colors are control characters
    expect(colored.replace(/\u001B\[\d+m/g, "")).toBe(rendered([one], false));
  });
});
