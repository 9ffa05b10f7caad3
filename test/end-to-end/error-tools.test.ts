import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorCatalogue } from "../../generated/error-catalogue.js";
import {
  createClient,
  errorKey,
  isError,
  KompliantError,
  ksig1,
  matchResult,
  newerValue,
  propay,
  unrecognized,
  unwrap,
} from "../../generated/index.js";
import type { Client, Signer } from "../../generated/index.js";
import { KompliantError as OtherCopy } from "../../templates/runtime/kompliant-error.js";
import { documentedCredentials } from "../support/credentials.js";
import {
  refusal,
  startKompliantServer,
  success,
} from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import { failureOf } from "../support/sample-operations.js";

const preCheckFailed = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "AccountProvisioning",
  sub_code: "PRECHECK_FAILED",
  message: "Something is missing.",
};
const entityNotFound = { code: "ENTITY_NOT_FOUND", message: "No such entity." };

let server: KompliantServer;
beforeEach(async () => {
  server = await startKompliantServer();
});
afterEach(() => server.close());

function clientWith(signer: Signer = ksig1(documentedCredentials)): Client {
  return createClient({ signer, baseUrl: server.url });
}

async function execute(...errors: unknown[]) {
  server.answer("/propay.execute", () => refusal(400, errors));
  return propay.execute(clientWith(), { propay_id: "ape_1" });
}

describe("isError", () => {
  it("recognises an error by code, entity type and sub-code", async () => {
    const { error } = failureOf(await execute(preCheckFailed));
    const code = "SYSTEM_RULE_VIOLATION";
    expect(isError(error, code)).toBe(true);
    expect(isError(error, code, "AccountProvisioning")).toBe(true);
    expect(isError(error, code, "AccountProvisioning", "PRECHECK_FAILED")).toBe(
      true,
    );
    expect(
      isError(error, code, "AccountProvisioning", "BUSINESS_NOT_FOUND"),
    ).toBe(false);
    expect(isError(error, code, "Workflow")).toBe(false);
    expect(isError(error, "ENTITY_NOT_FOUND")).toBe(false);
  });

  it("recognises what unwrap threw, of any copy of the client", async () => {
    const failure = failureOf(await execute(preCheckFailed));
    for (const Copy of [KompliantError, OtherCopy]) {
      const thrown: unknown = new Copy(failure);
      expect(isError(thrown, "SYSTEM_RULE_VIOLATION")).toBe(true);
      expect(isError(thrown, "BAD_REQUEST")).toBe(false);
    }
  });

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["a text", "BAD_REQUEST"],
    ["an error of another kind", new Error("BAD_REQUEST")],
    ["a function", () => "BAD_REQUEST"],
  ])("does not hold for %s", (_case, value: unknown) => {
    expect(isError(value, "BAD_REQUEST")).toBe(false);
  });
});

describe("matchResult", () => {
  const sizeOf = async (...errors: unknown[]): Promise<string> =>
    matchResult(await execute(...errors), () => "data", {
      ENTITY_NOT_FOUND: ({ message }) => message,
      _: ({ code }) => code,
    });

  it("gives the data of a success to its function", async () => {
    const data = { propay: { propay_id: "ape_1", queued_operations: ["NEW"] } };
    server.answer("/propay.execute", () => success(data));
    const result = await propay.execute(clientWith(), { propay_id: "ape_1" });
    const queued = matchResult(
      result,
      (data) => data.propay.queued_operations,
      { _: () => [] },
    );
    expect(queued).toEqual(["NEW"]);
  });

  it("gives the error of a failure to its handler", async () => {
    expect(await sizeOf(entityNotFound)).toBe("No such entity.");
    expect(await sizeOf(preCheckFailed)).toBe("SYSTEM_RULE_VIOLATION");
  });
});

describe("the error catalogue", () => {
  it("describes an error that was received, by its key", async () => {
    const { error } = failureOf(await execute(preCheckFailed));
    expect(errorKey(error)).toBe(
      "SYSTEM_RULE_VIOLATION/AccountProvisioning/PRECHECK_FAILED",
    );
    expect(errorCatalogue[errorKey(error)]).toMatchObject({
      ...{ entity_type: "AccountProvisioning", sub_code: "PRECHECK_FAILED" },
      statuses: [400],
      operations: expect.arrayContaining(["propay.execute"]) as string[],
      meaning: expect.stringMatching(/\w/) as string,
      page: expect.stringMatching(/^https:/) as string,
    });
  });

  it("knows which operations share an error through a common response", () => {
    const { operations, sharedBy } = errorCatalogue["AUTH_MISSING_HEADER"] ?? {
      operations: [],
      sharedBy: [],
    };
    expect([...operations, ...sharedBy.flat()]).toContain("propay.execute");
  });

  it("has every entry under its own key", () => {
    const entries = Object.entries(errorCatalogue);
    expect(entries.length).toBeGreaterThan(40);
    for (const [key, entry] of entries) expect(errorKey(entry)).toBe(key);
  });

  it("does not know what the description does not document", async () => {
    const newer = { ...preCheckFailed, sub_code: "BRAND_NEW" };
    const { error } = failureOf(await execute(newer));
    expect(errorCatalogue[errorKey(error)]).toBeUndefined();
  });
});

describe("a KompliantError", () => {
  const secret = "c2VjcmV0LW9mLW1pbmU";
  const leaky: Signer = () => {
    throw Object.assign(new Error("no signature"), {
      config: { headers: { authorization: secret } },
    });
  };

  it("shows nothing of its cause's fields, neither printed nor as JSON", async () => {
    const result = await propay.execute(clientWith(leaky), {
      propay_id: "ape_1",
    });
    const error = new KompliantError(failureOf(result));
    expect(error.cause).toMatchObject({ message: "no signature" });
    for (const text of [
      inspect(error, { depth: null }),
      JSON.stringify(error),
      String(error),
      error.stack ?? "",
    ]) {
      expect(text).toContain("client.signing");
      expect(text).not.toContain(secret);
    }
  });

  it("shows nothing of them to loggers, which copy what is enumerable", async () => {
    const result = await propay.execute(clientWith(leaky), {
      propay_id: "ape_1",
    });
    const error = new KompliantError(failureOf(result));
    expect(error.error).toMatchObject({ code: "client.signing" });
    const copy = Object.assign({}, error);
    expect(Object.keys(copy)).toContain("operation");
    expect(JSON.stringify(copy)).not.toContain(secret);
  });

  it("prints its stack and what belongs in a log", async () => {
    const error = new KompliantError(
      failureOf(await execute(preCheckFailed, entityNotFound)),
    );
    const text = inspect(error);
    expect(text).toContain("error-tools.test.ts");
    expect(text).toContain('"operation": "propay.execute"');
    expect(text).toContain("No such entity.");
  });

  it("says in its message what the API calls an undocumented error", async () => {
    const newer = { ...preCheckFailed, sub_code: "BRAND_NEW" };
    const result = await execute(newer);
    expect(() => unwrap(result)).toThrow(
      /^propay\.execute: undocumented SYSTEM_RULE_VIOLATION\/AccountProvisioning\/BRAND_NEW: Something is missing\./,
    );
  });
});

describe("values of open enums", () => {
  it("are plain texts at run time", () => {
    expect(unrecognized(newerValue("NEW"))).toBe("NEW");
  });
});
