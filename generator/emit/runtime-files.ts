import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../package-root.js";
import { fileHeader } from "./file-header.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";

/** The client's run-time, copied as it is but for the endings of its imports. */
export function runtimeFiles(imports: ImportStyle): readonly SourceFile[] {
  const folder = path.join(packageRoot, "templates", "runtime");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => ({
      path: `runtime/${name}`,
      text: `${fileHeader}\n${withImports(readFileSync(path.join(folder, name), "utf8"), imports)}`,
    }));
}

function withImports(text: string, imports: ImportStyle): string {
  return text.replace(
    /^((?:import|export|\}) .*from ")(\.\/[\w-]+\.js)";$/gm,
    (_, start: string, specifier: string) =>
      `${start}${imports.specifier(specifier)}";`,
  );
}
