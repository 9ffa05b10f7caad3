import { isIdentifier, valueName } from "./identifier.js";
import { ownMember } from "../own-member.js";

/**
 * Which exported identifier belongs to which element of a description. The lock
 * keeps it from one run to the next, so that names never move. Keys are JSON
 * pointers; what has no place of its own is named by what it is:
 *
 * - `#/paths/~1propay.execute/post`: the function of an operation, to which its other
 *   names belong (`PropayExecuteInput`, …); below it, `/operationId` is its place in
 *   the namespaces, and `/responses` the item of a batch;
 * - `components/ids.yaml#/AccountId`: the type of a schema;
 * - `errors of components/responses.yaml#/Unauthorized`: a union of shared errors;
 * - `error CODE/EntityType/SUB_CODE`: an error; `code …`, `entity_type …` and
 *   `sub_code …`: the unions over what errors have in common;
 * - `namespace propay`.
 */
export type NameLedger = Readonly<Record<string, string>>;

/** What the last run called things. */
export interface PreviousNames {
  readonly names: NameLedger;
  /** The content of a schema by its key, to recognise it at another place; undefined when it is not known. */
  readonly contentOf: (key: string) => string | undefined;
}

/** What a run without a predecessor starts from. */
export const noPreviousNames: PreviousNames = {
  names: {},
  contentOf: () => undefined,
};

/** An element that needs an identifier. */
export interface NameClaim {
  /** The element in the ledger. */
  readonly key: string;
  readonly kind: ElementKind;
  /** The identifier that it gets when nothing stands against it. */
  readonly wanted: string;
  /** Of a schema: its content without what depends on names, to recognise it at another place. */
  readonly content?: () => string | undefined;
}

type ElementKind = "operation" | "item" | "group" | "plain";

/** Every identifier that goes with an element of a kind, the one in the ledger first. */
const formsOf: Readonly<
  Record<ElementKind, (name: string) => readonly string[]>
> = {
  operation: (name) => {
    const base = operationBase(name);
    return [
      name,
      ...["Input", "Data", "Error", "ErrorCode"].map((end) => base + end),
    ];
  },
  item: (name) => [name, `${name}Error`],
  group: (name) => [name, `${valueName(name)}Table`],
  plain: (name) => [name],
};

/** The name of an operation's function as the beginning of the names of its types. */
export function operationBase(functionName: string): string {
  const name = functionName.replace(/_$/, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Gives every element an identifier of its own: the one that it had in the last run,
 * or else the wanted one, or the first free one of `name2`, `name3`, …. What had a
 * name in the last run keeps anything else from getting it now, even if it is gone:
 * no name changes its meaning from one run to the next.
 *
 * @param claims - in the order in which new elements get their choice
 * @param reserved - identifiers that no element gets
 * @returns identifiers by key
 */
export function assignNames(
  claims: readonly NameClaim[],
  reserved: Iterable<string>,
  previous: PreviousNames,
): ReadonlyMap<string, string> {
  const used = new Set(reserved);
  const names = new Map<string, string>();
  const isFree = ({ kind }: NameClaim, name: string): boolean =>
    formsOf[kind](name).every((form) => isIdentifier(form) && !used.has(form));
  const take = ({ key, kind }: NameClaim, name: string): void => {
    for (const form of formsOf[kind](name)) used.add(form);
    names.set(key, name);
  };
  const kept = keptNames(claims, previous);
  for (const claim of claims) {
    const name = kept.get(claim.key);
    if (name !== undefined && isFree(claim, name)) take(claim, name);
  }
  for (const [key, name] of Object.entries(previous.names)) {
    for (const form of formsOf[kindOf(key)](name)) used.add(form);
  }
  for (const claim of claims) {
    if (names.has(claim.key)) continue;
    const { wanted } = claim;
    let name = isIdentifier(wanted) ? wanted : `${wanted}_`;
    for (let number = 2; !isFree(claim, name); number += 1) {
      name = `${wanted}${number}`;
    }
    take(claim, name);
  }
  return names;
}

/** The kind of an element that may be gone, by its key. */
function kindOf(key: string): ElementKind {
  if (key.startsWith("errors of ")) return "group";
  const [, part] = /^#\/paths\/[^/]+\/[a-z]+(\/responses)?$/.exec(key) ?? [];
  if (part !== undefined) return "item";
  return /^#\/paths\/[^/]+\/[a-z]+$/.test(key) ? "operation" : "plain";
}

/** The names of the last run that elements of this one take over, by key. */
function keptNames(
  claims: readonly NameClaim[],
  { names, contentOf }: PreviousNames,
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  const pending: NameClaim[] = [];
  for (const claim of claims) {
    const name = ownMember(names, claim.key);
    if (name === undefined || isRenamed(claim, name)) pending.push(claim);
    else kept.set(claim.key, name);
  }
  const living = new Set(kept.keys());
  const gone = Object.entries(names)
    .filter(([key, name]) => !living.has(key) && isIdentifier(name))
    .map(([key, name]) => ({ key, name, kind: kindOf(key) }));
  if (pending.length === 0 || gone.length === 0) return kept;
  const identify = [
    nameInDescription,
    (element: Named): string | undefined =>
      joined(familyName(element), contentOfNamed(element, contentOf)),
    familyName,
    (element: Named): string | undefined => contentOfNamed(element, contentOf),
  ];
  for (const each of identify) adoptNames(pending, gone, kept, each);
  return kept;
}

/** An element with a name, wanted or had. */
type Named = Pick<NameClaim, "key" | "kind"> &
  (Omit<NameClaim, "key" | "kind"> | { readonly name: string });

type GoneElement = Extract<Named, { readonly name: string }>;

/** Gives names of elements that are gone to new ones that are the same, where there is no doubt. */
function adoptNames(
  pending: readonly NameClaim[],
  gone: readonly GoneElement[],
  kept: Map<string, string>,
  identify: (element: Named) => string | undefined,
): void {
  const taken = new Set(kept.values());
  const successors = grouped(
    pending.filter(({ key }) => !kept.has(key)),
    identify,
  );
  const open = gone.filter(({ name }) => !taken.has(name));
  for (const [identity, olds] of grouped(open, identify)) {
    const [old, ...otherOlds] = olds;
    const [successor, ...others] = successors.get(identity) ?? [];
    if (!old || !successor || otherOlds.length + others.length > 0) continue;
    kept.set(successor.key, old.name);
  }
}

function grouped<Element>(
  elements: readonly Element[],
  identify: (element: Element) => string | undefined,
): ReadonlyMap<string, readonly Element[]> {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const identity = identify(element);
    if (identity === undefined) continue;
    const group = groups.get(identity) ?? [];
    groups.set(identity, group);
    group.push(element);
  }
  return groups;
}

function joined(
  left: string | undefined,
  right: string | undefined,
): string | undefined {
  return left === undefined || right === undefined
    ? undefined
    : `${left}\0${right}`;
}

/** An operation is what it is called: at the same address, one with another name is another one. */
function isRenamed({ key, kind, wanted }: NameClaim, name: string): boolean {
  return (
    familyName({ key, kind, name }) !== familyName({ key, kind, wanted }) &&
    isOfOperation(kind)
  );
}

function isOfOperation(kind: ElementKind): boolean {
  return kind === "operation" || kind === "item";
}

/** What tells an operation from any other, wherever it stands. */
function nameInDescription(element: Named): string | undefined {
  const { kind } = element;
  if (!isOfOperation(kind)) return undefined;
  return `${kind} ${operationBase(nameOf(element))}`;
}

function nameOf(element: Named): string {
  return "name" in element ? element.name : element.wanted;
}

/**
 * What elements have in common that folded to the same name: without the number of
 * an operation, and the last part of any other place.
 */
function familyName(element: Named): string | undefined {
  const { kind, key } = element;
  if (isOfOperation(kind)) {
    return nameInDescription(element)?.replace(/\d+$/, "");
  }
  const isPlace = /^[^ ]*#/.test(key.replace(/^errors of /, ""));
  if (!isPlace) return undefined;
  // A file says less about what it holds than the component that refers to it.
  const isFile = /#\/?(\?.*)?$/.test(key);
  return joined(kind, isFile ? nameOf(element) : lastSegment(key));
}

/** What the description calls what stands at a place. */
export function lastSegment(key: string): string {
  return key.split(/[/#]/).findLast((segment) => segment !== "") ?? "";
}

function contentOfNamed(
  element: Named,
  contentOf: PreviousNames["contentOf"],
): string | undefined {
  return "name" in element ? contentOf(element.key) : element.content?.();
}
