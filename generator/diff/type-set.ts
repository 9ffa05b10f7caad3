/** JSON types that a value may have; undefined for any. */
export type TypeSet = ReadonlySet<string> | undefined;

/** Whether every value of the one is a value of the other. */
export function isWithin(inner: TypeSet, outer: TypeSet): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  return [...inner].every((type) => accepts(outer, type));
}

/** Whether the two have nothing in common but null. */
export function areDisjoint(left: TypeSet, right: TypeSet): boolean {
  if (left === undefined || right === undefined) return false;
  if (left.size === 0 && right.size === 0) return false;
  return (
    ![...left].some(
      (type) =>
        type !== "null" &&
        (accepts(right, type) || (type === "number" && right.has("integer"))),
    ) && !(left.size === 1 && left.has("null") && right.has("null"))
  );
}

function accepts(types: ReadonlySet<string>, type: string): boolean {
  return types.has(type) || (type === "integer" && types.has("number"));
}

/** The types of a value that has to be of all sets at once; whether it may be null is what the first says. */
export function jointTypes(sets: readonly TypeSet[]): TypeSet {
  const [first, ...others] = sets.filter((types) => types !== undefined);
  if (first === undefined) return undefined;
  return others.reduce<ReadonlySet<string>>(
    (left, right) =>
      new Set([
        ...[...left].filter((type) => type === "null" || accepts(right, type)),
        ...[...right].filter(
          (type) => type === "integer" && accepts(left, type),
        ),
      ]),
    first,
  );
}

/** The types by name, as in `string or null`. */
export function describeTypes(types: TypeSet): string {
  if (types === undefined) return "anything";
  return types.size === 0 ? "nothing" : [...types].sort().join(" or ");
}
