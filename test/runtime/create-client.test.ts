import { describe, expect, it, vi } from "vitest";
import { createClient, propay } from "../../generated/index.js";
import type { ClientOptions, Fetch, Signer } from "../../generated/index.js";

const signer: Signer = () => ({ "x-api-key": "sb_1" });

/** The URL of a request that a client for a base URL sends. */
async function requestedUrl(
  options: Partial<ClientOptions> = {},
): Promise<string | undefined> {
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response("")));
  await propay.execute(createClient({ signer, fetch, ...options }), {
    propay_id: "ape_1",
  });
  expect(fetch).toHaveBeenCalledTimes(1);
  return fetch.mock.calls[0]?.[0];
}

const refused = new TypeError(
  "createClient: baseUrl must be https: (http: on loopback or with allowInsecure) without credentials, query or fragment",
);

describe("the base URL", () => {
  it("is the API's own unless given", async () => {
    expect(await requestedUrl()).toBe(
      "https://api.kompliant.com/propay.execute",
    );
  });

  it.each([
    ["https://proxy.example", "https://proxy.example/propay.execute"],
    ["https://proxy.example/", "https://proxy.example/propay.execute"],
    ["HTTPS://Proxy.Example:443", "https://proxy.example/propay.execute"],
    ["https://proxy.example:8443", "https://proxy.example:8443/propay.execute"],
    ["https://proxy.example/a/b", "https://proxy.example/a/b/propay.execute"],
    ["https://proxy.example/a/b//", "https://proxy.example/a/b/propay.execute"],
  ])("%s leads to %s", async (baseUrl, url) => {
    expect(await requestedUrl({ baseUrl })).toBe(url);
    expect(await requestedUrl({ baseUrl: new URL(baseUrl) })).toBe(url);
  });

  it.each([
    ["https://proxy.example/a?", "https://proxy.example/a/propay.execute"],
    ["https://proxy.example/a#", "https://proxy.example/a/propay.execute"],
  ])(
    "%s, whose query or fragment is empty, leads to %s",
    async (baseUrl, url) => {
      expect(await requestedUrl({ baseUrl })).toBe(url);
    },
  );

  it.each([
    "http://localhost",
    "http://localhost:8080",
    "http://LOCALHOST",
    "http://127.0.0.1:8080",
    "http://127.1",
    "http://127.255.255.254",
    "http://[::1]:8080",
  ])("may be plain http for loopback: %s", (baseUrl) => {
    expect(() => createClient({ signer, baseUrl })).not.toThrow();
  });

  it.each([
    "http://api.kompliant.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://evil-localhost",
    "http://example.com/localhost",
    "http://localhost@example.com",
    "http://evil-localhost",
    "http://128.0.0.1",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://[::2]",
    "http://[::ffff:10.0.0.1]",
    "ftp://localhost",
    "ws://localhost",
    "file:///etc/passwd",
    "data:text/plain,x",
  ])("must not send credentials in clear text: %s", (baseUrl) => {
    expect(() => createClient({ signer, baseUrl })).toThrow(refused);
  });

  it.each([
    "https://user@api.kompliant.com",
    "https://user:hush@api.kompliant.com",
    "https://:hush@api.kompliant.com",
    "https://api.kompliant.com/?key=hush",
    "https://api.kompliant.com/#hush",
    "http://user:hush@localhost",
  ])("must not contain credentials, a query or a fragment: %s", (baseUrl) => {
    const make = () => createClient({ signer, baseUrl });
    expect(make).toThrow(refused);
    expect(make).not.toThrow(/hush/);
  });

  it.each(["", "api.kompliant.com", "/v1", "https://", "http://[::1"])(
    "must be absolute: %j",
    (baseUrl) => {
      expect(() => createClient({ signer, baseUrl })).toThrow(refused);
    },
  );
});

describe("createClient", () => {
  it.each([undefined, null, {}, "sb_1", { sign: signer }])(
    "refuses %j as signer",
    (bad: unknown) => {
      expect(() => createClient({ signer: bad as Signer })).toThrow(
        new TypeError("createClient: signer must be a function"),
      );
    },
  );

  it("makes a client that cannot be changed", () => {
    const client = createClient({ signer });
    expect(Object.isFrozen(client)).toBe(true);
  });

  it.each([
    [{}, "2025-03-24"],
    [{ apiVersion: "2026-01-01" }, "2026-01-01"],
    [{ apiVersion: "" }, null],
  ])("with %j sends the API version %s", async (options, version) => {
    const sent: (string | null)[] = [];
    await requestedUrl({
      ...options,
      signer: ({ headers }) => {
        sent.push(headers.get("x-api-version"));
        return { "x-api-key": "sb_1" };
      },
    });
    expect(sent).toEqual([version]);
  });

  it("looks the global fetch up when it is called", async () => {
    const client = createClient({ signer });
    const replaced = vi.fn<Fetch>(() => Promise.resolve(new Response("")));
    vi.stubGlobal("fetch", replaced);
    try {
      await propay.execute(client, { propay_id: "ape_1" });
    } finally {
      vi.unstubAllGlobals();
    }
    expect(replaced).toHaveBeenCalledTimes(1);
  });
});
