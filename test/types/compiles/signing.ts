// Signers of one's own, with the platform's own cryptography.
import { createClient, ksig1 } from "../../../generated/index.js";
import type {
  Client,
  Hmac,
  Ksig1Credentials,
  Signer,
  SigningRequest,
} from "../../../generated/index.js";

declare const key: CryptoKey;
declare const credentials: Ksig1Credentials;

async function digest(
  body: Parameters<typeof crypto.subtle.digest>[1],
): Promise<string> {
  return String((await crypto.subtle.digest("SHA-256", body)).byteLength);
}

export const ownSigner: Signer = async ({ body }) => ({
  "x-digest": await digest(body),
});

const hmac: Hmac = async (message) =>
  new Uint8Array(await crypto.subtle.sign("HMAC", key, message));

export const withOwnHmac: Client = createClient({
  signer: ksig1({ apiKey: "sb_key", authToken: "token", hmac }),
});

export const withBodyDigest: Signer = ksig1(credentials, {
  elements: ["API-Key", "Content-MD5"],
  stringToSign: (values) => values["Content-MD5"] ?? "",
  contentMd5: digest,
});

/** Bytes of whichever buffer are taken too. */
export const anyBytes: Hmac = (message: Uint8Array): Uint8Array => message;

export const bodyOf = ({ body }: SigningRequest): Uint8Array => body;
