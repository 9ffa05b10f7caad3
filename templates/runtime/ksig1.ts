import type { Bytes } from "./encode.js";
import type { HeadersInit, Signer, SigningRequest } from "./signer.js";

/**
 * A name of a data element that KSig1 can sign. `URL-Path` is documented as not
 * supported yet and therefore missing.
 */
export type DataElement =
  | "API-Key"
  | "HTTP-Verb"
  | "Timestamp"
  | "API-Version"
  | "Nonce"
  | "Content-MD5";

/** The values of the data elements that are signed, by name. */
export type DataElementValues = Readonly<Partial<Record<DataElement, string>>>;

/** Signs with a key that this process does not hold, in a KMS or HSM. */
export type Hmac = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

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
  | {
      /** HMAC-SHA256 with the decoded secret key, for keys that live elsewhere. */
      readonly hmac: Hmac;
      readonly secretKey?: never;
    }
);

/** Seams for tests and for formats that the documentation leaves open. */
interface Ksig1Sources {
  /** Milliseconds since the epoch; `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
  /** A new nonce; a random UUID unless given. */
  readonly nonce?: (() => string) | undefined;
}

/** Signs the API key alone, which is all that Kompliant requires. */
interface ApiKeyOnly extends Ksig1Sources {
  readonly elements?: readonly ["API-Key"] | undefined;
  readonly stringToSign?: undefined;
  readonly contentMd5?: undefined;
}

/** Signs several data elements. How they are joined is not publicly documented, so you say it. */
interface SeveralElements extends Ksig1Sources {
  /** What to sign, `API-Key` included, in the order of `X-API-Signed-Elements`. */
  readonly elements: readonly DataElement[];
  /** Joins the elements' values to the string to sign. */
  readonly stringToSign: (values: DataElementValues) => string;
  /** Content-MD5 of the body, required when `Content-MD5` is signed: its encoding is not publicly documented. */
  readonly contentMd5?:
    ((body: Uint8Array) => string | Promise<string>) | undefined;
}

export type Ksig1Options = ApiKeyOnly | SeveralElements;

/** The header that carries a data element; elements without one are part of the request itself. */
const headerOfElement: Readonly<Record<DataElement, string | undefined>> = {
  "API-Key": "X-API-Key",
  "HTTP-Verb": undefined,
  Timestamp: "X-API-Timestamp",
  "API-Version": "X-API-Version",
  Nonce: "X-API-Nonce",
  "Content-MD5": "X-API-Content-Hash",
};

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
  const { apiKey, authToken } = credentials;
  requireHeaderValue("apiKey", apiKey);
  requireHeaderValue("authToken", authToken);
  if (!/^(sb|lv)_/.test(apiKey)) {
    throw new TypeError('ksig1: apiKey must start with "sb_" or "lv_"');
  }
  const elements = options.elements ?? ["API-Key"];
  requireElements(elements, options);
  const sign = rememberLast(
    credentials.hmac ?? hmacSha256(decodeSecretKey(credentials.secretKey)),
  );

  return async (request: SigningRequest): Promise<HeadersInit> => {
    const values = await elementValues(elements, apiKey, options, request);
    const stringToSign = options.stringToSign?.(values) ?? apiKey;
    const headers: Record<string, string> = {
      Authorization: `KSig1-HMAC-SHA256 ${await sign(stringToSign, request.signal)}`,
      "X-API-Key": apiKey,
      "X-API-Auth-Token": authToken,
    };
    if (elements.length > 1) {
      headers["X-API-Signed-Elements"] = elements.join(";");
      for (const element of elements) {
        const header = headerOfElement[element];
        const value = values[element];
        if (header !== undefined && value !== undefined)
          headers[header] = value;
      }
    }
    return headers;
  };
}

async function elementValues(
  elements: readonly DataElement[],
  apiKey: string,
  options: Ksig1Options,
  request: SigningRequest,
): Promise<DataElementValues> {
  const values: Partial<Record<DataElement, string>> = {};
  for (const element of elements) {
    switch (element) {
      case "API-Key":
        values[element] = apiKey;
        break;
      case "HTTP-Verb":
        values[element] = request.method;
        break;
      case "Timestamp":
        values[element] = String(
          Math.floor((options.now ?? Date.now)() / 1000),
        );
        break;
      case "API-Version":
        values[element] = request.headers.get("X-API-Version") ?? "";
        break;
      case "Nonce":
        values[element] = options.nonce?.() ?? crypto.randomUUID();
        break;
      case "Content-MD5":
        values[element] = (await options.contentMd5?.(request.body)) ?? "";
        break;
    }
  }
  return values;
}

function requireElements(
  elements: readonly DataElement[],
  options: Ksig1Options,
): void {
  for (const element of elements) {
    if (!Object.keys(headerOfElement).includes(element)) {
      throw new TypeError(
        `ksig1: "${element}" is not a data element that can be signed`,
      );
    }
  }
  if (!elements.includes("API-Key")) {
    throw new TypeError('ksig1: elements must include "API-Key"');
  }
  if (elements.length > 1 && typeof options.stringToSign !== "function") {
    throw new TypeError(
      "ksig1: options.stringToSign is required when more than the API key is signed",
    );
  }
  if (
    elements.includes("Content-MD5") &&
    typeof options.contentMd5 !== "function"
  ) {
    throw new TypeError(
      "ksig1: options.contentMd5 is required when Content-MD5 is signed",
    );
  }
}

function requireHeaderValue(name: string, value: unknown): void {
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
    throw new TypeError(
      `ksig1: ${name} must be a string of visible ASCII characters without white space`,
    );
  }
}

function decodeSecretKey(secretKey: unknown): Bytes {
  const base64 =
    /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  if (typeof secretKey !== "string" || !base64.test(secretKey)) {
    throw new TypeError(
      "ksig1: secretKey must be the Base64 text that was issued (or give hmac instead)",
    );
  }
  const decoded = atob(secretKey);
  const bytes = new TextEncoder().encode("\0".repeat(decoded.length));
  for (let index = 0; index < decoded.length; index += 1) {
    bytes[index] = decoded.charCodeAt(index);
  }
  return bytes;
}

function hmacSha256(key: Bytes): Hmac {
  const imported = crypto.subtle.importKey(
    "raw",
    key,
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return async (message) =>
    new Uint8Array(
      await crypto.subtle.sign("HMAC", await imported, message as Bytes),
    );
}

/** Signing the same string again gives the same signature, so it is done once. */
function rememberLast(
  hmac: Hmac,
): (text: string, signal: AbortSignal) => Promise<string> {
  let last: { text: string; signature: Promise<string> } | undefined;
  return (text, signal) => {
    if (last?.text !== text) {
      const entry = { text, signature: signText(hmac, text) };
      const forget = (): void => {
        if (last === entry) last = undefined;
      };
      last = entry;
      // A signature that nobody could wait for must not hold up the calls that follow.
      signal.addEventListener("abort", forget, { once: true });
      entry.signature.then(() => {
        signal.removeEventListener("abort", forget);
      }, forget);
    }
    return last.signature;
  };
}

async function signText(hmac: Hmac, text: string): Promise<string> {
  const signature = await hmac(new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...signature));
}
