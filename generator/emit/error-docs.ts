import type {
  ApiModel,
  ErrorEntry,
  ErrorView,
  OperationModel,
} from "../model/api-model.js";
import type { DocComment } from "./encoded.js";
import { entriesOfKeys } from "./emit-errors.js";

/** What stands above an error: its meaning, and where it is documented. */
export function entryDoc(entry: ErrorEntry, model: ApiModel): DocComment {
  const { description, url, deprecated } = entry.documentation;
  return {
    text: [description, whereDocumented([entry], model)],
    see: url,
    deprecated,
  };
}

/** What stands above a union of errors that have something in common. */
export function viewDoc(view: ErrorView, model: ApiModel): DocComment {
  const subject = {
    code: "Every documented error with code",
    entity_type: "Every documented violation of entity type",
    sub_code: "Every documented violation with sub-code",
  }[view.by];
  const entries = entriesOfKeys(view.entries, model.errors);
  const pages = new Set(entries.map(({ documentation }) => documentation.url));
  const [only, ...more] = entries;
  const meaning =
    only && more.length === 0
      ? only.documentation.description
      : entries.map(listed).join("\n");
  return {
    text: [
      `${subject} ${view.value}.`,
      meaning,
      whereDocumented(entries, model),
    ],
    see: pages.size === 1 ? only?.documentation.url : undefined,
  };
}

function listed({ name, documentation }: ErrorEntry): string {
  const { description } = documentation;
  const meaning = description?.replace(/\s+/g, " ");
  return meaning === undefined ? `- ${name}` : `- ${name}: ${meaning}`;
}

/** The names of the operations that can fail with an error, whether they list it or share it. */
function operationsWith(
  entry: ErrorEntry,
  operations: readonly OperationModel[],
): readonly string[] {
  if (entry.groups.length === 0) return entry.operations;
  const sharing = operationsByGroup(operations);
  return [
    ...entry.operations,
    ...entry.groups.flatMap((group) => sharing.get(group) ?? []),
  ];
}

type NamesByGroup = ReadonlyMap<string, readonly string[]>;

const namesByGroup = new WeakMap<readonly OperationModel[], NamesByGroup>();

/** The names of the operations that share each group of errors; looked up for every error, so found out once. */
function operationsByGroup(
  operations: readonly OperationModel[],
): NamesByGroup {
  const known = namesByGroup.get(operations);
  if (known) return known;
  const groups = new Map<string, string[]>();
  for (const { name, errorGroups } of operations) {
    for (const group of errorGroups) {
      const names = groups.get(group);
      if (names) names.push(name);
      else groups.set(group, [name]);
    }
  }
  namesByGroup.set(operations, groups);
  return groups;
}

/** HTTP statuses under which an error is documented. */
export function documentedStatuses(entry: ErrorEntry): readonly string[] {
  return entry.statuses.filter((status) => /^\d/.test(status));
}

/** At most this many operations are listed by name. */
const listedOperations = 6;

function whereDocumented(
  entries: readonly ErrorEntry[],
  { operations }: ApiModel,
): string {
  const statuses = [...new Set(entries.flatMap(documentedStatuses))].sort();
  const http =
    statuses.length === 0
      ? "HTTP status not documented."
      : `HTTP ${statuses.join(" or ")}.`;
  const names = [
    ...new Set(entries.flatMap((entry) => operationsWith(entry, operations))),
  ].sort();
  const some = names.slice(0, listedOperations).join(", ");
  // How many others there are would change with every new operation.
  const more = names.length > listedOperations ? " and others" : "";
  if (names.length === 0) return http;
  return names.length === operations.length
    ? `${http} Any operation can fail with it.`
    : `${http} Documented for ${some}${more}.`;
}
