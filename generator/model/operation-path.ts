import { camelCase } from "change-case";
import { longestName } from "./identifier.js";

/** What decides where an operation stands in the client. */
interface NamedOperation {
  readonly name: string;
  readonly tag: string | undefined;
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
 * @param operations - sorted by name
 */
export function placeOperations(
  operations: readonly NamedOperation[],
): readonly (readonly string[])[] {
  const wanted = operations.map(wantedPath);
  const taken = new Set(
    wanted.flatMap((path) =>
      path.slice(0, -1).map((_, index) => keyOf(path.slice(0, index + 1))),
    ),
  );
  return wanted.map((path) => {
    const folder = path.slice(0, -1);
    const name = path.at(-1) ?? "";
    let free = isReservedFile(name) ? `${name}_` : name;
    for (let number = 2; taken.has(keyOf([...folder, free])); number += 1) {
      free = `${name}${number}`;
    }
    taken.add(keyOf([...folder, free]));
    return [...folder, free];
  });
}

/** A name with more segments than this names no namespaces. */
const deepestPath = 8;

function wantedPath({ name, tag }: NamedOperation): readonly string[] {
  const segments = name
    .split(/[./:]/, deepestPath + 1)
    .map(segmentName)
    .filter(Boolean);
  if (segments.length > 1 && segments.length <= deepestPath) return segments;
  return [segmentName(tag ?? "") || "operations", segments[0] ?? "operation"];
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

/** Names that a file of the client has already, or that Windows keeps for devices. */
function isReservedFile(name: string): boolean {
  return /^(?:index|con|prn|aux|nul|com\d|lpt\d)$/i.test(name);
}
