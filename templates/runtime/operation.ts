import type { Decode } from "./decode.js";
import type { Encode } from "./encode.js";
import type { DocumentedErrors } from "./errors.js";
import type { Parameter } from "./parameter.js";

/** What the client needs to know of an API method at run time. */
export interface Operation {
  /** Name of the API method, such as `propay.execute`. */
  readonly name: string;
  /** HTTP method in upper case. */
  readonly method: string;
  /** Path below the base URL. */
  readonly path: string;
  /** `read` operations can be repeated safely. */
  readonly effect: "read" | "write";
  /** Puts an input into a request; it becomes the JSON body unless given. */
  readonly encode?: Encode;
  /** Parameters outside the body, for `encodeParameters`. */
  readonly parameters?: readonly Parameter[];
  /** Media type of the body, for `encodeParameters`; JSON unless given. */
  readonly mediaType?: string;
  /** Reads the operation's answers. */
  readonly decode: Decode;
  /** Documented errors: those of shared responses, and the operation's own. */
  readonly errors: readonly DocumentedErrors[];
}
