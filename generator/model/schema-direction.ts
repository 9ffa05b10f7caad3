import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";

/** Which way a value travels: properties that are `readOnly` or `writeOnly` go one way only. */
export type Direction = "request" | "answer";

/** Keywords with one schema, a list and a map of schemas: where properties can stand. */
const single = ["items", "additionalProperties"];
const lists = ["allOf", "anyOf", "oneOf", "prefixItems"];
const maps = ["properties", "patternProperties"];

/**
 * Tells whether a schema means one thing in a request and another in an answer,
 * because it or a schema that it refers to has properties that go one way only.
 */
export function openDirections(
  document: SpecDocument,
): (node: SpecNode) => boolean {
  const texts = [...document.sources.values()];
  // Few descriptions use them, and then nothing has to be followed.
  if (!texts.some((text) => /readOnly|writeOnly/.test(text))) {
    return () => false;
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
  return (node) => {
    const answer = known.get(node.value) ?? reaches(node);
    known.set(node.value, answer);
    return answer;
  };
}

/** Whether a property's schema says that it goes one way, and which way it does not go. */
export function isLeftOut(value: unknown, direction: Direction): boolean {
  if (!isObject(value)) return false;
  return value[direction === "request" ? "readOnly" : "writeOnly"] === true;
}

function goesOneWay(value: unknown): boolean {
  return isLeftOut(value, "request") || isLeftOut(value, "answer");
}

function partsOf(node: SpecNode): readonly SpecNode[] {
  return [
    ...single.map((keyword) => at(node, keyword)),
    ...lists.flatMap((keyword) => itemsOf(at(node, keyword))),
    ...maps.flatMap((keyword) =>
      entriesOf(at(node, keyword)).map(([, member]) => member),
    ),
  ].filter(({ value }) => isObject(value));
}
