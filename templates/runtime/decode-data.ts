import { decodeEnvelope } from "./decode.js";
import type { Decode } from "./decode.js";

/** Reads the answer of an operation that brings `data`. */
export const decodeData: Decode = (operation, answer) =>
  decodeEnvelope(operation, answer, (envelope) => envelope["data"]);
