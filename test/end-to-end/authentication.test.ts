import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient, ksig1, propay } from "../../generated/index.js";
import type { PropayExecuteError, Signer } from "../../generated/index.js";
import {
  documentedCredentials,
  documentedSignature,
} from "../support/credentials.js";
import { startKompliantServer, success } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import type { OpenFormats } from "../support/ksig1-check.js";
import { failureOf } from "../support/sample-operations.js";

/** Formats that the documentation leaves open; this test's choice, not Kompliant's. */
const formats: OpenFormats = {
  join: (values) => values.join("\n"),
  contentMd5: (body) => createHash("md5").update(body).digest("base64"),
};

const data = {
  propay: { propay_id: "ape_ü", queued_operations: ["ONBOARDING"] },
};

let server: KompliantServer;

beforeEach(async () => {
  server = await startKompliantServer(formats);
  server.answer("/propay.execute", () => success(data));
});
afterEach(() => server.close());

function execute(signer: Signer) {
  const client = createClient({ signer, baseUrl: server.url });
  return propay.execute(client, { propay_id: "ape_ü€😀" });
}

describe("a signed request", () => {
  it("carries the known answer for the documentation's credentials", async () => {
    const result = await execute(ksig1(documentedCredentials));

    expect(result.ok).toBe(true);
    const headers = server.requests[0]?.headers;
    expect(headers?.get("authorization")).toBe(
      `KSig1-HMAC-SHA256 ${documentedSignature}`,
    );
    expect(headers?.get("x-api-key")).toBe(documentedCredentials.apiKey);
    expect(headers?.get("x-api-auth-token")).toBe(
      documentedCredentials.authToken,
    );
    expect(headers?.get("x-api-version")).toBe("2025-03-24");
    expect(headers?.get("content-type")).toBe("application/json");
    expect(headers?.has("x-api-signed-elements")).toBe(false);
  });

  it("arrives with the bytes, the URL, the method and the headers that the signer saw", async () => {
    const seen: {
      body: Uint8Array;
      url: string;
      method: string;
      headers: [string, string][];
    }[] = [];
    const signer = ksig1(documentedCredentials);

    await execute((request) => {
      const { body, url, method, headers } = request;
      seen.push({ body, url: url.href, method, headers: [...headers] });
      return signer(request);
    });

    expect(seen).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
    const [received] = server.requests;
    expect(received?.body.toString("utf8")).toBe('{"propay_id":"ape_ü€😀"}');
    expect(received?.body.equals(seen[0]?.body ?? Buffer.of())).toBe(true);
    expect(seen[0]?.url).toBe(server.url + (received?.path ?? ""));
    expect(seen[0]?.method).toBe(received?.method);
    expect(seen[0]?.headers.length).toBeGreaterThan(0);
    for (const [name, value] of seen[0]?.headers ?? []) {
      expect(received?.headers.get(name)).toBe(value);
    }
  });

  it("is accepted with every data element that can be signed", async () => {
    const result = await execute(
      ksig1(documentedCredentials, {
        elements: [
          "API-Key",
          "HTTP-Verb",
          "Timestamp",
          "API-Version",
          "Nonce",
          "Content-MD5",
        ],
        stringToSign: (values) => formats.join(Object.values(values)),
        contentMd5: formats.contentMd5,
      }),
    );
    expect(result).toMatchObject({ ok: true, data });
    expect(server.requests[0]?.headers.get("x-api-signed-elements")).toBe(
      "API-Key;HTTP-Verb;Timestamp;API-Version;Nonce;Content-MD5",
    );
  });
});

describe("a request that Kompliant refuses comes back as a typed error", () => {
  const otherSecret = Buffer.alloc(33, 7).toString("base64");
  const signed = ksig1(documentedCredentials);

  const refused: {
    cause: string;
    signer: Signer;
    code: PropayExecuteError["code"];
  }[] = [
    {
      cause: "a wrong secret key",
      signer: ksig1({ ...documentedCredentials, secretKey: otherSecret }),
      code: "AUTH_SIGNATURE_MISMATCH",
    },
    {
      cause: "a wrong API key",
      signer: ksig1({ ...documentedCredentials, apiKey: "sb_revoked" }),
      code: "AUTH_INVALID_API_KEY",
    },
    {
      cause: "a wrong auth token",
      signer: ksig1({ ...documentedCredentials, authToken: "revoked" }),
      code: "AUTH_INVALID_AUTH_TOKEN",
    },
    {
      cause: "none of the headers",
      signer: () => ({ "x-other": "1" }),
      code: "AUTH_MISSING_HEADER",
    },
    {
      cause: "another scheme",
      signer: async (request) => {
        const headers = new Headers(await signed(request));
        headers.set("authorization", `Bearer ${documentedSignature}`);
        return headers;
      },
      code: "AUTH_INVALID_HEADER",
    },
    {
      cause: "a string to sign that is not the server's",
      signer: ksig1(documentedCredentials, {
        elements: ["API-Key", "HTTP-Verb"],
        stringToSign: (values) => Object.values(values).join(";"),
      }),
      code: "AUTH_SIGNATURE_MISMATCH",
    },
    {
      cause: "a signed element without its header",
      signer: async (request) => {
        const headers = new Headers(await signed(request));
        headers.set("x-api-signed-elements", "API-Key;Nonce");
        return headers;
      },
      code: "AUTH_MISSING_HEADER",
    },
  ];

  it.each(refused)("$code for $cause", async ({ signer, code }) => {
    const failure = failureOf(await execute(signer));
    expect(failure.error.code).toBe(code);
    expect(failure.errors).toHaveLength(1);
    expect(failure.error.message).not.toBe("");
    expect(failure.response?.status).toBe(401);
    expect(failure.attempts).toBe(1);
    expect(server.requests).toHaveLength(1);
  });
});
