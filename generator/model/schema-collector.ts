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
import { openDirections } from "./schema-direction.js";
import type { Direction } from "./schema-direction.js";
import {
  listKeywords,
  mapKeywords,
  plainKeywords,
  schemaKeywords,
  siblingKeywords,
} from "./schema-keywords.js";
import { originOf, placeOf } from "./origin.js";
import { withoutAlternativesOfParents } from "./parents.js";
import { isBytes, settleBytes } from "./bytes.js";
import { carrierWithin, holdsFile } from "./carrier.js";
import type { Carrier } from "./carrier.js";
import { schemaContent } from "./schema-content.js";

/** Gathers the schemas that the model refers to, following references. */
export interface SchemaCollector {
  /**
   * A schema in the form of the model; its references get their names by `finish`.
   *
   * @param direction - properties that do not go this way are left out; "answer" unless given
   * @param carrier - only forms can hold files; "json" unless given
   */
  collect(node: SpecNode, direction?: Direction, carrier?: Carrier): Schema;
  /** What everything that was referred to wants to be called; call it once, after the last `collect`. */
  claims(): readonly NameClaim[];
  /** The named schemas, once the names by the keys of the claims are known. */
  finish(names: ReadonlyMap<string, string>): readonly SchemaModel[];
}

/** A schema that was referred to. */
interface Referred {
  readonly place: string;
  /** The place of its form for JSON; its own unless it holds files. */
  readonly inJson: string;
  /** What gives it its name: itself, or a component that refers to it. */
  readonly named: SpecNode;
  readonly node: SpecNode;
  readonly way: Way;
  /** Whether it is a form of its own for requests. */
  readonly isForRequests: boolean;
}

interface Draft extends Referred {
  readonly schema: Schema;
}

/** A reference by what the description calls its target, which becomes one by name. */
type OpenReference = (nameOf: (place: string) => string) => void;

/** How a value travels. */
interface Way {
  readonly direction: Direction;
  readonly carrier: Carrier;
  /** Properties that do not go this way, as a schema says that this one is a part of. */
  readonly leftOut: readonly string[];
  /** What stands in place of references to it, for the sake of what is left out. */
  readonly inlined: readonly unknown[];
}

const plainWay: Way = {
  direction: "answer",
  carrier: "json",
  leftOut: [],
  inlined: [],
};

/** @param document - the description that the collected nodes are part of */
export function openSchemaCollector(document: SpecDocument): SchemaCollector {
  const known = new Set<string>();
  const pending: Referred[] = [];
  const drafts: Draft[] = [];
  const references: OpenReference[] = [];

  const directions = openDirections(document);
  const is30 = (textAt(document.root, "openapi") ?? "").startsWith("3.0");

  const targetOf = (node: SpecNode): SpecNode =>
    followToSiblings(document, node, is30);
  const { namesakes, aliases } = referringComponents(document, (component) => {
    const { value } = component;
    const refers = isObject(value) && typeof value["$ref"] === "string";
    return refers && !hasSiblings(value, is30)
      ? targetOf(component)
      : undefined;
  });

  const refer = (
    node: SpecNode,
    { direction, carrier }: Way,
    holder: Record<string, unknown>,
    property: string,
  ): void => {
    const target = targetOf(node);
    const isForRequests = direction === "request" && directions.differs(target);
    const inForm = holdsFile(document, target, carrier);
    const way: Way = {
      ...plainWay,
      direction,
      carrier: inForm ? carrier : "json",
    };
    const add = (schema: SpecNode): string => {
      const itsPlace = placeOf(document, schema);
      const inJson = itsPlace + (isForRequests ? requests : "");
      const place = inForm ? `${inJson}?${carrier}` : inJson;
      if (!known.has(place)) {
        known.add(place);
        const named = namesakes.get(itsPlace) ?? schema;
        pending.push({
          place,
          inJson,
          named,
          node: schema,
          way,
          isForRequests,
        });
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

  const collect = (node: SpecNode, around: Way): Schema => {
    const { value } = node;
    if (typeof value === "boolean") return value;
    if (!isObject(value)) return true;
    const schema: Record<string, unknown> = {};
    if (typeof value["$ref"] === "string") {
      if (hasSiblings(value, is30)) return collectBoth(node, around);
      const target = follow(document, node);
      if (needsOwnForm(target, around)) {
        const inlined = [...around.inlined, target.value];
        return collect(target, { ...around, inlined });
      }
      refer(node, around, schema, "$ref");
    }
    const { direction, carrier } = around;
    const leftOut = [...around.leftOut, ...directions.leftOut(node, direction)];
    const within = (keyword: string): Way => ({
      direction,
      carrier: carrierWithin(carrier, keyword),
      leftOut: keyword === "allOf" ? leftOut : [],
      inlined: keyword === "allOf" ? around.inlined : [],
    });
    for (const keyword of plainKeywords) {
      if (value[keyword] !== undefined) schema[keyword] = value[keyword];
    }
    if (Array.isArray(value["type"])) {
      // YAML reads null without quotes as the value, and not as the name of the type.
      schema["type"] = value["type"].map((type: unknown) => type ?? "null");
    }
    if (leftOut.length > 0 && Array.isArray(value["required"])) {
      schema["required"] = value["required"].filter(
        (name: string) => !leftOut.includes(name),
      );
    }
    if (isBytes(value)) settleBytes(schema, carrier);
    for (const keyword of schemaKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = collect(at(node, keyword), within(keyword));
    }
    for (const keyword of listKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = itemsOf(at(node, keyword)).map((each) =>
        collect(each, within(keyword)),
      );
    }
    for (const keyword of mapKeywords) {
      if (value[keyword] === undefined) continue;
      schema[keyword] = Object.fromEntries(
        entriesOf(at(node, keyword))
          .filter(([key]) => keyword !== "properties" || !leftOut.includes(key))
          .map(([key, each]) => [key, collect(each, within(keyword))]),
      );
    }
    if (isObject(value["discriminator"])) {
      schema["discriminator"] = collectDiscriminator(
        at(node, "discriminator"),
        around,
      );
    }
    return schema;
  };

  /** Whether a part describes or requires what another part of the same schema leaves out. */
  const needsOwnForm = (
    target: SpecNode,
    { leftOut, ...way }: Way,
  ): boolean => {
    if (way.inlined.includes(target.value)) return false;
    const own = directions.leftOut(target, way.direction);
    return leftOut.some(
      (name) => !own.includes(name) && directions.mentions(target, name),
    );
  };

  /** From OpenAPI 3.1 on, a value has to be what a `$ref` leads to and what stands beside it. */
  const collectBoth = (node: SpecNode, way: Way): Schema => {
    const { $ref: reference, ...siblings } = node.value as SpecObject;
    const target = { ...node, value: { $ref: reference } };
    const beside = is30
      ? { nullable: true }
      : (collect({ ...node, value: siblings }, way) as SchemaObject);
    const { nullable, description, ...more } = beside;
    const shape = isType(more, "object") ? {} : more;
    return {
      ...(nullable !== undefined && { nullable }),
      ...(description !== undefined && { description }),
      allOf: [
        collect(target, way),
        ...(Object.keys(shape).length > 0 ? [shape] : []),
      ],
    };
  };

  const collectDiscriminator = (node: SpecNode, way: Way): SchemaObject => {
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
      refer(named.value === undefined ? reference : named, way, mapping, value);
    }
    return { propertyName: at(node, "propertyName").value, mapping };
  };

  return {
    collect: (node, direction = "answer", carrier = "json") =>
      collect(node, { ...plainWay, direction, carrier }),
    claims: () => {
      for (let next = pending.pop(); next; next = pending.pop()) {
        drafts.push({ ...next, schema: collect(next.node, next.way) });
      }
      // By place, so that neither the order of use nor the number of files matters.
      const order = ({ place, named, isForRequests }: Draft): string =>
        `${placeOf(document, named)}${isForRequests ? requests : ""} ${place}`;
      drafts.sort((left, right) => (order(left) < order(right) ? -1 : 1));
      return drafts.map((draft) => ({
        key: draft.place,
        kind: "plain",
        wanted: wantedName(draft, known),
        content: () => schemaContent(digestTexts(draft.schema), (name) => name),
      }));
    },
    finish: (names) => {
      const nameOf = (place: string): string => names.get(place) ?? "";
      for (const settle of references) settle(nameOf);
      const named = withoutAlternativesOfParents(
        drafts.map((draft) => ({ ...draft, name: nameOf(draft.place) })),
      );
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

function hasSiblings(value: SpecObject, is30: boolean): boolean {
  // Keywords beside a reference mean nothing in OpenAPI 3.0, but documents that say this send null.
  return is30
    ? value["nullable"] === true
    : siblingKeywords.some((keyword) => keyword in value);
}

/** Whether a schema says its type and nothing else; beside a `$ref`, that it is an object says nothing new. */
function isType(schema: SchemaObject, type: string): boolean {
  return schema["type"] === type && Object.keys(schema).length === 1;
}

/** The target of a `$ref`; on the way, a `$ref` with keywords beside it is a schema of its own. */
function followToSiblings(
  document: SpecDocument,
  node: SpecNode,
  is30: boolean,
): SpecNode {
  if (!isObject(node.value) || typeof node.value["$ref"] !== "string") {
    return node;
  }
  const id = `${node.source.absoluteRef}::${node.value["$ref"]}`;
  const hops = document.references.get(id)?.chain ?? [];
  const hop = hops.find(
    (each) => isObject(each.node) && hasSiblings(each.node, is30),
  );
  if (!hop) return follow(document, node);
  const { source, pointer } = hop.location;
  return { value: hop.node, source, pointer };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/**
 * A name says of which form a schema is when there are several: that for requests of `Item`
 * is `ItemRequest`, and of `ItemRequest` it is `ItemRequestInput`; that for multipart forms
 * is `ItemForm` where JSON has it as well.
 */
function wantedName(
  { place, inJson, named, isForRequests }: Referred,
  known: ReadonlySet<string>,
): string {
  const name = typeName(describedName(named));
  const ofRequests = name.endsWith("Request") ? "Input" : "Request";
  const isSecond = place !== inJson && known.has(inJson);
  return name + (isForRequests ? ofRequests : "") + (isSecond ? "Form" : "");
}

/** A referenced schema is called after its key, a file that is one schema after the file. */
function describedName(node: SpecNode): string {
  const key = pointerSegments(node.pointer).at(-1);
  if (key !== undefined) return key;
  const file = node.source.absoluteRef.split(/[\\/]/).at(-1) ?? "";
  return file.replace(/\.[^.]*$/, "");
}
