/** Keywords whose list means the same in any order. */
const unordered: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "enum",
  "oneOf",
  "required",
  "type",
  "x-extensible-enum",
]);

/** A schema or part of one as text that does not depend on the order in which it is written. */
export function canonical(value: unknown, keyword?: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    if (keyword !== undefined && unordered.has(keyword)) items.sort();
    return `[${items.join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(
        ([key, member]) => `${JSON.stringify(key)}:${canonical(member, key)}`,
      );
    return `{${members.join(",")}}`;
  }
  return value === undefined ? "" : JSON.stringify(value);
}
