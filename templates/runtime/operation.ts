import type { Decode } from "./decode.js";
import type { EncodedInput } from "./request.js";

/** What the client knows of an API method at run time. */
export interface Operation {
  /** Name of the API method, such as `propay.execute`. */
  readonly name: string;
  /** HTTP method in upper case. */
  readonly method: string;
  /** Path below the base URL. */
  readonly path: string;
  /** `read` operations can be repeated safely; the description says which they are. */
  readonly effect: "read" | "write";
  /** Media types to ask for; JSON unless given. */
  readonly accept?: string;
  /** Puts an input into a request; it becomes the JSON body unless given. */
  readonly encode?: (
    path: string,
    input: unknown,
  ) => EncodedInput | Promise<EncodedInput>;
  /** Reads the operation's answers. */
  readonly decode: Decode;
  /**
   * Keys of the errors that it documents, as `errorKey` makes them, with `/*` behind a
   * code that may come with any sub-code; those that operations share are in lists.
   */
  readonly errors: readonly (string | readonly string[])[];
}
