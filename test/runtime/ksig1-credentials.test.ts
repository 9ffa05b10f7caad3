import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KompliantError } from "../../templates/runtime/kompliant-error.js";
import { ksig1 } from "../../templates/runtime/ksig1.js";
import type { Ksig1Credentials } from "../../templates/runtime/ksig1.js";
import { documentedCredentials, secrets } from "../support/credentials.js";
import {
  callSample,
  failureOf,
  sampleClient,
  writeOperation,
} from "../support/sample-operations.js";
import { signedHeaders } from "../support/signing-request.js";

/** Everything that can be printed of a value. */
function printed(value: unknown): string {
  const everything = { depth: Infinity, showHidden: true, getters: true };
  return [inspect(value, everything), JSON.stringify(value), String(value)]
    .join("\n")
    .concat(value instanceof Error ? (value.stack ?? "") : "");
}

function refusalOf(credentials: unknown): TypeError {
  try {
    ksig1(credentials as Ksig1Credentials);
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
  throw new Error("the credentials were accepted, they should be refused");
}

describe("ksig1 accepts", () => {
  it.each(["sb_1", "lv_4K8mPxR9N2jL7hS5TdWfY1"])("the API key %s", (apiKey) => {
    expect(ksig1({ ...documentedCredentials, apiKey })).toBeTypeOf("function");
  });

  it.each([3, 32, 33, 34, 64])("a secret key of %d bytes", (length) => {
    const secretKey = Buffer.alloc(length, 0xfb).toString("base64");
    expect(ksig1({ ...documentedCredentials, secretKey })).toBeTypeOf(
      "function",
    );
  });
});

describe("ksig1 refuses malformed credentials without repeating them", () => {
  /** Long enough not to be part of a message by accident. */
  const visible = fc
    .array(fc.integer({ min: 0x21, max: 0x7e }), {
      minLength: 12,
      maxLength: 60,
    })
    .map((codes) => String.fromCharCode(...codes));
  const headerBreaking = fc.constantFrom(
    ...[" ", "\t", "\n", "\r", "\r\nX-Evil: 1", "\0", "\x7f", "é", "€", "😀"],
  );
  const broken = fc
    .tuple(visible, headerBreaking, fc.oneof(visible, fc.constant("")))
    .map((parts) => parts.join(""));

  const malformed: [string, "apiKey" | "authToken" | "secretKey", unknown][] = [
    ["header-breaking characters", "apiKey", broken.map((key) => `sb_${key}`)],
    ["leading white space", "apiKey", visible.map((key) => ` sb_${key}`)],
    [
      "another prefix",
      "apiKey",
      visible.filter((key) => !/^(sb|lv)_/.test(key)),
    ],
    [
      "a prefix in upper case",
      "apiKey",
      visible.map((key) => `SB_${key.toLowerCase()}`),
    ],
    ["header-breaking characters", "authToken", broken],
    ["leading white space", "authToken", visible.map((key) => `\n${key}`)],
    [
      "characters that are not Base64",
      "secretKey",
      fc
        .tuple(
          fc.base64String({ minLength: 12 }),
          fc.constantFrom("-", "_", ".", ":", "!"),
        )
        .map((parts) => parts.join("")),
    ],
    [
      "a length that is not Base64",
      "secretKey",
      fc
        .base64String({ minLength: 12 })
        .filter((key) => !key.includes("="))
        .map((key) => `${key}A`),
    ],
    [
      "trailing white space",
      "secretKey",
      fc.base64String({ minLength: 12 }).map((key) => `${key}\n`),
    ],
  ];

  it.each(malformed)("%s in %s", (_what, name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<string>, (credential) => {
        const error = refusalOf({
          ...documentedCredentials,
          [name]: credential,
        });
        expect(error.message).toContain(`ksig1: ${name} must`);
        expect(printed(error)).not.toContain(credential);
        expect(printed(error)).not.toContain(credential.trim());
      }),
    );
  });

  it.each(["apiKey", "authToken", "secretKey"] as const)(
    "no %s at all, and one of another type",
    (name) => {
      for (const value of [undefined, null, "", 5, {}, ["sb_1"]]) {
        const error = refusalOf({ ...documentedCredentials, [name]: value });
        expect(error.message).toContain(`ksig1: ${name} must`);
      }
    },
  );
});

describe("secrets cannot be read back", () => {
  it("from the signer or from the client, before and after signing", async () => {
    const signer = ksig1(documentedCredentials);
    const client = sampleClient("http://127.0.0.1", { signer });
    const before = printed(signer) + printed(client);
    await signedHeaders(signer);
    const all = before + printed(signer) + printed(client);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  it.each([
    ["a connection that is lost", () => Promise.reject(new TypeError("lost"))],
    [
      "an answer that is no API's",
      () => Promise.resolve(new Response("<html>")),
    ],
    [
      "an answer of the API",
      () => Promise.resolve(Response.json({ errors: [{ code: "X" }] })),
    ],
    ["a timeout", () => new Promise<Response>(() => undefined)],
  ])("from the result of %s", async (_what, fetch) => {
    const client = sampleClient("http://127.0.0.1", {
      signer: ksig1(documentedCredentials),
      fetch,
      timeoutMs: 200,
    });
    const failure = failureOf(await callSample(client, writeOperation));
    const all = printed(failure) + printed(new KompliantError(failure));
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  it("from the JSON of an error whose cause holds the request, as some fetch libraries' do", async () => {
    const client = sampleClient("http://127.0.0.1", {
      signer: ksig1(documentedCredentials),
      fetch: (url, init) =>
        Promise.reject(
          Object.assign(new Error("lost"), { request: { url, ...init } }),
        ),
    });
    const failure = failureOf(await callSample(client, writeOperation));
    const json = JSON.stringify(new KompliantError(failure));
    for (const secret of secrets) expect(json).not.toContain(secret);
  });
});
