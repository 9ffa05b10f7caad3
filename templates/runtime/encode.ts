import type { Operation } from "./operation.js";

/** Bytes in a type that `fetch` and WebCrypto take, under TypeScript before and after 5.7. */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>["encode"]>;

/** What an input makes of a request. */
export interface EncodedInput {
  /** Path with its query, below the base URL. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when the request has no body. */
  readonly body: Bytes;
}

/** Puts an operation's input into a request. */
export type Encode = (
  operation: Operation,
  input: unknown,
) => EncodedInput | Promise<EncodedInput>;

/** The input as JSON body; no body when there is no input. */
export const encodeJson: Encode = ({ path }, input) => ({
  path,
  headers: input === undefined ? {} : { "content-type": "application/json" },
  body: new TextEncoder().encode(
    input === undefined ? "" : JSON.stringify(input),
  ),
});
