/** Deepest nesting that is read; far beyond what people write. */
const maxDepth = 1000;

/** Most values that a document may hold, lists and maps counted twice. */
const maxValues = 2_500_000;

/** Most characters that its texts may have together. */
const maxCharacters = 20_000_000;

/** Most characters that separate values, before they are parsed: each value takes one at least. */
const maxSeparators = 5_000_000;

/** Most `$ref`s that a document may hold. */
const maxReferences = 200_000;

/** Most operations that a document may hold. */
const maxOperations = 10_000;

/** Most values that YAML aliases may add to it once they are expanded. */
const maxAliasedValues = 500_000;

interface Visit {
  readonly value: object;
  readonly children: readonly object[];
  next: number;
  values: number;
}

/** What makes a text too big to be parsed, or undefined. */
export function textProblem(text: string): string | undefined {
  let separators = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (isSeparator(text.charCodeAt(index))) separators += 1;
  }
  return separators > maxSeparators
    ? `the document holds more than ${maxSeparators} brackets, commas, colons and lines`
    : undefined;
}

function isSeparator(code: number): boolean {
  return (
    code === 0x0a || // line feed
    code === 0x2c || // ,
    code === 0x3a || // :
    code === 0x5b || // [
    code === 0x7b // {
  );
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
  let references = 0;
  let characters = 0;
  open.add(parsed);
  if (operationsOf(parsed) > maxOperations) {
    return `the document holds more than ${maxOperations} operations`;
  }
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (stack.length > maxDepth) {
      return `the document is nested more than ${maxDepth} levels deep`;
    }
    const child = top.children[top.next];
    if (child === undefined) {
      characters += charactersOf(top.value);
      if (characters > maxCharacters) {
        return `the texts of the document have more than ${maxCharacters} characters`;
      }
      if (Object.hasOwn(top.value, "$ref")) references += 1;
      if (references > maxReferences) {
        return `the document holds more than ${maxReferences} references`;
      }
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

/** The maps in the path items of a description: all that is there beside lists and texts. */
function operationsOf(parsed: object): number {
  const { paths } = parsed as { readonly paths?: unknown };
  return Object.values(paths ?? {}).reduce<number>(
    (count, item) =>
      count + Object.values((item as object | null) ?? {}).filter(isMap).length,
    0,
  );
}

function charactersOf(value: object): number {
  return Object.values(value).reduce<number>(
    (sum, member) => sum + (typeof member === "string" ? member.length : 0),
    0,
  );
}

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
