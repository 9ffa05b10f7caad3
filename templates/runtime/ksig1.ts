import type { Bytes, Signer, SigningRequest } from "./request.js";

/** The header that carries each data element that can be signed. `URL-Path` is documented as not supported yet. */
const carriers = {
  "API-Key": "X-API-Key",
  "HTTP-Verb": undefined,
  Timestamp: "X-API-Timestamp",
  "API-Version": "X-API-Version",
  Nonce: "X-API-Nonce",
  "Content-MD5": "X-API-Content-Hash",
} as const;

/** A name of a data element that KSig1 can sign. */
export type DataElement = keyof typeof carriers;

/** The values of the data elements that are signed, by name. */
export type DataElementValues = Readonly<Partial<Record<DataElement, string>>>;

/** HMAC-SHA256 with the decoded secret key, for keys that live elsewhere, in a KMS or HSM. */
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
  readonly contentMd5?:
    ((body: Uint8Array) => string | Promise<string>) | undefined;
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
  const { elements = ["API-Key"] } = options;
  for (const [name, value] of Object.entries({ apiKey, authToken })) {
    const isPlain = typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
    const rule = "a string of visible ASCII characters without white space";
    must(isPlain, `${name} must be ${rule}`);
  }
  must(/^(sb|lv)_/.test(apiKey), 'apiKey must start with "sb_" or "lv_"');
  checkElements(elements, options);
  const sign = rememberLast(hmac ?? hmacSha256(decodeKey(secretKey)));
  return async (request) => {
    const values = await elementValues(elements, apiKey, options, request);
    const stringToSign = options.stringToSign?.(values) ?? apiKey;
    request.onSigned?.({ elements, stringToSign });
    const headers: Record<string, string> = {
      Authorization: `KSig1-HMAC-SHA256 ${await sign(stringToSign, request.signal)}`,
      "X-API-Key": apiKey,
      "X-API-Auth-Token": authToken,
    };
    if (elements.length > 1) {
      headers["X-API-Signed-Elements"] = elements.join(";");
      for (const element of elements) {
        const carrier = carriers[element];
        if (carrier) headers[carrier] = values[element] ?? "";
      }
    }
    return headers;
  };
}

function must(condition: unknown, problem: string): void {
  if (!condition) throw new TypeError(`ksig1: ${problem}`);
}

function checkElements(
  elements: readonly string[],
  options: Ksig1Options,
): void {
  for (const name of elements) {
    const isKnown = Object.keys(carriers).includes(name);
    must(isKnown, `"${name}" is not a data element that can be signed`);
  }
  const first = "API-Key";
  must(elements.includes(first), `elements must include "${first}"`);
  const needed = (option: "stringToSign" | "contentMd5", what: string) => {
    const isGiven = typeof options[option] === "function";
    must(isGiven, `options.${option} is required to sign ${what}`);
  };
  if (elements.length > 1) needed("stringToSign", "several elements");
  if (elements.includes("Content-MD5")) needed("contentMd5", "Content-MD5");
}

async function elementValues(
  elements: readonly DataElement[],
  apiKey: string,
  { now = Date.now, nonce, contentMd5 }: Ksig1Options,
  request: SigningRequest,
): Promise<DataElementValues> {
  const sources = {
    "API-Key": () => apiKey,
    "HTTP-Verb": () => request.method,
    Timestamp: () => String(Math.floor(now() / 1000)),
    "API-Version": () => request.headers.get("X-API-Version"),
    Nonce: nonce ?? (() => crypto.randomUUID()),
    "Content-MD5": () => contentMd5?.(request.body),
  };
  const values: Partial<Record<DataElement, string>> = {};
  for (const element of elements) {
    const value = await sources[element]();
    // HTTP drops white space around a header's value, and the signature would not match.
    const fits = typeof value === "string" && /^\S(?:.*\S)?$/.test(value);
    must(fits, `${element} must be a text without white space around it`);
    values[element] = value ?? "";
  }
  return values;
}

function decodeKey(secretKey: unknown): Bytes {
  const base64 =
    /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  const text = typeof secretKey === "string" ? secretKey : "";
  must(
    base64.test(text),
    "secretKey must be the Base64 text that was issued (or give hmac instead)",
  );
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function hmacSha256(key: Bytes): Hmac {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const { subtle } = crypto;
  const imported = subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return async (message) =>
    new Uint8Array(await subtle.sign("HMAC", await imported, message as Bytes));
}

/** Signing the same string again gives the same signature, so it is done once. */
function rememberLast(
  hmac: Hmac,
): (text: string, signal: AbortSignal) => Promise<string> {
  let last: { text: string; signature: Promise<string> } | undefined;
  return (text, signal) => {
    if (last?.text === text) return last.signature;
    const entry = { text, signature: signText(hmac, text) };
    const forget = (): void => {
      if (last === entry) last = undefined;
    };
    last = entry;
    // A signature that nobody could wait for must not hold up the calls that follow.
    signal.addEventListener("abort", forget);
    entry.signature.then(() => {
      signal.removeEventListener("abort", forget);
    }, forget);
    return entry.signature;
  };
}

async function signText(hmac: Hmac, text: string): Promise<string> {
  const signature = await hmac(new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...signature));
}
