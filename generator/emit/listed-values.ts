import type { Schema, SchemaObject } from "../model/api-model.js";
import { referencedName } from "./described-property.js";

/** The named schemas that the references of a model mean. */
type Named = ReadonlyMap<string, Schema>;

/**
 * The only values that a schema allows, as its `enum` or `const` says, or those of the
 * schemas that it refers to or is composed of; undefined when it allows others.
 */
export function listedValues(
  schema: Schema,
  named: Named,
): readonly unknown[] | undefined {
  return valuesOf(schema, named, listedHere, new Set());
}

/**
 * The only values that a schema allows for one of its properties; undefined when it
 * allows others.
 *
 * @param alternative - what is known of a named alternative besides what its schema says
 */
export function listedValuesOfProperty(
  schema: Schema,
  property: string,
  named: Named,
  alternative: (name: string) => readonly unknown[] | undefined,
): readonly unknown[] | undefined {
  const listedThere = ({ properties = {} }: SchemaObject): Values => {
    const described = properties as Readonly<Record<string, Schema>>;
    return Object.hasOwn(described, property)
      ? listedValues(described[property] ?? true, named)
      : undefined;
  };
  return valuesOf(schema, named, listedThere, new Set(), alternative);
}

type Values = readonly unknown[] | undefined;

/** Values that all parts of a schema have in common, of which each says what it allows. */
function valuesOf(
  schema: Schema,
  named: Named,
  listed: (schema: SchemaObject) => Values,
  seen: ReadonlySet<Schema>,
  alternative: (name: string) => Values = () => undefined,
): Values {
  // What a schema says about itself adds nothing.
  if (typeof schema === "boolean" || seen.has(schema)) return undefined;
  const within = new Set([...seen, schema]);
  const valuesWithin = (each: Schema): Values =>
    valuesOf(each, named, listed, within, alternative);
  const { $ref: reference, allOf = [] } = schema;
  const target = named.get(referencedName(reference) ?? "");
  const parts = [
    ...(allOf as readonly Schema[]),
    ...(target === undefined ? [] : [target]),
  ];
  const unions = ["oneOf", "anyOf"]
    .map((keyword) => schema[keyword] as readonly Schema[] | undefined)
    .filter((members) => members !== undefined);
  return [
    listed(schema),
    ...parts.map(valuesWithin),
    ...unions.map((members) =>
      joined(
        members.map((member) => {
          const name =
            typeof member === "boolean"
              ? undefined
              : referencedName(member["$ref"]);
          return (
            (name === undefined ? undefined : alternative(name)) ??
            valuesWithin(member)
          );
        }),
      ),
    ),
  ].reduce(common);
}

/** What can be a value of one alternative or another. */
function joined(alternatives: readonly Values[]): Values {
  const known = alternatives.filter((values) => values !== undefined);
  return known.length > 0 && known.length === alternatives.length
    ? [...new Set(known.flat())]
    : undefined;
}

/** What both allow; where that is nothing, what the first one says. */
function common(first: Values, second: Values): Values {
  if (first === undefined || second === undefined) return first ?? second;
  const both = first.filter((value) => second.includes(value));
  return both.length > 0 ? both : first;
}

function listedHere(schema: SchemaObject): Values {
  if ("const" in schema) return [schema["const"]];
  const values = schema["enum"];
  return Array.isArray(values) && values.length > 0
    ? (values as readonly unknown[])
    : undefined;
}
