import { camelCase } from "change-case";
import { longestName } from "./identifier.js";

/** What decides where an operation stands in the client. */
interface NamedOperation {
  readonly name: string;
  readonly tag: string | undefined;
  /** Where it stood in the last run, its parts separated by dots. */
  readonly former?: string | undefined;
}

/** A name for an operation without operationId: `get /users/{id}` is `users.getById`. */
export function unnamedOperation(method: string, urlPath: string): string {
  const [first = "root", ...rest] = urlPath.split("/").filter(Boolean);
  const words = rest.map((segment) =>
    segment.startsWith("{") ? `by ${segment}` : segment,
  );
  const verb = camelCase(wordsOf([method, ...words].join(" ")));
  return `${camelCase(wordsOf(first)) || "root"}.${verb}`;
}

/**
 * Namespaces and name of every operation. `propay.execute` and `repos/list-tags`
 * name their namespaces themselves; another operation stands in the namespace of its
 * first tag. No two operations get the same place, not even on a file system that
 * ignores case.
 *
 * An operation stays where it stood, and none gets the place of one that is gone.
 *
 * @param operations - sorted by name
 * @param formerPlaces - where operations stood in the last run
 */
export function placeOperations(
  operations: readonly NamedOperation[],
  formerPlaces: readonly string[] = [],
): readonly (readonly string[])[] {
  const wanted = wantedPaths(operations, formerPlaces);
  const taken = new Set(
    wanted.flatMap((path) =>
      path.slice(0, -1).map((_, index) => keyOf(path.slice(0, index + 1))),
    ),
  );
  const kept = operations.map(({ former }, index) => {
    const path = former?.split(".") ?? [];
    const key = keyOf(path);
    if (!isNumbered(path, wanted[index] ?? []) || taken.has(key)) return;
    taken.add(key);
    return path;
  });
  for (const place of formerPlaces) taken.add(keyOf(place.split(".")));
  return wanted.map((path, index) => {
    const former = kept[index];
    if (former) return former;
    const folder = path.slice(0, -1);
    const name = path.at(-1) ?? "";
    let free = freeFileName(name);
    for (let number = 2; taken.has(keyOf([...folder, free])); number += 1) {
      free = `${name}${number}`;
    }
    taken.add(keyOf([...folder, free]));
    return [...folder, free];
  });
}

/** Whether a path is a wanted one, or one that was changed to be free. */
function isNumbered(
  path: readonly string[],
  wanted: readonly string[],
): boolean {
  const place = path.join(".");
  const start = wanted.join(".");
  return (
    place.startsWith(start) && /^(?:_|\d*)$/.test(place.slice(start.length))
  );
}

/** A name with more segments than this names no namespaces. */
const deepestPath = 8;

/**
 * Where operations stand when nothing stands against it. Namespaces that differ only
 * in case are one and the same, and spelled as in the last run, or else as in the
 * first operation that names them.
 */
export function wantedPaths(
  operations: readonly NamedOperation[],
  formerPlaces: readonly string[],
): readonly (readonly string[])[] {
  const wanted = operations.map(wantedPath);
  const former = [
    ...formerPlaces,
    ...operations.flatMap((operation) => operation.former ?? []),
  ];
  const spellings = new Map<string, string>();
  for (const path of [...former.map((place) => place.split(".")), ...wanted]) {
    path.slice(0, -1).forEach((segment, index) => {
      const key = keyOf(path.slice(0, index + 1));
      if (!spellings.has(key)) spellings.set(key, segment);
    });
  }
  return wanted.map((path) =>
    path.map((segment, index) =>
      index < path.length - 1
        ? (spellings.get(keyOf(path.slice(0, index + 1))) ?? segment)
        : segment,
    ),
  );
}

function wantedPath({ name, tag }: NamedOperation): readonly string[] {
  const segments = name
    .split(/[./:]/, deepestPath + 1)
    .map(segmentName)
    .filter(Boolean);
  const [folders, last] =
    segments.length > 1 && segments.length <= deepestPath
      ? [segments.slice(0, -1), segments.at(-1)]
      : [[segmentName(tag ?? "") || "operations"], segments[0]];
  return [...folders.map(freeFileName), last ?? "operation"];
}

/** A segment that is a name already stays as the API spells it. */
function segmentName(segment: string): string {
  const start = segment.slice(0, longestName);
  if (/^[A-Za-z][A-Za-z\d]*$/.test(start)) return start;
  const folded = camelCase(wordsOf(start));
  return /^\d/.test(folded) ? `n${folded}` : folded;
}

function wordsOf(text: string): string {
  return text.replace(/[^A-Za-z\d]+/g, " ").trim();
}

function keyOf(path: readonly string[]): string {
  return path.join("/").toLowerCase();
}

/**
 * A name as that of a file or folder: a client has files called `index`, Windows keeps
 * some names for devices, and a module with a function called `then` is taken for a
 * promise when it is imported.
 */
function freeFileName(name: string): string {
  return /^(?:index|con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ||
    name === "then"
    ? `${name}_`
    : name;
}
