import type { SchemaModel } from "../model/api-model.js";
import { fileHeader } from "./file-header.js";
import type { ImportStyle } from "./import-style.js";
import type { SchemaTypes } from "./schema-types.js";
import type { SourceFile } from "./source-file.js";
import { typeImports } from "./type-imports.js";

/** Declares the named schemas of the description, in one file because they refer to each other freely. */
export function emitSchemas(
  schemas: readonly SchemaModel[],
  types: SchemaTypes,
  imports: ImportStyle,
): SourceFile {
  const declarations = schemas.map(({ name, schema }) =>
    types.declare(name, schema),
  );
  const local = new Set(schemas.map(({ name }) => name));
  const uses = declarations
    .flatMap((declaration) => declaration.uses)
    .filter((name) => !local.has(name));
  const importLines = typeImports(uses, ".").map(
    ({ names, from }) =>
      `import type { ${names.join(", ")} } from "${imports.specifier(from)}";`,
  );
  const parts = [
    fileHeader.trimEnd(),
    ...(importLines.length > 0 ? [importLines.join("\n")] : []),
    ...declarations.map(({ code }) => code.toString()),
    ...(declarations.length === 0 ? ["export {};"] : []),
  ];
  return { path: "schemas.ts", text: `${parts.join("\n\n")}\n` };
}
