import { describe, expect, it } from "vitest";
import {
  documentedCredentials,
  documentedKeyHex,
  documentedSignature,
} from "../support/credentials.js";
import { findSecrets, shown } from "./find-secrets.js";

const { secretKey, authToken, apiKey } = documentedCredentials;

describe("secrets are found", () => {
  it.each<[string, unknown]>([
    ["in a text", `key: ${secretKey}.`],
    [
      "in a header",
      { authorization: `KSig1-HMAC-SHA256 ${documentedSignature}` },
    ],
    ["in Headers", new Headers({ "x-api-auth-token": authToken })],
    [
      "in a URL",
      new URL(`https://a.test/?s=${encodeURIComponent(documentedSignature)}`),
    ],
    ["in Base64 of Base64", btoa(secretKey)],
    ["in hex", documentedKeyHex],
    ["in a dump of bytes", Buffer.from(secretKey, "base64")],
    ["in an array of bytes", new Uint8Array(Buffer.from(secretKey, "base64"))],
    ["in an error's cause", new Error("a", { cause: new Error(authToken) })],
    ["deep inside", { a: { b: { c: { d: { e: [[[authToken]]] } } } } }],
    [
      "in a property that is hidden",
      Object.defineProperty({}, "a", { value: secretKey }),
    ],
    [
      "behind a getter",
      {
        get a() {
          return secretKey;
        },
      },
    ],
    ["in what toJSON returns", { toJSON: () => authToken }],
    ["in a map", new Map([["a", secretKey]])],
  ])("%s", (_where, value) => {
    expect(findSecrets(shown(value))).not.toEqual([]);
  });

  it("in a text that is broken into lines", () => {
    const broken = `${authToken.slice(0, 20)}\n  ${authToken.slice(20)}`;
    expect(findSecrets(broken)).toContain("the auth token");
  });

  it("by their names, not by their values", () => {
    expect(findSecrets(`${secretKey} ${documentedSignature}`)).toEqual([
      "the secret key",
      "a signature",
    ]);
  });

  it("and nothing else is: the API key is no secret", () => {
    expect(findSecrets(shown({ apiKey, text: "x".repeat(10_000) }))).toEqual(
      [],
    );
  });
});
