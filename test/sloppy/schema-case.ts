/** A schema as documents have it, and the values that its type has to allow and to refuse. */
export interface SchemaCase {
  readonly name: string;
  readonly schema: unknown;
  /** Schemas that it refers to, by name. */
  readonly others?: Readonly<Record<string, unknown>>;
  /** TypeScript expressions. */
  readonly accepts: readonly string[];
  readonly refuses: readonly string[];
  /** Codes of the warnings that it is generated with. */
  readonly warnings?: readonly string[];
}

export const ref = (name: string): object => ({
  $ref: `#/components/schemas/${name}`,
});

export const named = (properties: object): object => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string" }, ...properties },
});

export const withA: Readonly<Record<string, unknown>> = {
  type: "object",
  required: ["a"],
  properties: { a: { type: "string" } },
};
