import { textAt } from "../load/spec-document.js";
import type { SpecDocument } from "../load/spec-document.js";
import type {
  ErrorCatalogue,
  ErrorEntry,
  ErrorGroup,
  ErrorView,
} from "./api-model.js";
import type { EntryDraft, ErrorDrafts, GroupDraft } from "./error-collector.js";
import { typeName, valueName } from "./identifier.js";
import type { NameClaim } from "./name-ledger.js";
import { originOf, placeOf } from "./origin.js";

/** What the errors of a description want to be called. */
export function errorClaims(
  document: SpecDocument,
  drafts: ErrorDrafts,
): readonly NameClaim[] {
  const codeCounts = countCodes(drafts.entries);
  return [
    ...drafts.entries.map((draft) => ({
      key: entryKey(draft),
      kind: "plain" as const,
      wanted: entryName(draft, codeCounts),
    })),
    ...drafts.groups.map((draft) => ({
      key: groupKey(document, draft),
      kind: "group" as const,
      wanted: typeName(draft.name),
    })),
    ...draftViews(drafts.entries).map((view) => ({
      key: viewKey(view),
      kind: "plain" as const,
      wanted: viewName(view),
    })),
  ];
}

/** The catalogue, and the names of the groups by place. */
interface NamedErrors {
  readonly catalogue: ErrorCatalogue;
  readonly groupNames: ReadonlyMap<string, string>;
}

/** @param names - identifiers by the keys of the claims */
export function errorCatalogue(
  document: SpecDocument,
  drafts: ErrorDrafts,
  names: ReadonlyMap<string, string>,
): NamedErrors {
  const nameOf = (key: string): string => names.get(key) ?? "";
  const groups = drafts.groups.map((draft) =>
    finishGroup(document, draft, nameOf(groupKey(document, draft))),
  );
  const groupNames = new Map(
    drafts.groups.map(({ place }, index) => [place, groups[index]?.name ?? ""]),
  );
  const sortedGroups = [...groups].sort(byName);
  const groupsOf = groupNamesByEntry(sortedGroups);
  return {
    catalogue: {
      entries: drafts.entries.map((draft) =>
        finishEntry(
          draft,
          nameOf(entryKey(draft)),
          groupsOf.get(draft.key) ?? [],
        ),
      ),
      groups: sortedGroups,
      views: draftViews(drafts.entries)
        .map((view) => ({ name: nameOf(viewKey(view)), ...view }))
        .sort(byName),
    },
    groupNames,
  };
}

function entryKey({ key }: EntryDraft): string {
  return `error ${key}`;
}

function groupKey(document: SpecDocument, { node }: GroupDraft): string {
  return `errors of ${placeOf(document, node)}`;
}

/** How many codes share an entity type and a sub-code. */
type CodeCounts = ReadonlyMap<string, number>;

function countCodes(entries: readonly EntryDraft[]): CodeCounts {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const kind = kindOf(entry);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function kindOf({ entityType, subCode }: EntryDraft): string {
  return JSON.stringify([entityType, subCode]);
}

/** An entry's name never depends on another entry, unless two codes share entity type and sub-code. */
function entryName(draft: EntryDraft, codeCounts: CodeCounts): string {
  const { code, entityType, subCode } = draft;
  if (subCode === undefined) return `${typeName(code)}Error`;
  const isAmbiguous = (codeCounts.get(kindOf(draft)) ?? 0) > 1;
  const prefix = isAmbiguous ? typeName(code) : "";
  return `${prefix}${typeName(entityType ?? "")}${typeName(subCode)}`;
}

function finishEntry(
  draft: EntryDraft,
  name: string,
  groups: readonly string[],
): ErrorEntry {
  return {
    key: draft.key,
    name,
    code: draft.code,
    entityType: draft.entityType,
    subCode: draft.subCode,
    statuses: [...draft.statuses].sort(),
    documentation: draft.documentation,
    operations: [...draft.operations].sort(),
    groups,
    meanings: Object.fromEntries([...draft.meanings].sort()),
    schema: draft.schema,
    origin: draft.origin,
    provenance: draft.provenance,
  };
}

/** Names of the groups that hold an error, by its key and in the order of the groups. */
function groupNamesByEntry(
  groups: readonly ErrorGroup[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, entries } of groups) {
    for (const key of entries) {
      const known = names.get(key);
      if (known) known.push(name);
      else names.set(key, [name]);
    }
  }
  return names;
}

function finishGroup(
  document: SpecDocument,
  { node, entries }: GroupDraft,
  name: string,
): ErrorGroup {
  return {
    name,
    table: `${valueName(name)}Table`,
    description: textAt(node, "description"),
    entries: [...entries].sort(),
    origin: originOf(document, node),
  };
}

type ViewDraft = Omit<ErrorView, "name">;

/** The unions over the violations that have something in common. */
function draftViews(entries: readonly EntryDraft[]): readonly ViewDraft[] {
  const violations = entries.filter(({ subCode }) => subCode !== undefined);
  const view = (
    by: ErrorView["by"],
    valueOf: (entry: EntryDraft) => string | undefined,
  ): readonly ViewDraft[] => {
    const keys = new Map<string, string[]>();
    for (const entry of violations) {
      const value = valueOf(entry) ?? "";
      const known = keys.get(value);
      if (known) known.push(entry.key);
      else keys.set(value, [entry.key]);
    }
    return [...keys]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([value, each]) => ({ by, value, entries: each }));
  };
  return [
    ...view("code", ({ code }) => code),
    ...view("entity_type", ({ entityType }) => entityType),
    ...view("sub_code", ({ subCode }) => subCode),
  ];
}

function viewKey({ by, value }: ViewDraft): string {
  return `${by} ${value}`;
}

function viewName({ by, value }: ViewDraft): string {
  const base = typeName(value);
  return {
    code: `${base}Error`,
    entity_type: `${base}Violation`,
    sub_code: base,
  }[by];
}

function byName(
  left: { readonly name: string },
  right: { readonly name: string },
): number {
  return left.name < right.name ? -1 : 1;
}
