/** Lists whose order means nothing. */
const unordered: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "enum",
  "oneOf",
  "required",
  "type",
  "x-extensible-enum",
]);

/** The same document with every map, and every list whose order means nothing, in another order. */
export function rearranged(document: unknown, seed: number): unknown {
  let state = seed;
  const shuffle = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        return { item, rank: state >>> 8 };
      })
      .sort((left, right) => left.rank - right.rank)
      .map(({ item }) => item);
  const visit = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => visit(item, ""));
      return unordered.has(key) ? shuffle(items) : items;
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      shuffle(Object.entries(value)).map(([name, member]) => [
        name,
        visit(member, name),
      ]),
    );
  };
  return visit(document, "");
}
