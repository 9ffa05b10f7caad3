import type { Schema, SchemaModel, WebhookModel } from "../model/api-model.js";
import { fileHeader } from "./file-header.js";
import type { ImportStyle } from "./import-style.js";
import type { SchemaTypes, TypeDeclaration } from "./schema-types.js";
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
  return declarationModule("schemas.ts", declarations, local, imports);
}

/** Declares what webhook events bring, by their name. */
export function emitWebhooks(
  webhooks: readonly WebhookModel[],
  types: SchemaTypes,
  imports: ImportStyle,
): SourceFile {
  const bodies = types.declare(
    "WebhookBodies",
    byName(webhooks, ({ body }) => body),
    { doc: "The JSON body of each webhook event, as it is delivered." },
  );
  const payloads = types.declare(
    "WebhookPayloads",
    byName(webhooks, ({ payload }) => payload),
    { doc: "What `data` of each webhook event holds once it is decoded." },
  );
  const declarations = [bodies, payloads];
  return declarationModule("webhooks.ts", declarations, new Set(), imports);
}

/** An object schema with a required property for each event. */
function byName(
  webhooks: readonly WebhookModel[],
  schemaOf: (webhook: WebhookModel) => Schema | undefined,
): Schema {
  const properties = webhooks.flatMap((webhook) => {
    const schema = schemaOf(webhook);
    if (schema === undefined) return [];
    const { summary, description } = webhook.documentation;
    const text = description ?? summary;
    const documented = { allOf: [schema], description: text };
    return [[webhook.name, documented] as const];
  });
  return {
    type: "object",
    required: properties.map(([name]) => name),
    properties: Object.fromEntries(properties),
  };
}

function declarationModule(
  path: string,
  declarations: readonly TypeDeclaration[],
  local: ReadonlySet<string>,
  imports: ImportStyle,
): SourceFile {
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
  return { path, text: `${parts.join("\n\n")}\n` };
}
