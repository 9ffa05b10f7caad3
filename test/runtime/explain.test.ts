import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import {
  KompliantError,
  createClient,
  explain,
  ksig1,
  propay,
} from "../../generated/index.js";
import type { Fetch, Ksig1Options, Signer } from "../../generated/index.js";
import { documentedCredentials, secrets } from "../support/credentials.js";

const { apiKey } = documentedCredentials;
const input = { propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck" };

function clientWith(signer: Signer, fetch: Fetch) {
  const hook = () => {
    throw new Error("a dry run is no call to observe");
  };
  return createClient({ signer, fetch, onRequest: hook, onResult: hook });
}

const failing: Fetch = () => {
  throw new Error("a dry run sent something");
};

describe("explain", () => {
  it("tells what the API key alone signs, and sends nothing", async () => {
    const fetch = vi.fn(failing);
    const client = clientWith(ksig1(documentedCredentials), fetch);
    const explanation = await explain(client, propay.execute, input);
    expect(explanation).toStrictEqual({
      operation: "propay.execute",
      method: "POST",
      url: "https://api.kompliant.com/propay.execute",
      elements: ["API-Key"],
      stringToSign: apiKey,
      headers: {
        accept: "application/json",
        authorization: "***",
        "content-type": "application/json",
        "user-agent": "kompliant-codegen",
        "x-request-id": expect.any(String) as string,
        "x-api-auth-token": "***",
        "x-api-key": "***",
        "x-api-version": "2025-03-24",
      },
      bodyBytes: JSON.stringify(input).length,
    });
    expect(fetch).not.toHaveBeenCalled();
    const printed = inspect(explanation) + JSON.stringify(explanation);
    for (const secret of secrets) expect(printed).not.toContain(secret);
  });

  it("tells which elements were signed, and the string to sign", async () => {
    const options: Ksig1Options = {
      elements: ["API-Key", "HTTP-Verb", "Timestamp", "Nonce"],
      stringToSign: (values) => Object.values(values).join("\n"),
      now: () => 1724710669000,
      nonce: () => "n-1",
    };
    const client = clientWith(ksig1(documentedCredentials, options), failing);
    expect(await explain(client, propay.execute, input)).toMatchObject({
      elements: ["API-Key", "HTTP-Verb", "Timestamp", "Nonce"],
      stringToSign: `${apiKey}\nPOST\n1724710669\nn-1`,
      headers: {
        "x-api-signed-elements": "API-Key;HTTP-Verb;Timestamp;Nonce",
        "x-api-timestamp": "1724710669",
        "x-api-nonce": "n-1",
      },
    });
  });

  it("takes the options of the call too", async () => {
    const client = clientWith(ksig1(documentedCredentials), failing);
    const headers = { "X-Request-Id": "r-1", Cookie: "session=hush" };
    const explanation = await explain(client, propay.execute, input, {
      headers,
    });
    expect(explanation.headers).toMatchObject({
      "x-request-id": "r-1",
      cookie: "***",
    });
  });

  it("observes nothing and repeats nothing, whatever the options say", async () => {
    const seen = vi.fn();
    const signer = vi.fn(ksig1(documentedCredentials));
    const client = clientWith(signer, failing);
    await explain(client, propay.get, input, {
      ...{ onRequest: seen, onResponse: seen, onRetry: seen, onResult: seen },
      retry: { attempts: 3, baseDelayMs: 0 },
    });
    expect(seen).not.toHaveBeenCalled();
    expect(signer).toHaveBeenCalledTimes(1);
  });

  it("knows no elements of a signer that does not tell", async () => {
    const client = clientWith(() => ({ authorization: "hush" }), failing);
    expect(await explain(client, propay.execute, input)).toMatchObject({
      elements: undefined,
      stringToSign: undefined,
      headers: { authorization: "***" },
    });
  });

  it("throws what kept the signer from signing", async () => {
    const cause = new Error("the key store is closed");
    const client = clientWith(() => Promise.reject(cause), failing);
    const error: unknown = await explain(client, propay.execute, input).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(KompliantError);
    expect(error).toMatchObject({ error: { code: "client.signing" }, cause });
  });
});
