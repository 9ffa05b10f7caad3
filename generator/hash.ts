import { createHash } from "node:crypto";

/** SHA-256 of a text in Base64url, as the lock file records it. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
