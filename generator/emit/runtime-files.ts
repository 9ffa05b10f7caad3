import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../package-root.js";
import { fileHeader } from "./file-header.js";
import type { OperationModel } from "../model/api-model.js";
import { isStream, needsEncoding } from "./emit-operation.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";

/**
 * The client's run-time, copied as it is but for the endings of its imports, and
 * without the modules that no operation uses.
 */
export function runtimeFiles(
  operations: readonly OperationModel[],
  imports: ImportStyle,
): readonly SourceFile[] {
  const folder = path.join(packageRoot, "templates", "runtime");
  const unused = unusedModules(operations);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !unused.includes(name))
    .sort()
    .map((name) => ({
      path: `runtime/${name}`,
      isLaidOut: true,
      text: `${fileHeader}\n${withImports(readFileSync(path.join(folder, name), "utf8"), imports)}`,
    }));
}

function unusedModules(
  operations: readonly OperationModel[],
): readonly string[] {
  const places = new Set(operations.map(({ output }) => output.place));
  const streams = [...places].some(isStream);
  const usesParameters = operations.some(({ input }) => needsEncoding(input));
  return [
    ...(places.has("results") ? [] : ["batch.ts"]),
    ...(places.has("body") || streams ? [] : ["decode-body.ts"]),
    ...(streams ? [] : ["parse-stream.ts", "stream.ts"]),
    ...(usesParameters ? [] : ["encode-body.ts", "parameters.ts", "query.ts"]),
  ];
}

function withImports(text: string, imports: ImportStyle): string {
  return text.replace(
    /^((?:import|export|\}) .*from ")(\.\/[\w-]+\.js)";$/gm,
    (_, start: string, specifier: string) =>
      `${start}${imports.specifier(specifier)}";`,
  );
}
