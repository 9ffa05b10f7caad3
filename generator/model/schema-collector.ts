import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import { pointerSegments } from "../load/pointer.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { Schema, SchemaModel } from "./api-model.js";
import { requireNoCompositionLoop } from "./composition-loop.js";
import { digestTexts } from "./digest-texts.js";
import { typeName } from "./identifier.js";
import { lastSegment } from "./name-ledger.js";
import type { NameClaim } from "./name-ledger.js";
import { originOf, placeOf } from "./origin.js";
import { schemaContent } from "./schema-content.js";

/** Keywords whose value is one schema, a list of schemas, or a map of schemas. */
const schemaKeywords = ["items", "additionalProperties", "not"] as const;
const listKeywords = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
const mapKeywords = ["properties", "patternProperties"] as const;

/** Keywords that are kept as they are. */
const plainKeywords = [
  "type",
  "nullable",
  "enum",
  "const",
  "required",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "x-extensible-enum",
  "x-enum-descriptions",
] as const;

/** Gathers the schemas that the model refers to, following references. */
export interface SchemaCollector {
  /** A schema in the form of the model; its references get their names by `finish`. */
  collect(node: SpecNode): Schema;
  /** What everything that was referred to wants to be called; call it once, after the last `collect`. */
  claims(): readonly NameClaim[];
  /** The named schemas, once the names by the keys of the claims are known. */
  finish(names: ReadonlyMap<string, string>): readonly SchemaModel[];
}

interface Draft {
  readonly place: string;
  readonly node: SpecNode;
  readonly schema: Schema;
}

/** A reference by what the description calls its target, which becomes one by name. */
type OpenReference = (nameOf: (place: string) => string) => void;

/** @param document - the description that the collected nodes are part of */
export function openSchemaCollector(document: SpecDocument): SchemaCollector {
  const known = new Set<string>();
  const pending: { readonly place: string; readonly node: SpecNode }[] = [];
  const drafts: Draft[] = [];
  const references: OpenReference[] = [];

  const refer = (
    node: SpecNode,
    holder: Record<string, unknown>,
    property: string,
  ): void => {
    const target = follow(document, node);
    const place = placeOf(document, target);
    if (!known.has(place)) {
      known.add(place);
      pending.push({ place, node: target });
    }
    holder[property] = referenceTo(lastSegment(place));
    references.push((nameOf) => {
      holder[property] = referenceTo(nameOf(place));
    });
  };

  const collect = (node: SpecNode): Schema => {
    const { value } = node;
    if (typeof value === "boolean") return value;
    if (!isObject(value)) return true;
    const schema: Record<string, unknown> = {};
    if (typeof value["$ref"] === "string") refer(node, schema, "$ref");
    for (const keyword of plainKeywords) {
      if (value[keyword] !== undefined) schema[keyword] = value[keyword];
    }
    for (const keyword of schemaKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = collect(at(node, keyword));
    }
    for (const keyword of listKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = itemsOf(at(node, keyword)).map(collect);
    }
    for (const keyword of mapKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = Object.fromEntries(
        entriesOf(at(node, keyword)).map(([key, each]) => [key, collect(each)]),
      );
    }
    if (isObject(value["discriminator"])) {
      schema["discriminator"] = collectDiscriminator(at(node, "discriminator"));
    }
    return schema;
  };

  const collectDiscriminator = (node: SpecNode): Schema => {
    const mapping: Record<string, unknown> = {};
    for (const [value, target] of entriesOf(at(node, "mapping"))) {
      refer({ ...target, value: { $ref: target.value } }, mapping, value);
    }
    return { propertyName: at(node, "propertyName").value, mapping };
  };

  return {
    collect,
    claims: () => {
      for (let next = pending.pop(); next; next = pending.pop()) {
        drafts.push({ ...next, schema: collect(next.node) });
      }
      // By place, so that the order of use does not matter.
      drafts.sort((left, right) => (left.place < right.place ? -1 : 1));
      return drafts.map(({ place, node, schema }) => ({
        key: place,
        kind: "plain",
        wanted: typeName(wantedName(node)),
        content: () => schemaContent(digestTexts(schema), (name) => name),
      }));
    },
    finish: (names) => {
      const nameOf = (place: string): string => names.get(place) ?? "";
      for (const settle of references) settle(nameOf);
      const named = drafts.map((draft) => ({
        ...draft,
        name: nameOf(draft.place),
      }));
      requireNoCompositionLoop(named);
      return named
        .map(({ name, node, schema }) => ({
          name,
          schema,
          origin: originOf(document, node),
        }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
    },
  };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A referenced schema is called after its key, a file that is one schema after the file. */
function wantedName(node: SpecNode): string {
  const key = pointerSegments(node.pointer).at(-1);
  if (key !== undefined) return key;
  const file = node.source.absoluteRef.split(/[\\/]/).at(-1) ?? "";
  return file.replace(/\.[^.]*$/, "");
}
