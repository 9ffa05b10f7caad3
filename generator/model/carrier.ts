import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { isBytes } from "./bytes.js";

/**
 * What a value travels in: JSON, which has no bytes, a multipart form, or a field of one,
 * which can be a file.
 */
export type Carrier = "json" | "form" | "field";

const alternatives = ["allOf", "anyOf", "oneOf"] as const;

/** The schemas within a schema that stand for a part of the same form. */
const carried = {
  form: { one: ["additionalProperties"], map: ["properties"] },
  field: { one: ["items"], map: [] },
  json: { one: [], map: [] },
} as const;

/** What the value of a keyword travels in when the schema's own value travels in something. */
export function carrierWithin(carrier: Carrier, keyword: string): Carrier {
  if (alternatives.some((each) => each === keyword)) return carrier;
  const { one, map } = carried[carrier];
  return [...one, ...map].some((each) => each === keyword) ? "field" : "json";
}

/** Whether a value is a file, or a form that has one, when it travels in something. */
export function holdsFile(
  document: SpecDocument,
  node: SpecNode,
  carrier: Carrier,
): boolean {
  const seen = new Set<unknown>();
  const reaches = (reference: SpecNode, within: Carrier): boolean => {
    if (within === "json") return false;
    const target = follow(document, reference);
    if (!isObject(target.value) || seen.has(target.value)) return false;
    seen.add(target.value);
    if (within === "field" && isBytes(target.value)) return true;
    const { one, map } = carried[within];
    return (
      alternatives.some((keyword) =>
        itemsOf(at(target, keyword)).some((each) => reaches(each, within)),
      ) ||
      one.some((keyword) => reaches(at(target, keyword), "field")) ||
      map.some((keyword) =>
        entriesOf(at(target, keyword)).some(([, each]) =>
          reaches(each, "field"),
        ),
      )
    );
  };
  return reaches(node, carrier);
}
