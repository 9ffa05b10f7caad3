import type { UserContext } from "@redocly/openapi-core";
import { didYouMean } from "../../diagnostics/nearest.js";
import { diagnosticAt, isObject } from "../spec-document.js";
import type { Report, Rule } from "./rule.js";

type Location = UserContext["location"];
type Keywords = Readonly<Record<string, unknown>>;

/** A schema as it stands in the document. */
interface VisitedSchema {
  readonly schema: Keywords;
  readonly location: Location;
  readonly is30: boolean;
  /** Keywords of the version of the document. */
  readonly known: readonly string[];
}

/** Keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have. */
const newKeywords = [
  "const",
  "prefixItems",
  "patternProperties",
  "propertyNames",
  "contains",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "dependentRequired",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "examples",
  "$defs",
  "$id",
  "$schema",
  "$anchor",
  "$comment",
];

/** Schemas use the keywords of their version, and do not contradict themselves. */
export const schemas: Rule = (report) => ({
  ref: (node, { location, type, specVersion }) => {
    if (type.name !== "Schema") return;
    checkSiblings({ ...node }, location, specVersion === "oas3_0", report);
  },
  Schema: (node: unknown, { location, type, specVersion }) => {
    if (!isObject(node)) return;
    const visited: VisitedSchema = {
      schema: node,
      location,
      is30: specVersion === "oas3_0",
      known: Object.keys(type.properties),
    };
    checkKeywords(visited, report);
    checkType(visited, report);
    checkNumbers(visited, report);
    checkEnum(visited, report);
    checkRequired(visited, report);
    if (!visited.is30) checkDynamicRef(visited, report);
  },
});

/** What stands beside a `$ref`: nothing that counts in OpenAPI 3.0, any keyword in 3.1. */
function checkSiblings(
  siblings: Keywords,
  location: Location,
  is30: boolean,
  report: Report,
): void {
  for (const keyword of Object.keys(siblings)) {
    const isText = ["$ref", "description", "summary"].includes(keyword);
    if (isText || keyword.startsWith("x-")) continue;
    const place = location.child(keyword);
    if (is30) {
      report(
        diagnosticAt(
          place,
          "spec-other-version",
          `OpenAPI 3.0 ignores "${keyword}" beside a $ref`,
          {
            onKey: true,
            help:
              keyword === "nullable"
                ? "Put the $ref into an allOf, and the keyword beside that; it is read like that."
                : "It is ignored here as well. Put the $ref into an allOf, and the keyword beside that.",
          },
        ),
      );
    } else if (keyword === "nullable" && siblings[keyword] === true) {
      reportNullable(place, undefined, report);
    }
  }
}

function reportNullable(place: Location, type: unknown, report: Report): void {
  report(
    diagnosticAt(
      place,
      "spec-other-version",
      "OpenAPI 3.1 has no nullable: null is a type there",
      { onKey: true, help: nullableHelp(type) },
    ),
  );
}

function checkKeywords(
  { schema, location, is30, known }: VisitedSchema,
  report: Report,
): void {
  for (const keyword of Object.keys(schema)) {
    if (known.includes(keyword) || keyword.startsWith("x-")) continue;
    if (keyword === "$ref") continue;
    const place = location.child(keyword);
    if (keyword === "nullable") {
      if (schema[keyword] === true) {
        reportNullable(place, schema["type"], report);
      }
    } else if (is30 && newKeywords.includes(keyword)) {
      const message = `OpenAPI 3.0 has no ${keyword}: it came with 3.1`;
      report(
        diagnosticAt(place, "spec-other-version", message, { onKey: true }),
      );
    } else {
      const help = didYouMean(keyword, known);
      report(
        diagnosticAt(
          place,
          is30 && help !== undefined
            ? "spec-misspelt-field"
            : "spec-unknown-keyword",
          `"${keyword}" is no keyword of a schema`,
          { onKey: true, ...(help !== undefined && { help }) },
        ),
      );
    }
  }
}

/** Which schema it leads to depends on the way to it, which no type can say. */
function checkDynamicRef(
  { schema, location }: VisitedSchema,
  report: Report,
): void {
  if (schema["$dynamicRef"] === undefined) return;
  report(
    diagnosticAt(
      location.child("$dynamicRef"),
      "spec-dynamic-ref",
      "what a $dynamicRef leads to is typed as unknown",
      { onKey: true },
    ),
  );
}

function nullableHelp(type: unknown): string {
  return typeof type === "string"
    ? `Write type: [${type}, "null"] instead; it is read like that.`
    : 'Add { type: "null" } as an alternative instead; it is read like that.';
}

/** What JSON calls the types that a schema may name. */
const typeNames = [
  "object",
  "array",
  "string",
  "number",
  "integer",
  "boolean",
  "null",
];

function checkType(
  { schema, location, is30 }: VisitedSchema,
  report: Report,
): void {
  const { type } = schema;
  const place = location.child("type");
  if (is30 && (Array.isArray(type) || type === "null")) {
    report(
      diagnosticAt(
        place,
        "spec-other-version",
        "OpenAPI 3.0 has one type for each schema, and nullable beside it",
        {
          help: 'Write nullable: true beside the type, or let the document begin with "openapi: 3.1.0"; it is read like that.',
        },
      ),
    );
  }
  const types: readonly unknown[] = Array.isArray(type)
    ? (type as readonly unknown[])
    : "type" in schema
      ? [type]
      : [];
  for (const each of types) {
    if (each === null && Array.isArray(type)) {
      report(
        diagnosticAt(
          place,
          "spec-sloppy",
          "null in a list of types is a text like the others",
          { help: 'Write "null" in quotes; it is read like that.' },
        ),
      );
    } else if (!typeNames.includes(each as string)) {
      const help = didYouMean(String(each), typeNames);
      report(
        diagnosticAt(
          place,
          "spec-value",
          `${describe(each)} is no type; there are ${typeNames.join(", ")}`,
          { ...(help !== undefined && { help }) },
        ),
      );
    }
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null
    ? "a map"
    : typeof value === "string"
      ? `"${value}"`
      : String(value);
}

/** YAML has numbers that JSON has not, so that no request and no response can hold them. */
function checkNumbers(
  { schema, location }: VisitedSchema,
  report: Report,
): void {
  const check = (value: unknown, place: Location): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        check(member, place.child(key));
      }
    }
    if (typeof value !== "number" || Number.isFinite(value)) return;
    report(
      diagnosticAt(place, "spec-value", `${value} is no number in JSON`, {
        help: "Remove it: no request and no response can hold it.",
      }),
    );
  };
  for (const keyword of ["const", "default", "enum"]) {
    check(schema[keyword], location.child(keyword));
  }
}

function checkEnum({ schema, location }: VisitedSchema, report: Report): void {
  const { type, enum: values, nullable } = schema;
  if (!Array.isArray(values) || type === undefined) return;
  const types: readonly unknown[] = Array.isArray(type)
    ? (type as readonly unknown[])
    : [type];
  values.forEach((value: unknown, index) => {
    if (value === null && (nullable === true || types.includes(null))) return;
    if (types.some((each) => isOfType(value, each))) return;
    report(
      diagnosticAt(
        location.child(["enum", index]),
        "spec-enum",
        `${JSON.stringify(value)} can never be a value: the type is ${types.join(" or ")}`,
        { help: enumHelp(value, types) },
      ),
    );
  });
}

function enumHelp(value: unknown, types: readonly unknown[]): string {
  if (value === null) return "Let the type include null as well.";
  return types.includes("string") && typeof value !== "object"
    ? `Put it in quotes: "${JSON.stringify(value)}".`
    : "Correct the type or the value: no value can be both.";
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    default:
      // A type that does not exist is reported as such.
      return true;
  }
}

/** Only where the schema alone says what there is: parts of a composition complete each other. */
function checkRequired(
  { schema, location }: VisitedSchema,
  report: Report,
): void {
  const { required, properties } = schema;
  const isWhole =
    isObject(properties) &&
    !["$ref", "allOf", "anyOf", "oneOf", "patternProperties"].some(
      (keyword) => keyword in schema,
    ) &&
    (schema["additionalProperties"] ?? true) === true &&
    !/\/(?:allOf|anyOf|oneOf)\/\d+$/.test(location.pointer);
  if (!isWhole || !Array.isArray(required)) return;
  required.forEach((name: unknown, index) => {
    if (typeof name !== "string" || Object.hasOwn(properties, name)) return;
    const help = didYouMean(name, Object.keys(properties));
    report(
      diagnosticAt(
        location.child(["required", index]),
        "spec-required",
        `the required property "${name}" is not described`,
        { ...(help !== undefined && { help }) },
      ),
    );
  });
}
