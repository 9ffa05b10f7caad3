import { Refusal, encoder } from "./request.js";
import type { Bytes, Signer, SigningRequest } from "./types.js";

/** A data element that KSig1 can sign. `URL-Path` is documented as not supported yet. */
export type DataElement =
  | "API-Key"
  | "HTTP-Verb"
  | "Timestamp"
  | "API-Version"
  | "Nonce"
  | "Content-MD5";

/** The values of the data elements that are signed, by name. */
export type DataElementValues = Readonly<Partial<Record<DataElement, string>>>;

/** HMAC-SHA256 with the decoded secret key, for keys that live elsewhere, in a KMS or HSM. */
export type Hmac = (message: Bytes) => Uint8Array | Promise<Uint8Array>;

/** Credentials of one account; a set works in exactly one environment. */
export type Ksig1Credentials = {
  /** Starts with `sb_` (sandbox) or `lv_` (live). */
  readonly apiKey: string;
  readonly authToken: string;
} & (
  | {
      /** Base64, as issued; its decoded bytes are the HMAC key. */
      readonly secretKey: string;
      readonly hmac?: never;
    }
  | { readonly hmac: Hmac; readonly secretKey?: never }
);

/** Seams for tests and for formats that the documentation leaves open. */
interface Sources {
  /** Milliseconds since the epoch; `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
  /** A new nonce; a random UUID unless given. */
  readonly nonce?: (() => string) | undefined;
}

/** Signs the API key alone, which is all that Kompliant requires. */
interface ApiKeyOnly extends Sources {
  readonly elements?: readonly ["API-Key"] | undefined;
  readonly stringToSign?: undefined;
  readonly contentMd5?: undefined;
}

/** Signs several data elements. How they are joined is not publicly documented, so you say it. */
interface SeveralElements extends Sources {
  /** What to sign, `API-Key` included, in the order of `X-API-Signed-Elements`. */
  readonly elements: readonly DataElement[];
  /** Joins the elements' values to the string to sign. */
  readonly stringToSign: (values: DataElementValues) => string;
  /** Content-MD5 of the body, required when `Content-MD5` is signed: its encoding is not publicly documented. */
  readonly contentMd5?: ((body: Bytes) => string | Promise<string>) | undefined;
}

export type Ksig1Options = ApiKeyOnly | SeveralElements;

/**
 * Kompliant Signature Version 1: `Authorization: KSig1-HMAC-SHA256 <signature>`,
 * where the signature is Base64(HMAC-SHA256(decoded secret key, string to sign)).
 *
 * @param credentials - API key, auth token and secret key, or a function that signs
 * @param options - data elements beyond the API key and how they are joined
 * @returns a signer for `createClient`; credentials cannot be read back from it
 * @throws {TypeError} when a credential or an option cannot work; the message never repeats a credential
 * @see https://developer.kompliant.com/docs/authentication
 * @see https://developer.kompliant.com/docs/data-elements
 */
export function ksig1(
  credentials: Ksig1Credentials,
  options: Ksig1Options = {},
): Signer {
  const { apiKey, authToken, secretKey, hmac } = credentials;
  for (const [name, value] of Object.entries({ apiKey, authToken })) {
    const isPlain = typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
    must(isPlain, `${name} must be visible ASCII`);
  }
  must(/^(sb|lv)_/.test(apiKey), 'apiKey must start with "sb_" or "lv_"');
  const elements = [...(options.elements ?? (["API-Key"] as const))];
  const sources = elementSources(apiKey, options);
  for (const name of elements) {
    must(Object.hasOwn(sources, name), `"${name}" is not a data element`);
  }
  must(elements.includes("API-Key"), 'elements must include "API-Key"');
  const isDistinct = new Set(elements).size === elements.length;
  must(isDistinct, "elements must be distinct");
  const { stringToSign, contentMd5, now, nonce } = options;
  must(
    stringToSign ?? elements.length === 1,
    "options.stringToSign is required",
  );
  must(
    contentMd5 ?? !elements.includes("Content-MD5"),
    "options.contentMd5 is required",
  );
  const functions = { hmac, stringToSign, contentMd5, now, nonce };
  for (const [name, value] of Object.entries(functions)) {
    const isCallable = value === undefined || typeof value === "function";
    must(isCallable, `${name} must be a function`);
  }
  const sign = rememberLast(hmac ?? hmacSha256(secretKey));
  return async (request) => {
    const values: Record<string, string> = {};
    const headers: Record<string, string> = {
      "x-api-key": apiKey,
      "x-api-auth-token": authToken,
    };
    for (const element of elements) {
      const [header, read] = sources[element];
      const value = await read(request);
      // HTTP drops white space around a header's value, and sends other characters than
      // ASCII in another encoding than the one that is signed: nothing would match.
      must(
        typeof value === "string" && /^[!-~](?:[ -~]*[!-~])?$/.test(value),
        `${element} must be text in ASCII without space around it`,
      );
      const isTime = element !== "Timestamp" || /^\d+$/.test(value);
      must(isTime, "options.now must return a time");
      values[element] = value;
      if (header) headers[header] = value;
    }
    if (elements.length > 1) {
      headers["x-api-signed-elements"] = elements.join(";");
    }
    const text: unknown = stringToSign ? stringToSign(values) : apiKey;
    must(typeof text === "string", "stringToSign must return text");
    request.onSigned?.({ elements, stringToSign: text });
    headers["authorization"] = await sign(text);
    return headers;
  };
}

function must(condition: unknown, problem: string): asserts condition {
  if (!condition) throw new Refusal(`ksig1: ${problem}`);
}

/** The header that carries an element's value, if one does, and what reads the value. */
type ElementSources = Readonly<
  Record<
    DataElement,
    readonly [
      header: string,
      read: (
        request: SigningRequest,
      ) => string | null | undefined | Promise<string>,
    ]
  >
>;

function elementSources(
  apiKey: string,
  {
    now = Date.now,
    nonce = () => crypto.randomUUID(),
    contentMd5,
  }: Ksig1Options,
): ElementSources {
  return {
    "API-Key": ["", () => apiKey],
    "HTTP-Verb": ["", ({ method }) => method],
    Timestamp: ["x-api-timestamp", () => String(Math.floor(now() / 1000))],
    "API-Version": ["x-api-version", (r) => r.headers.get("x-api-version")],
    Nonce: ["x-api-nonce", nonce],
    "Content-MD5": ["x-api-content-hash", ({ body }) => contentMd5?.(body)],
  };
}

function hmacSha256(secretKey = ""): Hmac {
  let text = "";
  try {
    text = atob(secretKey);
  } catch {
    // The platform's message might repeat the key.
  }
  const isBase64 = text !== "" && btoa(text) === secretKey;
  must(isBase64, "secretKey must be Base64, as issued");
  const key = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const { subtle } = crypto;
  const imported = subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return async (message) =>
    new Uint8Array(await subtle.sign("HMAC", await imported, message));
}

/** Signing the same string again gives the same signature, so it is not done again once it is there. */
function rememberLast(hmac: Hmac): (text: string) => Promise<string> {
  let last: { readonly text: string; readonly signature: string } | undefined;
  return async (text) => {
    // Calls that sign at the same time do not share: one that fails fails alone.
    if (last?.text === text) return last.signature;
    const mac: unknown = await hmac(encoder.encode(text));
    const isMac = ArrayBuffer.isView(mac) && mac.byteLength === 32;
    must(isMac, "hmac must return 32 bytes");
    const bytes = new Uint8Array(mac.buffer, mac.byteOffset, 32);
    const base64 = btoa(String.fromCharCode(...bytes));
    const signature = `KSig1-HMAC-SHA256 ${base64}`;
    last = { text, signature };
    return signature;
  };
}
