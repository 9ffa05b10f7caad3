import { createHash, createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { ksig1 } from "../../templates/runtime/ksig1.js";
import type {
  DataElement,
  Hmac,
  Ksig1Options,
} from "../../templates/runtime/ksig1.js";
import {
  documentedCredentials,
  documentedKeyHex,
  documentedSignature,
} from "../support/credentials.js";
import { signedHeaders, signingRequest } from "../support/signing-request.js";

const { apiKey, authToken, secretKey } = documentedCredentials;

function nodeHmac(message: Uint8Array): Buffer {
  return createHmac("sha256", Buffer.from(documentedKeyHex, "hex"))
    .update(message)
    .digest();
}

describe("ksig1 signs the API key alone", () => {
  it("with the documentation's known answer", async () => {
    expect(await signedHeaders(ksig1(documentedCredentials))).toStrictEqual({
      authorization: `KSig1-HMAC-SHA256 ${documentedSignature}`,
      "x-api-key": apiKey,
      "x-api-auth-token": authToken,
    });
  });

  it.each<[string, Hmac]>([
    ["synchronous", nodeHmac],
    ["asynchronous", (message) => Promise.resolve(nodeHmac(message))],
  ])(
    "to the same headers with a %s hmac instead of the key",
    async (_kind, hmac) => {
      expect(
        await signedHeaders(ksig1({ apiKey, authToken, hmac })),
      ).toStrictEqual(await signedHeaders(ksig1(documentedCredentials)));
    },
  );

  it("over the UTF-8 bytes of the API key, which are what hmac receives", async () => {
    const hmac = vi.fn(nodeHmac);
    await signedHeaders(ksig1({ apiKey, authToken, hmac }));
    expect(hmac.mock.calls).toEqual([[new TextEncoder().encode(apiKey)]]);
  });

  it("whatever the operation, its body and its attempt are", async () => {
    const headers = await signedHeaders(ksig1(documentedCredentials), {
      operation: "other.get",
      body: new Uint8Array(),
      attempt: 2,
    });
    expect(headers["authorization"]).toContain(documentedSignature);
  });
});

describe("ksig1 signs further data elements", () => {
  const contentMd5 = (body: Uint8Array): string =>
    createHash("md5").update(body).digest("hex");
  const body = new TextEncoder().encode("{}");

  it("with their headers, and names them in the order of the options", async () => {
    const seen = vi.fn(() => "the string to sign");
    const signer = ksig1(documentedCredentials, {
      elements: [
        "Nonce",
        "API-Key",
        "Timestamp",
        "Content-MD5",
        "HTTP-Verb",
        "API-Version",
      ],
      stringToSign: seen,
      contentMd5,
      now: () => 1724710669999,
      nonce: () => "n-1",
    });

    expect(await signedHeaders(signer, { body })).toStrictEqual({
      authorization: `KSig1-HMAC-SHA256 ${nodeHmac(Buffer.from("the string to sign")).toString("base64")}`,
      "x-api-key": apiKey,
      "x-api-auth-token": authToken,
      "x-api-signed-elements":
        "Nonce;API-Key;Timestamp;Content-MD5;HTTP-Verb;API-Version",
      "x-api-nonce": "n-1",
      "x-api-timestamp": "1724710669",
      "x-api-content-hash": "99914b932bd37a50b983c5e7c90ae93b",
      "x-api-version": "2025-03-24",
    });
    expect(seen.mock.calls).toEqual([
      [
        {
          Nonce: "n-1",
          "API-Key": apiKey,
          Timestamp: "1724710669",
          "Content-MD5": "99914b932bd37a50b983c5e7c90ae93b",
          "HTTP-Verb": "POST",
          "API-Version": "2025-03-24",
        },
      ],
    ]);
  });

  it("and sends headers for the chosen elements only", async () => {
    const signer = ksig1(documentedCredentials, {
      elements: ["API-Key", "HTTP-Verb"],
      stringToSign: (values) => Object.values(values).join(),
    });
    const headers = await signedHeaders(signer);
    expect(Object.keys(headers).sort()).toEqual([
      "authorization",
      "x-api-auth-token",
      "x-api-key",
      "x-api-signed-elements",
    ]);
  });

  it("with the current second and a new nonce unless told otherwise", async () => {
    const signer = ksig1(documentedCredentials, {
      elements: ["API-Key", "Timestamp", "Nonce"],
      stringToSign: (values) => Object.values(values).join(),
    });
    const before = Math.floor(Date.now() / 1000);
    const first = await signedHeaders(signer);
    const second = await signedHeaders(signer);
    const after = Math.floor(Date.now() / 1000);
    expect(first["x-api-timestamp"]).toMatch(/^\d+$/);
    expect(Number(first["x-api-timestamp"])).toBeGreaterThanOrEqual(before);
    expect(Number(first["x-api-timestamp"])).toBeLessThanOrEqual(after);
    expect(first["x-api-nonce"]).not.toBe(second["x-api-nonce"]);
    expect(first["x-api-nonce"]?.length).toBeGreaterThanOrEqual(16);
  });

  it("with an asynchronous Content-MD5", async () => {
    const signer = ksig1(documentedCredentials, {
      elements: ["API-Key", "Content-MD5"],
      stringToSign: (values) => Object.values(values).join(),
      contentMd5: (bytes) => Promise.resolve(contentMd5(bytes)),
    });
    expect((await signedHeaders(signer, { body }))["x-api-content-hash"]).toBe(
      contentMd5(body),
    );
  });
});

describe("ksig1 does not guess", () => {
  const join = (): string => "";
  /** Options as JavaScript code can give them, past the types. */
  const make = (options: unknown) => () =>
    ksig1(documentedCredentials, options as Ksig1Options);
  const elements = (...names: (DataElement | "URL-Path" | "toString")[]) => ({
    elements: names,
  });

  it("how several elements are joined: stringToSign is required", () => {
    expect(make(elements("API-Key", "HTTP-Verb"))).toThrow(
      /stringToSign is required/,
    );
  });

  it("how Content-MD5 is encoded: a function is required", () => {
    expect(
      make({ ...elements("API-Key", "Content-MD5"), stringToSign: join }),
    ).toThrow(/contentMd5 is required/);
  });

  it.each(["URL-Path", "toString"] as const)(
    "and refuses %s, which the API does not support",
    (name) => {
      expect(
        make({ ...elements("API-Key", name), stringToSign: join }),
      ).toThrow(/not a data element/);
    },
  );

  it.each([[elements("HTTP-Verb")], [elements()]])(
    "and refuses %j, which leaves the API key out",
    (options) => {
      expect(make({ ...options, stringToSign: join })).toThrow(
        /must include "API-Key"/,
      );
    },
  );
});

describe("ksig1 remembers the last signature", () => {
  const everySecond = {
    elements: ["API-Key", "Timestamp"],
    stringToSign: (values) => Object.values(values).join(),
  } satisfies Ksig1Options;

  it("and does not sign an unchanged string again", async () => {
    const hmac = vi.fn(nodeHmac);
    const signer = ksig1({ apiKey, authToken, hmac });
    const first = await signedHeaders(signer);
    expect(await signedHeaders(signer)).toStrictEqual(first);
    await Promise.all([signedHeaders(signer), signedHeaders(signer)]);
    expect(hmac).toHaveBeenCalledTimes(1);
  });

  it("and signs again when the string changes", async () => {
    const hmac = vi.fn(nodeHmac);
    let seconds = 1;
    const signer = ksig1(
      { apiKey, authToken, hmac },
      { ...everySecond, now: () => seconds * 1000 },
    );
    const first = await signedHeaders(signer);
    seconds = 2;
    const second = await signedHeaders(signer);
    expect(second["authorization"]).not.toBe(first["authorization"]);
    expect(second["authorization"]).toBe(
      `KSig1-HMAC-SHA256 ${nodeHmac(Buffer.from(`${apiKey},2`)).toString("base64")}`,
    );
    expect(hmac).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Hmac]>([
    ["throws", () => failing()],
    ["rejects", () => Promise.reject(new Error("the key store is closed"))],
  ])("and asks again after an hmac that %s", async (_how, fail) => {
    const hmac = vi.fn<Hmac>(nodeHmac).mockImplementationOnce(fail);
    const signer = ksig1({ apiKey, authToken, hmac });
    await expect(signedHeaders(signer)).rejects.toThrow(
      "the key store is closed",
    );
    expect(await signedHeaders(signer)).toHaveProperty("authorization");
    expect(hmac).toHaveBeenCalledTimes(2);
  });

  it("and asks again when the call that waited for a hanging hmac gave up", async () => {
    const hmac = vi
      .fn<Hmac>(nodeHmac)
      .mockReturnValueOnce(new Promise(() => undefined));
    const signer = ksig1({ apiKey, authToken, hmac });
    const controller = new AbortController();
    void signer(signingRequest({ signal: controller.signal }));
    await vi.waitFor(() => {
      expect(hmac).toHaveBeenCalledTimes(1);
    });
    controller.abort();

    const later = signedHeaders(signer);
    await vi.waitFor(() => {
      expect(hmac).toHaveBeenCalledTimes(2);
    });
    expect(await later).toStrictEqual(
      await signedHeaders(ksig1(documentedCredentials)),
    );
  });
});

describe("ksig1 checks what it is given at run time", () => {
  const mac = (value: unknown) => () => value as Uint8Array;

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["an empty MAC", new Uint8Array()],
    ["hexadecimal text", "00".repeat(32)],
    ["a MAC of another length", new Uint8Array(20)],
  ])("and refuses %s from hmac", async (_what, value) => {
    const signer = ksig1({ apiKey, authToken, hmac: mac(value) });
    await expect(signedHeaders(signer)).rejects.toThrow("32 bytes");
  });

  it.each<[string, Partial<Ksig1Options>]>([
    ["a time that is NaN", { now: () => NaN }],
    ["a nonce that is not ASCII", { nonce: () => "é" }],
    [
      "a string to sign that is a promise",
      { stringToSign: (() => Promise.resolve("x")) as never },
    ],
  ])("and refuses %s", async (_what, options) => {
    const signer = ksig1(documentedCredentials, {
      elements: ["API-Key", "Timestamp", "Nonce"],
      stringToSign: (values: object) => Object.values(values).join(),
      ...options,
    } as Ksig1Options);
    await expect(signedHeaders(signer)).rejects.toThrow(/^ksig1: /);
  });

  it("and refuses an element that is named twice, and keeps no list of the caller's", async () => {
    const elements: DataElement[] = ["API-Key", "HTTP-Verb"];
    const stringToSign = (values: object) => Object.values(values).join();
    const signer = ksig1(documentedCredentials, { elements, stringToSign });
    elements.push("HTTP-Verb");
    expect(await signedHeaders(signer)).toHaveProperty(
      "x-api-signed-elements",
      "API-Key;HTTP-Verb",
    );
    expect(() =>
      ksig1(documentedCredentials, { elements, stringToSign }),
    ).toThrow("distinct");
  });

  it("and one hmac that fails or hangs fails its own call alone", async () => {
    const hmac = vi
      .fn<Hmac>(nodeHmac)
      .mockImplementationOnce(() => Promise.reject(new Error("throttled")))
      .mockImplementationOnce(() => new Promise(() => undefined));
    const signer = ksig1({ apiKey, authToken, hmac });
    const failed = signedHeaders(signer);
    void signedHeaders(signer);
    const others = [signedHeaders(signer), signedHeaders(signer)];
    await expect(failed).rejects.toThrow("throttled");
    for (const headers of await Promise.all(others)) {
      expect(headers).toHaveProperty("authorization");
    }
  });
});

function failing(): never {
  throw new Error("the key store is closed");
}

it("the documented secret key is the documented hexadecimal key", () => {
  expect(Buffer.from(secretKey, "base64").toString("hex")).toBe(
    documentedKeyHex,
  );
});
