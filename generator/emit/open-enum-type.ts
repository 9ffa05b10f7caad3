import ts from "typescript";
import type { SchemaObject } from "../model/api-model.js";

/** The type that open enums add to their known values; see the run-time's `open-enum.ts`. */
export const unrecognized = "Unrecognized";

/** An enum that may grow: the known values, and a branded string for any other. */
export function openEnumType(schema: SchemaObject): ts.TypeNode | undefined {
  const texts = knownTexts(schema);
  if (texts === undefined) return undefined;
  const { factory } = ts;
  const isNullable =
    [schema["type"], schema["x-extensible-enum"]].some(listsNull) ||
    schema["nullable"] === true;
  return factory.createUnionTypeNode([
    ...texts.map((text) =>
      factory.createLiteralTypeNode(factory.createStringLiteral(text)),
    ),
    factory.createTypeReferenceNode(unrecognized),
    ...(isNullable
      ? [factory.createLiteralTypeNode(factory.createNull())]
      : []),
  ]);
}

/** The known values of an enum of texts that may grow. No type tells known numbers from others. */
export function knownTexts(
  schema: SchemaObject,
): readonly string[] | undefined {
  const values = schema["x-extensible-enum"];
  if (!Array.isArray(values)) return undefined;
  const texts = values.filter((value) => typeof value === "string");
  const others = values.filter((value) => typeof value !== "string");
  return texts.length > 0 && others.every((value) => value === null)
    ? texts
    : undefined;
}

function listsNull(values: unknown): boolean {
  return (
    Array.isArray(values) && (values.includes(null) || values.includes("null"))
  );
}
