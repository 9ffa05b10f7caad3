import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createClient,
  isClientError,
  KompliantError,
  ksig1,
  matchError,
  propay,
  unwrap,
} from "../../generated/index.js";
import type { Client, PropayExecuteError } from "../../generated/index.js";
import { KompliantError as OtherCopy } from "../../templates/runtime/kompliant-error.js";
import { documentedCredentials } from "../support/credentials.js";
import {
  refusal,
  startKompliantServer,
  success,
  traceId,
} from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import { failureOf } from "../support/sample-operations.js";

const notStarted = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "Workflow",
  sub_code: "WORKFLOW_NOT_STARTED",
  message: "The workflow is not started.",
};
const preCheckFailed = {
  ...notStarted,
  entity_type: "AccountProvisioning",
  sub_code: "PRECHECK_FAILED",
};
const entityNotFound = { code: "ENTITY_NOT_FOUND", message: "No such entity." };
const badRequest = { code: "BAD_REQUEST", message: "Malformed JSON." };
const newCode = { code: "BRAND_NEW", message: "New." };

let server: KompliantServer;
let client: Client;

beforeEach(async () => {
  server = await startKompliantServer();
  client = createClient({
    signer: ksig1(documentedCredentials),
    baseUrl: server.url,
  });
});
afterEach(() => server.close());

async function execute(...errors: unknown[]) {
  server.answer("/propay.execute", () => refusal(400, errors));
  return propay.execute(client, { propay_id: "ape_1" });
}

async function thrownFor(
  ...errors: unknown[]
): Promise<KompliantError<PropayExecuteError>> {
  const result = await execute(...errors);
  try {
    unwrap(result);
  } catch (error) {
    if (error instanceof KompliantError) {
      return error as KompliantError<PropayExecuteError>;
    }
    throw error;
  }
  throw new Error("unwrap returned, it should have thrown");
}

describe("unwrap", () => {
  it("returns the data of a success", async () => {
    const data = { propay: { propay_id: "ape_1", queued_operations: [] } };
    server.answer("/propay.execute", () => success(data));
    const result = await propay.execute(client, { propay_id: "ape_1" });
    expect(unwrap(result)).toStrictEqual(data);
  });

  it("throws an error with the failure's fields", async () => {
    const error = await thrownFor(notStarted, entityNotFound);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("KompliantError");
    expect(error.error).toStrictEqual(notStarted);
    expect(error.errors).toStrictEqual([notStarted, entityNotFound]);
    expect(error.operation).toBe("propay.execute");
    expect(error.traceId).toBe(traceId);
    expect(error.status).toBe(400);
    expect(error.cause).toBeUndefined();
  });

  it("says in the message what failed, why, and where to look it up", async () => {
    const error = await thrownFor(notStarted);
    expect(error.message).toBe(
      "propay.execute: SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_NOT_STARTED: " +
        `The workflow is not started. (HTTP 400, trace ${traceId})`,
    );
  });

  it("leaves out of the message what there is not", async () => {
    const gone = createClient({
      signer: () => {
        throw new Error("no key");
      },
      baseUrl: server.url,
    });
    const result = await propay.execute(gone, { propay_id: "ape_1" });
    expect(() => unwrap(result)).toThrow(
      /^propay\.execute: client\.signing: [^()]+$/,
    );
  });

  it("throws a message that cannot forge a line of a log", async () => {
    const message = "bad\n2026 admin logged in\u001b[2J\u2028";
    const error = await thrownFor({ ...notStarted, message });
    expect(error.message).toContain("bad\\u000a2026 admin");
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(error.message).not.toMatch(/[\u0000-\u001f\u2028]/);
  });

  it("tells errors of the client from those of the API", async () => {
    const error = await thrownFor(notStarted);
    expect(isClientError(error)).toBe(false);
    // A field of the API's own error says nothing about the call.
    const api = { code: "ENTITY_NOT_FOUND", message: "", outcome: "not_sent" };
    expect(isClientError(api)).toBe(false);
    expect(error.outcome).toBe("answered");
    const closed = createClient({
      signer: () => Promise.reject(new Error("closed")),
      baseUrl: server.url,
    });
    const result = await propay.execute(closed, { propay_id: "ape_1" });
    expect(result).toMatchObject({ ok: false, outcome: "not_sent" });
    expect(!result.ok && isClientError(result.error)).toBe(true);
  });

  it("gives what belongs in a log as JSON", async () => {
    const error = await thrownFor(notStarted);
    expect(JSON.parse(JSON.stringify(error))).toStrictEqual({
      name: "KompliantError",
      message: error.message,
      operation: "propay.execute",
      status: 400,
      traceId,
      requestId: expect.any(String) as string,
      outcome: "answered",
      errors: [notStarted],
    });
  });

  it("passes the cause of a transport failure on", async () => {
    const cause = new Error("the key store is closed");
    const closed = createClient({
      signer: () => Promise.reject(cause),
      baseUrl: server.url,
    });
    const result = await propay.execute(closed, { propay_id: "ape_1" });
    expect(() => unwrap(result)).toThrow(expect.objectContaining({ cause }));
  });
});

describe("instanceof KompliantError", () => {
  it("holds across two copies of the module", async () => {
    const error = await thrownFor(notStarted);
    expect(OtherCopy).not.toBe(KompliantError);
    expect(error instanceof OtherCopy).toBe(true);
    const other = new OtherCopy(failureOf(await execute(badRequest)));
    expect(other instanceof KompliantError).toBe(true);
  });

  it.each([
    ["another error", new Error("x")],
    ["its JSON", { name: "KompliantError" }],
    ["a string", "KompliantError"],
    ["null", null],
    ["undefined", undefined],
  ])("does not hold for %s", (_case, value: unknown) => {
    expect(value instanceof KompliantError).toBe(false);
  });

  it("tells a subclass from the class", async () => {
    class Derived extends KompliantError<PropayExecuteError> {}
    const failure = failureOf(await execute(badRequest));
    expect(new Derived(failure) instanceof KompliantError).toBe(true);
    expect(new Derived(failure) instanceof Derived).toBe(true);
    expect(new KompliantError(failure) instanceof Derived).toBe(false);
  });
});

describe("matchError", () => {
  const match = (error: PropayExecuteError): string =>
    matchError(error, {
      ENTITY_NOT_FOUND: ({ message }) => `entity: ${message}`,
      ACCOUNT_CONFIGURATION_VIOLATION: ({ sub_code }) => `code: ${sub_code}`,
      SYSTEM_RULE_VIOLATION: {
        AccountProvisioning: {
          PRECHECK_FAILED: ({ sub_code }) => `sub-code: ${sub_code}`,
          _: ({ sub_code }) => `rest of the sub-codes: ${sub_code}`,
        },
        Workflow: ({ entity_type }) => `entity type: ${entity_type}`,
      },
      undocumented: ({ wire }) => `undocumented: ${JSON.stringify(wire)}`,
      _: ({ code }) => `rest: ${code}`,
    });

  it.each([
    ["by code", entityNotFound, "entity: No such entity."],
    [
      "by code, for every entity type and sub-code",
      {
        ...preCheckFailed,
        code: "ACCOUNT_CONFIGURATION_VIOLATION",
        sub_code: "PROVISIONER_DISABLED",
      },
      "code: PROVISIONER_DISABLED",
    ],
    ["by sub-code", preCheckFailed, "sub-code: PRECHECK_FAILED"],
    [
      "by the catch-all of the sub-codes",
      { ...preCheckFailed, sub_code: "BUSINESS_NOT_FOUND" },
      "rest of the sub-codes: BUSINESS_NOT_FOUND",
    ],
    ["by entity type", notStarted, "entity type: Workflow"],
    [
      "by the tag of undocumented errors",
      newCode,
      `undocumented: ${JSON.stringify(newCode)}`,
    ],
    ["by the catch-all", badRequest, "rest: BAD_REQUEST"],
  ])("picks the handler %s", async (_level, wire, expected) => {
    expect(match(failureOf(await execute(wire)).error)).toBe(expected);
  });

  it("falls back to the outer catch-all when an inner level has no handler", async () => {
    const { error } = failureOf(await execute(notStarted));
    const outcome = matchError(error, {
      SYSTEM_RULE_VIOLATION: {
        AccountProvisioning: () => "provisioning",
        _: () => "another entity type",
      },
      _: () => "rest",
    });
    expect(outcome).toBe("another entity type");
  });

  it("matches the error that unwrap threw", async () => {
    expect(match((await thrownFor(preCheckFailed)).error)).toBe(
      "sub-code: PRECHECK_FAILED",
    );
  });

  it("throws when JavaScript code left a handler out", async () => {
    const { error } = failureOf(await execute(badRequest));
    // @ts-expect-error: no handler for most codes, and no catch-all
    expect(() => matchError(error, { ENTITY_NOT_FOUND: () => 1 })).toThrow(
      new TypeError("matchError: no handler for BAD_REQUEST"),
    );
  });
});
