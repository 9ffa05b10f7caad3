import { at, isObject, textAt } from "../load/spec-document.js";
import type { SpecNode } from "../load/spec-document.js";
import type { Documentation } from "./api-model.js";

/** The text for people that an operation or schema carries. */
export function documentationOf(node: SpecNode): Documentation {
  return {
    summary: textAt(node, "summary"),
    description: textAt(node, "description"),
    url: textAt(at(node, "externalDocs"), "url"),
    deprecated: isObject(node.value) && node.value["deprecated"] === true,
  };
}
