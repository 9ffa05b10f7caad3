import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../templates/runtime");

/** The modules of the run-time that each of them imports, types included. */
const imports = new Map(
  readdirSync(folder).map((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    const found = [...text.matchAll(/from "\.\/([\w-]+)\.js"/g)];
    return [file, found.map(([, name = ""]) => `${name}.ts`)] as const;
  }),
);

/** Modules that can be left out because they import nothing but what was left out. */
function withoutImports(left: readonly string[]): readonly string[] {
  const rest = left.filter((file) =>
    imports.get(file)?.some((name) => left.includes(name)),
  );
  return rest.length === left.length ? rest : withoutImports(rest);
}

it("the modules of the run-time import each other in no circle", () => {
  expect(imports.size).toBeGreaterThan(15);
  expect(imports.get("call.ts")).toContain("retry.ts");
  expect(withoutImports([...imports.keys()])).toEqual([]);
});
