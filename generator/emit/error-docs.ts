import type {
  ApiModel,
  ErrorCatalogue,
  ErrorEntry,
  ErrorView,
  OperationModel,
} from "../model/api-model.js";
import type { DocComment } from "./encoded.js";
import { entriesOfKeys } from "./emit-errors.js";
import { errorPlaces } from "./error-places.js";
import { ownMember } from "../own-member.js";

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
  return listItem(name, documentation.description);
}

function listItem(name: string, meaning: string | undefined): string {
  const line = meaning?.replace(/\s+/g, " ").trim();
  return line === undefined || line === "" ? `- ${name}` : `- ${name}: ${line}`;
}

/** The errors of an operation as a list, with what each means for it; undefined when it documents none. */
export function errorList(
  operation: OperationModel,
  errors: ErrorCatalogue,
): string | undefined {
  const { name, unreadCodes } = operation;
  const groups = errors.groups.filter((group) =>
    operation.errorGroups.includes(group.name),
  );
  const isUnread = ({ code }: ErrorEntry): boolean =>
    unreadCodes.includes(code);
  const ownEntries = entriesOfKeys(operation.errors, errors).filter(
    (entry) => entry.operations.includes(name) || !isUnread(entry),
  );
  const shared = groups.flatMap((group) => {
    const keys = entriesOfKeys(group.entries, errors)
      .filter((entry) => !isUnread(entry))
      .map(({ key }) => key);
    return keys.length === 0 ? [] : [listItem(group.name, keys.join(", "))];
  });
  const lines = [
    ...ownEntries.map(({ key, meanings, documentation }) =>
      listItem(key, ownMember(meanings, name) ?? documentation.description),
    ),
    ...unreadCodes.map((code) =>
      listItem(
        code,
        "any known one; the page of this operation could not be read in full.",
      ),
    ),
    ...shared,
  ];
  return lines.length === 0 ? undefined : `Errors:\n${lines.join("\n")}`;
}

/** HTTP statuses under which an error is documented. */
export function documentedStatuses(entry: ErrorEntry): readonly string[] {
  return entry.statuses.filter((status) => /^\d/.test(status));
}

/** At most this many operations are listed by name. */
const listedOperations = 12;

function whereDocumented(
  entries: readonly ErrorEntry[],
  { operations }: ApiModel,
): string {
  const statuses = [...new Set(entries.flatMap(documentedStatuses))].sort();
  const http =
    statuses.length === 0
      ? "HTTP status not documented."
      : `HTTP ${statuses.join(" or ")}.`;
  const places = entries.map((entry) => errorPlaces(entry, operations));
  const names = [
    ...new Set(places.flatMap(({ documentedFor }) => documentedFor)),
  ].sort();
  if (names.length === operations.length && names.length > 0)
    return `${http} Any operation can fail with it.`;
  const isStandIn = places.some(({ standsInFor }) => standsInFor.length > 0);
  return [
    http,
    ...(names.length > 0 ? [`Documented for ${listOf(names)}.`] : []),
    ...(isStandIn
      ? ["Possible for any operation whose page could not be read in full."]
      : []),
  ].join(" ");
}

function listOf(names: readonly string[]): string {
  const some = names.slice(0, listedOperations).join(", ");
  // How many others there are would change with every new operation.
  return names.length > listedOperations ? `${some} and others` : some;
}
