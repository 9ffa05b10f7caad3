// The build puts this in the place of `node:crypto`; see build.config.mjs. Importing
// that as a module evaluates all of it, web cryptography included, which takes longer
// than proving that nothing has changed.
import type * as Crypto from "node:crypto";
import process from "node:process";

const crypto: typeof Crypto = process.getBuiltinModule("node:crypto");

export const createHash: typeof crypto.createHash = crypto.createHash;
export const randomUUID: typeof crypto.randomUUID = crypto.randomUUID;
