import type { ApiModel, ErrorEntry, ErrorGroup } from "../model/api-model.js";
import { valueName } from "../model/identifier.js";
import { documentedStatuses } from "./error-docs.js";
import {
  identifier,
  jsonLiteral,
  propertyKey,
  stringLiteral,
} from "./encoded.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";
import type { Template } from "./templates.js";

/** The error catalogue as data. No other module of the client imports it, so that it costs nothing where it is not used. */
export function emitErrorCatalogue(
  { errors, operations }: ApiModel,
  template: Template,
  imports: ImportStyle,
): SourceFile {
  const text = template({
    errors: stringLiteral(imports.specifier("./runtime/errors.js")),
    groups: errors.groups.map((group) => ({
      name: identifier(operationsConstant(group.name)),
      operations: jsonLiteral(operationsOf(group, operations)),
    })),
    entries: errors.entries.map((entry) => ({
      key: propertyKey(entry.key),
      fields: Object.entries(description(entry)).map(([name, value]) => ({
        name: propertyKey(name),
        value: jsonLiteral(value),
      })),
      groups: entry.groups.map((group) =>
        identifier(operationsConstant(group)),
      ),
    })),
  });
  return { path: "error-catalogue.ts", text };
}

/** Name of the constant with the operations that share a group of errors. */
export function operationsConstant(group: string): string {
  return `${valueName(group)}Operations`;
}

function operationsOf(
  { name }: ErrorGroup,
  operations: ApiModel["operations"],
): readonly string[] {
  return operations
    .filter(({ errorGroups }) => errorGroups.includes(name))
    .map((operation) => operation.name);
}

/** In the form of the run-time's `ErrorDescription`, without what groups say. */
function description(entry: ErrorEntry): Readonly<Record<string, unknown>> {
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
    ...(url !== undefined && { page: url }),
    operations: entry.operations,
  };
}
