import {
  at,
  entriesOf,
  follow,
  isObject,
  itemsOf,
  textAt,
} from "../load/spec-document.js";
import { pointerSegments } from "../load/pointer.js";
import type {
  SpecDocument,
  SpecNode,
  SpecObject,
} from "../load/spec-document.js";
import type { Schema, SchemaModel, SchemaObject } from "./api-model.js";
import { firstTarget, referringComponents } from "./component-schemas.js";
import { requireNoCompositionLoop } from "./composition-loop.js";
import { digestTexts } from "./digest-texts.js";
import { typeName } from "./identifier.js";
import { lastSegment } from "./name-ledger.js";
import type { NameClaim } from "./name-ledger.js";
import { isLeftOut, openDirections } from "./schema-direction.js";
import type { Direction } from "./schema-direction.js";
import { originOf, placeOf } from "./origin.js";
import { bytes, isBytes } from "./bytes.js";
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
  /**
   * A schema in the form of the model; its references get their names by `finish`.
   *
   * @param direction - properties that do not go this way are left out
   */
  collect(node: SpecNode, direction?: Direction): Schema;
  /** What everything that was referred to wants to be called; call it once, after the last `collect`. */
  claims(): readonly NameClaim[];
  /** The named schemas, once the names by the keys of the claims are known. */
  finish(names: ReadonlyMap<string, string>): readonly SchemaModel[];
}

/** A schema that was referred to. */
interface Referred {
  readonly place: string;
  /** What gives it its name: itself, or a component that refers to it. */
  readonly named: SpecNode;
  readonly node: SpecNode;
  readonly direction: Direction;
  /** Whether it is a form of its own for requests. */
  readonly isForRequests: boolean;
}

interface Draft extends Referred {
  readonly schema: Schema;
}

/** A reference by what the description calls its target, which becomes one by name. */
type OpenReference = (nameOf: (place: string) => string) => void;

/** @param document - the description that the collected nodes are part of */
export function openSchemaCollector(document: SpecDocument): SchemaCollector {
  const known = new Set<string>();
  const pending: Referred[] = [];
  const drafts: Draft[] = [];
  const references: OpenReference[] = [];

  const differs = openDirections(document);
  const is31 = (textAt(document.root, "openapi") ?? "").startsWith("3.1");

  const targetOf = (node: SpecNode): SpecNode =>
    is31 ? followToSiblings(document, node) : follow(document, node);
  const { namesakes, aliases } = referringComponents(document, (component) => {
    const { value } = component;
    const refers = isObject(value) && typeof value["$ref"] === "string";
    if (!refers || (is31 && hasSiblings(value))) return undefined;
    return targetOf(component);
  });

  const refer = (
    node: SpecNode,
    direction: Direction,
    holder: Record<string, unknown>,
    property: string,
  ): void => {
    const target = targetOf(node);
    const isForRequests = direction === "request" && differs(target);
    const add = (schema: SpecNode): string => {
      const itsPlace = placeOf(document, schema);
      const place = itsPlace + (isForRequests ? requests : "");
      if (!known.has(place)) {
        known.add(place);
        const named = namesakes.get(itsPlace) ?? schema;
        pending.push({ place, named, node: schema, direction, isForRequests });
      }
      return place;
    };
    const place = add(target);
    for (const each of [node, firstTarget(document, node)]) {
      if (aliases.has(placeOf(document, each))) add(each);
    }
    holder[property] = referenceTo(lastSegment(place));
    references.push((nameOf) => {
      holder[property] = referenceTo(nameOf(place));
    });
  };

  const collect = (node: SpecNode, direction: Direction = "answer"): Schema => {
    const { value } = node;
    if (typeof value === "boolean") return value;
    if (!isObject(value)) return true;
    const schema: Record<string, unknown> = {};
    if (typeof value["$ref"] === "string") {
      if (is31 && hasSiblings(value)) return collectBoth(node, direction);
      refer(node, direction, schema, "$ref");
    }
    for (const keyword of plainKeywords) {
      if (value[keyword] !== undefined) schema[keyword] = value[keyword];
    }
    if (Array.isArray(value["type"])) {
      // YAML reads null without quotes as the value, and not as the name of the type.
      schema["type"] = value["type"].map((type: unknown) => type ?? "null");
    }
    const leftOut = entriesOf(at(node, "properties"))
      .filter(([, member]) =>
        [member, follow(document, member)].some(({ value: each }) =>
          isLeftOut(each, direction),
        ),
      )
      .map(([name]) => name);
    if (leftOut.length > 0 && Array.isArray(value["required"])) {
      schema["required"] = value["required"].filter(
        (name: string) => !leftOut.includes(name),
      );
    }
    if (isBytes(value)) Object.assign(schema, bytes);
    for (const keyword of schemaKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = collect(at(node, keyword), direction);
    }
    for (const keyword of listKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = itemsOf(at(node, keyword)).map((each) =>
        collect(each, direction),
      );
    }
    for (const keyword of mapKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = Object.fromEntries(
        entriesOf(at(node, keyword))
          .filter(([key]) => keyword !== "properties" || !leftOut.includes(key))
          .map(([key, each]) => [key, collect(each, direction)]),
      );
    }
    if (isObject(value["discriminator"])) {
      schema["discriminator"] = collectDiscriminator(
        at(node, "discriminator"),
        direction,
      );
    }
    return schema;
  };

  /** From OpenAPI 3.1 on, a value has to be what a `$ref` leads to and what stands beside it. */
  const collectBoth = (node: SpecNode, direction: Direction): Schema => {
    const { $ref: reference, ...siblings } = node.value as SpecObject;
    const target = { ...node, value: { $ref: reference } };
    const beside = collect({ ...node, value: siblings }, direction);
    const { nullable, description, ...shape } = beside as SchemaObject;
    return {
      ...(nullable !== undefined && { nullable }),
      ...(description !== undefined && { description }),
      allOf: [
        collect(target, direction),
        ...(Object.keys(shape).length > 0 ? [shape] : []),
      ],
    };
  };

  const collectDiscriminator = (
    node: SpecNode,
    direction: Direction,
  ): Schema => {
    const mapping: Record<string, unknown> = {};
    for (const [value, target] of entriesOf(at(node, "mapping"))) {
      const named = at(
        document.root,
        "components",
        "schemas",
        String(target.value),
      );
      const reference = { ...target, value: { $ref: target.value } };
      // The value names a schema of the components, or refers to one by URI.
      refer(
        named.value === undefined ? reference : named,
        direction,
        mapping,
        value,
      );
    }
    return { propertyName: at(node, "propertyName").value, mapping };
  };

  return {
    collect,
    claims: () => {
      for (let next = pending.pop(); next; next = pending.pop()) {
        drafts.push({ ...next, schema: collect(next.node, next.direction) });
      }
      // By place, so that neither the order of use nor the number of files matters.
      const order = ({ place, named, isForRequests }: Draft): string =>
        `${placeOf(document, named)}${isForRequests ? requests : ""} ${place}`;
      drafts.sort((left, right) => (order(left) < order(right) ? -1 : 1));
      return drafts.map(({ place, named, schema, isForRequests }) => ({
        key: place,
        kind: "plain",
        wanted: nameOfForm(typeName(wantedName(named)), isForRequests),
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

/** Tells the place of a schema's form for requests from that of its form for answers. */
const requests = "?request";

/** Keywords that make a difference beside a `$ref`. */
const siblingKeywords = [
  "nullable",
  "properties",
  "required",
  "patternProperties",
  "enum",
  "const",
  "items",
  "prefixItems",
  "allOf",
  "anyOf",
  "oneOf",
];

function hasSiblings(value: SpecObject): boolean {
  return siblingKeywords.some((keyword) => keyword in value);
}

/** The target of a `$ref`; on the way, a `$ref` with keywords beside it is a schema of its own. */
function followToSiblings(document: SpecDocument, node: SpecNode): SpecNode {
  if (!isObject(node.value) || typeof node.value["$ref"] !== "string") {
    return node;
  }
  const id = `${node.source.absoluteRef}::${node.value["$ref"]}`;
  const hops = document.references.get(id)?.chain ?? [];
  const hop = hops.find(
    (each) => isObject(each.node) && hasSiblings(each.node),
  );
  if (!hop) return follow(document, node);
  const { source, pointer } = hop.location;
  return { value: hop.node, source, pointer };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The form for requests of `Item` is `ItemRequest`, that of `ItemRequest` is `ItemRequestInput`. */
function nameOfForm(name: string, isForRequests: boolean): string {
  if (!isForRequests) return name;
  return name + (name.endsWith("Request") ? "Input" : "Request");
}

/** A referenced schema is called after its key, a file that is one schema after the file. */
function wantedName(node: SpecNode): string {
  const key = pointerSegments(node.pointer).at(-1);
  if (key !== undefined) return key;
  const file = node.source.absoluteRef.split(/[\\/]/).at(-1) ?? "";
  return file.replace(/\.[^.]*$/, "");
}
