/** Keywords whose value is one schema. */
export const schemaKeywords = [
  "items",
  "additionalProperties",
  "propertyNames",
  "not",
  "then",
  "else",
] as const;

/** Keywords whose value is a list of schemas. */
export const listKeywords = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;

/** Keywords whose value is a map of schemas. */
export const mapKeywords = [
  "properties",
  "patternProperties",
  "dependentSchemas",
] as const;

/** Keywords that make a difference beside a `$ref`, from OpenAPI 3.1 on. */
export const siblingKeywords: readonly string[] = [
  "type",
  "nullable",
  "enum",
  "const",
  "required",
  "x-extensible-enum",
  ...schemaKeywords,
  ...listKeywords,
  ...mapKeywords,
];

/** Keywords that are kept as they are. */
export const plainKeywords: readonly string[] = [
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
];
