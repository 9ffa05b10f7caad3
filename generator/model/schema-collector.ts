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
import { typeName } from "./identifier.js";
import type { NameScope } from "./identifier.js";
import { originOf } from "./origin.js";

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
  /** Names everything that was referred to; call it once, after the last `collect`. */
  finish(scope: NameScope): readonly SchemaModel[];
}

interface Draft {
  readonly key: string;
  readonly node: SpecNode;
  readonly schema: Schema;
}

/** A reference by place that becomes one by name. */
type OpenReference = (nameOf: (key: string) => string) => void;

/** @param document - the description that the collected nodes are part of */
export function openSchemaCollector(document: SpecDocument): SchemaCollector {
  const known = new Set<string>();
  const pending: { readonly key: string; readonly node: SpecNode }[] = [];
  const references: OpenReference[] = [];

  const refer = (
    node: SpecNode,
    holder: Record<string, unknown>,
    property: string,
  ): void => {
    const target = follow(document, node);
    const key = placeKey(target);
    if (!known.has(key)) {
      known.add(key);
      pending.push({ key, node: target });
    }
    references.push((nameOf) => {
      holder[property] = `#/components/schemas/${nameOf(key)}`;
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
    finish: (scope) => {
      const drafts: Draft[] = [];
      for (let next = pending.pop(); next; next = pending.pop()) {
        drafts.push({ ...next, schema: collect(next.node) });
      }
      const names = nameDrafts(drafts, scope);
      for (const settle of references) settle((key) => names.get(key) ?? "");
      const named = drafts.map((draft) => ({
        ...draft,
        name: names.get(draft.key) ?? "",
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

function placeKey(node: SpecNode): string {
  return `${node.source.absoluteRef}${node.pointer}`;
}

/** Names by place, handed out in the order of the places so that the order of use does not matter. */
function nameDrafts(
  drafts: readonly Draft[],
  scope: NameScope,
): ReadonlyMap<string, string> {
  return new Map(
    [...drafts]
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .map(({ key, node }) => [key, scope.claim(typeName(wantedName(node)))]),
  );
}

/** A referenced schema is called after its key, a file that is one schema after the file. */
function wantedName(node: SpecNode): string {
  const key = pointerSegments(node.pointer).at(-1);
  if (key !== undefined) return key;
  const file = node.source.absoluteRef.split(/[\\/]/).at(-1) ?? "";
  return file.replace(/\.[^.]*$/, "");
}
