/** A parameter outside the body, as the API description defines it. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  /** How lists and objects are written; the default of the place unless given. */
  readonly style?: string;
  readonly explode?: boolean;
  /** The value is sent as JSON. */
  readonly json?: true;
}
