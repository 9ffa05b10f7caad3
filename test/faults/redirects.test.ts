import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient, ksig1 } from "../../generated/index.js";
import { documentedCredentials } from "../support/credentials.js";
import { head } from "./support/fault-case.js";
import { startFaultServer } from "./support/fault-server.js";
import type { FaultServer } from "./support/fault-server.js";
import { perform, watched } from "./support/perform.js";

let elsewhere: FaultServer;
beforeEach(async () => {
  elsewhere = await startFaultServer([
    { steps: [{ send: head(200, { "content-length": 0 }) }, "end"] },
  ]);
});
afterEach(() => elsewhere.close());

describe.each([301, 302, 303, 307, 308])("a redirect by %d", (status) => {
  it.each<[string, () => string]>([
    ["to another origin", () => `${elsewhere.url}/propay.execute`],
    ["to another origin, without a scheme", () => elsewhere.url.slice(5)],
    ["to the same origin", () => "/elsewhere"],
    ["to itself", () => ""],
    ["to a URL with credentials", () => elsewhere.url.replace("//", "//a:b@")],
    ["to something that is no URL", () => "http://["],
    ["to another scheme", () => "file:///etc/passwd"],
  ])("%s is an answer and is never followed", async (_where, location) => {
    const headers = { location: location(), "content-length": 5 };
    const server = await startFaultServer([
      { steps: [{ send: `${head(status, headers)}Moved` }, "end"] },
    ]);
    try {
      for (const effect of ["read", "write"] as const) {
        const client = createClient({
          baseUrl: server.url,
          signer: ksig1(documentedCredentials),
        });
        const { signal } = new AbortController();
        const result = await watched(perform(client, effect, signal));
        expect(result).toMatchObject({
          ok: false,
          attempts: 1,
          error: {
            code: "client.invalid_response",
            outcome: "unknown",
            status,
            excerpt: "Moved",
          },
        });
      }
      expect(server.requests.map(({ path }) => path)).toEqual([
        "/propay.get",
        "/propay.execute",
      ]);
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
