import type {
  ApiModel,
  ErrorEntry,
  ErrorGroup,
  OperationModel,
} from "../model/api-model.js";

/** The operations that can fail with an error, by how the description says so. */
export interface ErrorPlaces {
  /** Those that document it, themselves or through a response or union that they share. */
  readonly documentedFor: readonly string[];
  /** Those that list it in place of rows that could not be read. */
  readonly standsInFor: readonly string[];
}

/** Where an error is documented, and where it stands in; both sorted by name. */
export function errorPlaces(
  entry: ErrorEntry,
  operations: readonly OperationModel[],
): ErrorPlaces {
  const index = indexOf(operations);
  const own = new Set(entry.operations);
  const shared = entry.groups.flatMap(
    (group) => index.byGroup.get(group) ?? [],
  );
  const isUnread = ({ unreadCodes }: OperationModel): boolean =>
    unreadCodes.includes(entry.code);
  const documented = shared.filter((operation) => !isUnread(operation));
  const names = new Set([...own, ...documented.map(({ name }) => name)]);
  return {
    documentedFor: [...names].sort(),
    standsInFor: [
      ...new Set([
        ...shared.filter(isUnread).map(({ name }) => name),
        ...ungroupedStandIns(entry, operations),
      ]),
    ]
      .filter((name) => !names.has(name))
      .sort(),
  };
}

/** The operations that list an error by itself in place of rows that could not be read, sorted by name. */
export function ungroupedStandIns(
  entry: ErrorEntry,
  operations: readonly OperationModel[],
): readonly string[] {
  const own = new Set(entry.operations);
  return (indexOf(operations).byKey.get(entry.key) ?? [])
    .map(({ name }) => name)
    .filter((name) => !own.has(name))
    .sort();
}

/** Where a group of errors is documented, and where it stands in; both sorted by name. */
export function groupPlaces(
  { name, entries }: ErrorGroup,
  { operations, errors }: ApiModel,
): ErrorPlaces {
  const codes = new Set(
    errors.entries
      .filter(({ key }) => entries.includes(key))
      .map(({ code }) => code),
  );
  const sharing = indexOf(operations).byGroup.get(name) ?? [];
  const namesOf = (isUnread: boolean): readonly string[] =>
    sharing
      .filter(
        ({ unreadCodes }) =>
          unreadCodes.some((code) => codes.has(code)) === isUnread,
      )
      .map((operation) => operation.name);
  return { documentedFor: namesOf(false), standsInFor: namesOf(true) };
}

/** Operations by what they list. */
interface OperationIndex {
  readonly byGroup: ReadonlyMap<string, readonly OperationModel[]>;
  readonly byKey: ReadonlyMap<string, readonly OperationModel[]>;
}

const indexes = new WeakMap<readonly OperationModel[], OperationIndex>();

/** Looked up for every error, so made once. */
function indexOf(operations: readonly OperationModel[]): OperationIndex {
  const made = indexes.get(operations);
  if (made) return made;
  const index = {
    byGroup: groupBy(operations, ({ errorGroups }) => errorGroups),
    byKey: groupBy(operations, ({ errors }) => errors),
  };
  indexes.set(operations, index);
  return index;
}

function groupBy(
  operations: readonly OperationModel[],
  keysOf: (operation: OperationModel) => readonly string[],
): ReadonlyMap<string, readonly OperationModel[]> {
  const groups = new Map<string, OperationModel[]>();
  for (const operation of operations) {
    for (const key of keysOf(operation)) {
      const group = groups.get(key);
      if (group) group.push(operation);
      else groups.set(key, [operation]);
    }
  }
  return groups;
}
