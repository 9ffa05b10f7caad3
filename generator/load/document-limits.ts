/** Deepest nesting that is read; far beyond what people write. */
const maxDepth = 1000;

/** Most values that a document may hold. */
const maxValues = 20_000_000;

/** Most values that YAML aliases may add to it once they are expanded. */
const maxAliasedValues = 500_000;

interface Visit {
  readonly value: object;
  readonly children: readonly object[];
  next: number;
  values: number;
}

/**
 * What makes a parsed document impossible to work with, or undefined: nesting beyond
 * any use, aliases that contain themselves, or aliases that multiply to more values
 * than fit into memory. Takes constant stack space whatever the document.
 */
export function structureProblem(parsed: unknown): string | undefined {
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const stack: Visit[] = [visit(parsed)];
  let aliased = 0;
  open.add(parsed);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (stack.length > maxDepth) {
      return `the document is nested more than ${maxDepth} levels deep`;
    }
    const child = top.children[top.next];
    if (child === undefined) {
      sizes.set(top.value, top.values);
      open.delete(top.value);
      stack.pop();
      const parent = stack.at(-1);
      if (parent) parent.values += top.values;
      if (top.values > maxValues) {
        return `the document holds more than ${maxValues} values`;
      }
      continue;
    }
    top.next += 1;
    const known = sizes.get(child);
    if (known !== undefined) {
      top.values += known;
      aliased += known;
      if (aliased > maxAliasedValues) {
        return `the document's aliases expand to more than ${maxAliasedValues} values`;
      }
    } else if (open.has(child)) {
      return "an alias in the document contains itself";
    } else {
      open.add(child);
      stack.push(visit(child));
    }
  }
  return undefined;
}

function visit(value: object): Visit {
  const members: readonly unknown[] = Object.values(value);
  return {
    value,
    children: members.filter(
      (member) => typeof member === "object" && member !== null,
    ),
    next: 0,
    values: 1 + members.length,
  };
}

/** A document that {@link structureProblem} does not let through. */
export class DocumentTooBig extends Error {
  override readonly name = "DocumentTooBig";
}
