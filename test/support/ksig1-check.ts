import { createHmac } from "node:crypto";

/** An error as the API sends it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
}

/** What a server knows that checks signatures. */
export interface KnownCredentials {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly authToken: string;
}

/** The request that is checked, as it came over the wire. */
interface SignedRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What the public documentation leaves open, as a test wants it. */
export interface OpenFormats {
  /** Joins the signed elements' values, in the order of `X-API-Signed-Elements`. */
  readonly join: (values: readonly string[]) => string;
  readonly contentMd5: (body: Uint8Array) => string;
}

const alwaysRequired = ["Authorization", "X-API-Key", "X-API-Auth-Token"];

/** The header that carries a data element; the verb is part of the request itself. */
const headerOfElement = new Map([
  ["API-Key", "X-API-Key"],
  ["HTTP-Verb", undefined],
  ["Timestamp", "X-API-Timestamp"],
  ["API-Version", "X-API-Version"],
  ["Nonce", "X-API-Nonce"],
  ["Content-MD5", "X-API-Content-Hash"],
]);

/**
 * Recomputes a request's signature with node:crypto alone, and says which of the
 * documented authentication errors it deserves.
 *
 * @returns the error to answer with, or undefined when the request is authentic
 */
export function checkKsig1(
  request: SignedRequest,
  known: KnownCredentials,
  formats: OpenFormats | undefined,
): WireError | undefined {
  const { headers } = request;
  const elements = headers.get("X-API-Signed-Elements")?.split(";") ?? [
    "API-Key",
  ];
  const unknownElement = elements.find((name) => !headerOfElement.has(name));
  if (unknownElement !== undefined) {
    return invalidHeader("X-API-Signed-Elements");
  }
  const missing = [
    ...alwaysRequired,
    ...elements.map((name) => headerOfElement.get(name)),
  ].find((name) => name !== undefined && !headers.has(name));
  if (missing !== undefined) {
    return {
      code: "AUTH_MISSING_HEADER",
      message: `The '${missing}' header is missing.`,
    };
  }
  const signature = /^KSig1-HMAC-SHA256 ([A-Za-z0-9+/]{43}=)$/.exec(
    headers.get("Authorization") ?? "",
  )?.[1];
  if (signature === undefined) {
    return {
      code: "AUTH_INVALID_HEADER",
      message:
        "The 'Authorization' header is not in the correct format. It must start with 'KSig1-HMAC-SHA256'.",
    };
  }
  if (!/^\d*$/.test(headers.get("X-API-Timestamp") ?? "")) {
    return invalidHeader("X-API-Timestamp");
  }
  if (headers.get("X-API-Key") !== known.apiKey) {
    return {
      code: "AUTH_INVALID_API_KEY",
      message: "The provided API key is not valid or has been revoked.",
    };
  }
  if (headers.get("X-API-Auth-Token") !== known.authToken) {
    return {
      code: "AUTH_INVALID_AUTH_TOKEN",
      message: "The authentication token is invalid.",
    };
  }
  const text = stringToSign(request, elements, formats);
  const expected = createHmac("sha256", Buffer.from(known.secretKey, "base64"))
    .update(text, "utf8")
    .digest("base64");
  if (!elements.includes("API-Key") || signature !== expected) {
    return {
      code: "AUTH_SIGNATURE_MISMATCH",
      message:
        "The provided signature does not match the calculated signature.",
    };
  }
  return undefined;
}

function invalidHeader(name: string): WireError {
  return {
    code: "AUTH_INVALID_HEADER",
    message: `The '${name}' header is not in the correct format.`,
  };
}

/** The string to sign, from the request that arrived: the verb and the body are not taken from headers. */
function stringToSign(
  request: SignedRequest,
  elements: readonly string[],
  formats: OpenFormats | undefined,
): string {
  const values = elements.map((name) => {
    if (name === "HTTP-Verb") return request.method;
    if (name === "Content-MD5" && formats) {
      return formats.contentMd5(request.body);
    }
    return request.headers.get(headerOfElement.get(name) ?? "") ?? "";
  });
  return formats && elements.length > 1
    ? formats.join(values)
    : values.join("");
}
