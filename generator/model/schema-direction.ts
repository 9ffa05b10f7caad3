import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import {
  listKeywords,
  mapKeywords,
  schemaKeywords,
} from "./schema-keywords.js";

/** Which way a value travels: properties that are `readOnly` or `writeOnly` go one way only. */
export type Direction = "request" | "answer";

/** What the schemas of a description say about properties that go one way only. */
export interface Directions {
  /**
   * Whether a schema means one thing in a request and another in an answer, because it or
   * a schema that it refers to has properties that go one way only.
   */
  differs(node: SpecNode): boolean;
  /** Names of the properties that do not go this way, of a schema and what it is composed of by `allOf`. */
  leftOut(node: SpecNode, direction: Direction): readonly string[];
  /** Whether a schema, or what it is composed of, describes or requires a property. */
  mentions(node: SpecNode, name: string): boolean;
}

export function openDirections(document: SpecDocument): Directions {
  const texts = [...document.sources.values()];
  // Few descriptions use them, and then nothing has to be followed.
  if (!texts.some((text) => /readOnly|writeOnly/.test(text))) {
    return { differs: () => false, leftOut: () => [], mentions: () => false };
  }
  const known = new Map<unknown, boolean>();
  const reaches = (start: SpecNode): boolean => {
    const seen = new Set<unknown>();
    const pending = [start];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const node = follow(document, next);
      if (!isObject(node.value) || seen.has(node.value)) continue;
      seen.add(node.value);
      const isOneWay = [next, node].some(({ value }) => goesOneWay(value));
      if (isOneWay || known.get(node.value) === true) return true;
      pending.push(...partsOf(next), ...partsOf(node));
    }
    return false;
  };
  return {
    differs: (node) => {
      const answer = known.get(node.value) ?? reaches(node);
      known.set(node.value, answer);
      return answer;
    },
    leftOut: (node, direction) =>
      [...composing(document, node)]
        .flatMap((part) => entriesOf(at(part, "properties")))
        .filter(([, member]) =>
          [member, follow(document, member)].some(({ value }) =>
            isLeftOut(value, direction),
          ),
        )
        .map(([name]) => name),
    mentions: (node, name) =>
      [...composing(document, node)].some(
        (part) =>
          at(part, "properties", name).value !== undefined ||
          itemsOf(at(part, "required")).some(({ value }) => value === name),
      ),
  };
}

/** A schema and those that it is composed of by `allOf` and references, each once. */
function* composing(
  document: SpecDocument,
  start: SpecNode,
): Generator<SpecNode> {
  const seen = new Set<unknown>();
  const pending = [start];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const node of new Set([next, follow(document, next)])) {
      if (!isObject(node.value) || seen.has(node.value)) continue;
      seen.add(node.value);
      yield node;
      pending.push(...itemsOf(at(node, "allOf")));
    }
  }
}

/** Whether a property's schema says that it does not go this way. */
function isLeftOut(value: unknown, direction: Direction): boolean {
  if (!isObject(value)) return false;
  return value[direction === "request" ? "readOnly" : "writeOnly"] === true;
}

function goesOneWay(value: unknown): boolean {
  return isLeftOut(value, "request") || isLeftOut(value, "answer");
}

function partsOf(node: SpecNode): readonly SpecNode[] {
  return [
    ...schemaKeywords.map((keyword) => at(node, keyword)),
    ...listKeywords.flatMap((keyword) => itemsOf(at(node, keyword))),
    ...mapKeywords.flatMap((keyword) =>
      entriesOf(at(node, keyword)).map(([, member]) => member),
    ),
  ].filter(({ value }) => isObject(value));
}
