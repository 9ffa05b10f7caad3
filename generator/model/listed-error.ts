import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SpecNode } from "../load/spec-document.js";
import type { ErrorProvenance, Schema, SchemaObject } from "./api-model.js";

/** What tells one error from another. */
export interface ErrorIdentity {
  readonly code: string;
  /** Undefined unless it is a violation, like the sub-code. */
  readonly entityType: string | undefined;
  readonly subCode: string | undefined;
}

/** An error that an operation documents without a schema. */
export interface ListedError extends ErrorIdentity {
  readonly status: string | undefined;
  readonly meaning: string | undefined;
  /** Page of the operation in the API's documentation. */
  readonly url: string | undefined;
  /** Where it is listed. */
  readonly node: SpecNode;
  readonly provenance: Exclude<ErrorProvenance, "schema">;
}

/** Errors that stand in tables of the operations' Markdown. */
export interface ErrorTables {
  readonly byOperation: ReadonlyMap<string, readonly ListedError[]>;
  /** What looks like part of such a table and could not be read. */
  readonly warnings: readonly Diagnostic[];
}

/** What a description without such tables has. */
export const noErrorTables: ErrorTables = {
  byOperation: new Map(),
  warnings: [],
};

/**
 * The schema of an error that has none of its own.
 *
 * @param common - what the description says of every error, if it does
 */
export function listedErrorSchema(
  { code, entityType, subCode }: ErrorIdentity,
  common: Schema | undefined,
): Schema {
  const base = typeof common === "object" ? common : anyError;
  const { properties = {}, required = [] } = base;
  const constants = Object.entries({
    code,
    entity_type: entityType,
    sub_code: subCode,
  }).filter(([, value]) => value !== undefined);
  return {
    type: "object",
    required: [
      ...new Set([
        ...(required as readonly string[]),
        ...constants.map(([name]) => name),
      ]),
    ],
    properties: {
      ...(properties as SchemaObject),
      ...Object.fromEntries(
        constants.map(([name, value]) => [
          name,
          { type: "string", const: value },
        ]),
      ),
    },
  };
}

/** The fields that every error of the API has. */
const anyError: SchemaObject = {
  required: ["code", "message"],
  properties: {
    message: {
      type: "string",
      description: "What went wrong, in plain language.",
    },
  },
};
