import type { NormalizedProblem } from "@redocly/openapi-core";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { pointerSegments } from "./pointer.js";
import { diagnosticAt } from "./spec-document.js";

/** What Redocly says about the form of a document, and what we say instead. */
interface Wording {
  readonly says: RegExp;
  readonly code: DiagnosticCode;
  readonly message: (...groups: string[]) => string;
  readonly help?: (...groups: string[]) => string;
}

const wordings: readonly Wording[] = [
  {
    says: /^Property `(.*)` is not expected here/s,
    code: "spec-unknown-field",
    message: (name) => `"${name}" is no field that has a meaning here`,
  },
  {
    says: /^The field `(.*)` is not allowed here/s,
    code: "spec-unknown-field",
    message: (name) =>
      `"${name}" does not go together with what stands beside it`,
  },
  {
    says: /^The field `(.*)` must be present on this level/s,
    code: "spec-missing-field",
    message: (name) => `the field "${name}" is missing`,
    help: (name) =>
      `Add "${name}": the OpenAPI specification requires it here.`,
  },
  {
    says: /^Must contain at least one of the following fields: (.*?)\.?$/s,
    code: "spec-missing-field",
    message: (names) => `one of these fields is missing: ${names}`,
  },
  {
    says: /^Expected type `Schema` \(object\) but got `null`/,
    code: "spec-sloppy",
    message: () => "the schema is empty: it is taken for any value",
    help: () => "Write {} for a schema that allows everything.",
  },
  {
    says: /^Expected type `Schema` \(object\) but got `boolean`/,
    code: "spec-other-version",
    message: () => "true and false are schemas from OpenAPI 3.1 on",
  },
  {
    says: /^Expected type `string` but got `(number|integer|boolean)`/,
    code: "spec-value",
    message: (found) => `a text has to stand here, not ${kindName(found)}`,
    help: () => "Put it in quotes.",
  },
  {
    says: /^Expected type `(\w+)` but got `(\w+)`/,
    code: "spec-value",
    message: (wanted, found) =>
      `${kindName(wanted)} has to stand here, not ${kindName(found)}`,
  },
  {
    says: /^Expected type `(.*)` \((\w+)\) but got `(\w+)`/,
    code: "spec-value",
    message: (type, wanted, found) =>
      `${kindName(wanted)} has to stand here (${type}), not ${kindName(found)}`,
  },
  {
    says: /^`(.*)` can be one of the following only: (.*)$/s,
    code: "spec-value",
    message: (name, values) =>
      `"${name}" must be one of ${values.replace(/\.$/, "")}`,
  },
];

/** What JSON calls the kinds of values, as the diagnostics call them. */
const kindNames: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "nothing",
};

function kindName(kind = ""): string {
  return kindNames[kind] ?? kind;
}

/**
 * What a problem that Redocly found with the form of a document is reported as.
 *
 * @param always - the code for documents other than descriptions
 */
export function problemDiagnostic(
  problem: NormalizedProblem,
  always?: DiagnosticCode,
): Diagnostic {
  const { message, suggest } = problem;
  const [{ source, pointer = "#/", reportOnKey = false }] =
    problem.location as [
      Readonly<{
        source: NormalizedProblem["location"][number]["source"];
        pointer?: string;
        reportOnKey?: boolean;
      }>,
    ];
  const wording = wordings.find(({ says }) => says.test(message));
  const [, ...groups] = wording?.says.exec(message) ?? [];
  const code = wording?.code ?? "spec-value";
  const isUnknown = code === "spec-unknown-field";
  const meant = suggest[0] ?? (isUnknown ? pathMeant(pointer) : undefined);
  const help =
    meant === undefined
      ? wording?.help?.(...groups)
      : `Did you mean "${meant}"?`;
  const isMisspelt = isUnknown && meant !== undefined;
  return diagnosticAt(
    { source, pointer },
    always ??
      (isBeside(pointer)
        ? "spec-sloppy"
        : isMisspelt
          ? "spec-misspelt-field"
          : code),
    wording?.message(...groups) ?? message.replace(/\.$/, ""),
    { onKey: reportOnKey, ...(help !== undefined && { help }) },
  );
}

/**
 * The path that an entry of `paths` without a slash was meant to be. Such an entry must
 * not become an operation: behind an address its name would be part of the host's.
 */
function pathMeant(pointer: string): string | undefined {
  const [first, name, ...others] = pointerSegments(pointer);
  if (first !== "paths" || name === undefined || others.length > 0) {
    return undefined;
  }
  return `/${name}`;
}

/** Fields that the client does not depend on, whatever they hold. */
const besideTheClient: ReadonlySet<string> = new Set([
  "callbacks",
  "contact",
  "example",
  "examples",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "externalDocs",
  "license",
  "links",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "security",
  "securitySchemes",
  "tags",
  "termsOfService",
  "title",
  "uniqueItems",
  "xml",
]);

/** Maps whose keys are names and no fields. */
const namedMembers: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "paths",
  "webhooks",
  "mapping",
]);

function isBeside(pointer: string): boolean {
  const segments = pointerSegments(pointer);
  return segments.some(
    (segment, index) =>
      besideTheClient.has(segment) &&
      !namedMembers.has(segments[index - 1] ?? "") &&
      !(segment === "title" && segments[index - 1] === "info"),
  );
}
