import type { ApiModel, ErrorEntry } from "../model/api-model.js";
import { documentedStatuses, operationsWith } from "./error-docs.js";
import { jsonLiteral, stringLiteral } from "./encoded.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";
import type { Template } from "./templates.js";

/** The error catalogue as data. No other module of the client imports it, so that it costs nothing where it is not used. */
export function emitErrorCatalogue(
  model: ApiModel,
  template: Template,
  imports: ImportStyle,
): SourceFile {
  const descriptions = model.errors.entries.map((entry) => [
    entry.key,
    description(entry, model),
  ]);
  return {
    path: "error-catalogue.ts",
    text: template({
      errors: stringLiteral(imports.specifier("./runtime/errors.js")),
      catalogue: jsonLiteral(Object.fromEntries(descriptions)),
    }),
  };
}

/** In the form of the run-time's `ErrorDescription`. */
function description(entry: ErrorEntry, { operations }: ApiModel): object {
  const { code, entityType, subCode, documentation, meanings } = entry;
  const { description: meaning, url } = documentation;
  return {
    code,
    ...(entityType !== undefined && { entity_type: entityType }),
    ...(subCode !== undefined && { sub_code: subCode }),
    ...(meaning !== undefined && { meaning }),
    ...(Object.keys(meanings).length > 0 && { meanings }),
    statuses: documentedStatuses(entry)
      .filter((status) => /^\d+$/.test(status))
      .map(Number),
    operations: operationsWith(entry, operations),
    ...(url !== undefined && { page: url }),
  };
}
