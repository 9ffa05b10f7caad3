import type { ApiModel, ErrorEntry, ErrorGroup } from "../model/api-model.js";
import { valueName } from "../model/identifier.js";
import { documentedStatuses } from "./error-docs.js";
import { groupPlaces, ungroupedStandIns } from "./error-places.js";
import type { ErrorPlaces } from "./error-places.js";
import {
  identifier,
  jsonLiteral,
  literalKey,
  stringLiteral,
} from "./encoded.js";
import type { Encoded } from "./encoded.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";
import type { Template } from "./templates.js";

/** The error catalogue as data. No other module of the client imports it, so that it costs nothing where it is not used. */
export function emitErrorCatalogue(
  model: ApiModel,
  template: Template,
  imports: ImportStyle,
): SourceFile {
  const { errors } = model;
  const groups = errors.groups.flatMap((group) => listsOf(group, model));
  const constantsOf = (
    entry: ErrorEntry,
    list: GroupList["list"],
  ): readonly Encoded[] =>
    groups
      .filter((each) => each.list === list && entry.groups.includes(each.group))
      .map(({ constant }) => identifier(constant));
  const text = template({
    errors: stringLiteral(imports.specifier("./runtime/errors.js")),
    groups: groups.map(({ constant, names }) => ({
      name: identifier(constant),
      operations: jsonLiteral(names),
    })),
    entries: errors.entries.map((entry) => ({
      key: literalKey(entry.key),
      fields: Object.entries(description(entry)).map(([name, value]) => ({
        name: literalKey(name),
        value: jsonLiteral(value),
      })),
      sharedBy: constantsOf(entry, "documentedFor"),
      standsInFor: [
        ...constantsOf(entry, "standsInFor"),
        ...ungrouped(entry, model),
      ],
    })),
  });
  return { path: "error-catalogue.ts", text };
}

/** The operations for which an error stands in without a group; no list when there are none. */
function ungrouped(entry: ErrorEntry, model: ApiModel): readonly Encoded[] {
  const names = ungroupedStandIns(entry, model.operations);
  return names.length === 0 ? [] : [jsonLiteral(names)];
}

/** The operations that list a group of errors for one reason, as a constant of the module. */
interface GroupList {
  readonly group: string;
  readonly list: keyof ErrorPlaces;
  readonly constant: string;
  readonly names: readonly string[];
}

function listsOf(group: ErrorGroup, model: ApiModel): readonly GroupList[] {
  const places = groupPlaces(group, model);
  return (["documentedFor", "standsInFor"] as const)
    .map((list) => ({
      group: group.name,
      list,
      constant: operationsConstants(group.name)[list],
      names: places[list],
    }))
    .filter(({ names }) => names.length > 0);
}

/** Names of the constants with the operations that list a group of errors. */
export function operationsConstants(
  group: string,
): Readonly<Record<keyof ErrorPlaces, string>> {
  const base = valueName(group);
  return {
    documentedFor: `${base}Operations`,
    standsInFor: `${base}StandsInFor`,
  };
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
