import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createClient,
  ksig1,
  meta,
  propay,
  workflow,
} from "../../generated/index.js";
import type {
  Client,
  PropayExecuteData,
  PropayExecuteError,
  PropayExecuteInput,
} from "../../generated/index.js";
import { documentedCredentials } from "../support/credentials.js";
import { documentedErrors, documentedExample } from "../support/documented.js";
import {
  refusal,
  startKompliantServer,
  success,
  traceId,
} from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import { failureOf } from "../support/sample-operations.js";

type Documented<Pair> = Extract<PropayExecuteError, Pair>;

const input: PropayExecuteInput = { propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck" };

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

async function executeRefusedWith(status: number, ...errors: unknown[]) {
  server.answer("/propay.execute", () => refusal(status, errors));
  return failureOf(await propay.execute(client, input));
}

describe("propay.execute succeeds", () => {
  it("with the documented request and the documented answer", async () => {
    const request = await documentedExample("propay.execute", "requestBody");
    const answer = await documentedExample("propay.execute", "200");
    server.answer("/propay.execute", () => ({ status: 200, json: answer }));

    const result = await propay.execute(client, request as PropayExecuteInput);

    expect(server.requests.map(({ body }) => body.toString())).toEqual([
      JSON.stringify(request),
    ]);
    expect(result).toMatchObject({
      ok: true,
      operation: "propay.execute",
      attempts: 1,
      warnings: [],
      response: { status: 200 },
      ...(answer as object),
    });
  });

  it("with an operation that the description does not know yet", async () => {
    const data: PropayExecuteData = {
      propay: { propay_id: input.propay_id, queued_operations: [] },
    };
    const newer = {
      propay: { ...data.propay, queued_operations: ["PRICING_SYNC"] },
    };
    server.answer("/propay.execute", () => success(newer));
    expect(await propay.execute(client, input)).toMatchObject({
      ok: true,
      data: newer,
    });
  });

  it("and surfaces the warnings of the answer", async () => {
    const warnings = [{ code: "DEPRECATED", message: "Use another method." }];
    server.answer("/propay.execute", () => ({
      status: 200,
      json: { meta: { status: "SUCCESS", warnings }, data: {} },
    }));
    expect(await propay.execute(client, input)).toMatchObject({
      ok: true,
      warnings,
    });
  });
});

const preCheckFailed: Documented<{ sub_code: "PRECHECK_FAILED" }> = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "AccountProvisioning",
  sub_code: "PRECHECK_FAILED",
  message: "Requirements are missing.",
};
const businessNotFound: Documented<{ sub_code: "BUSINESS_NOT_FOUND" }> = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "AccountProvisioning",
  sub_code: "BUSINESS_NOT_FOUND",
  message: "The subject record has no business.",
};
const workflowNotStarted: Documented<{ sub_code: "WORKFLOW_NOT_STARTED" }> = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "Workflow",
  sub_code: "WORKFLOW_NOT_STARTED",
  message: "The workflow is not started.",
};
const provisioningDisabled: Documented<{
  sub_code: "ACCOUNT_PROVISIONING_DISABLED";
}> = {
  code: "ACCOUNT_CONFIGURATION_VIOLATION",
  entity_type: "AccountProvisioning",
  sub_code: "ACCOUNT_PROVISIONING_DISABLED",
  message: "Account provisioning is disabled.",
};
const provisionerDisabled: Documented<{ sub_code: "PROVISIONER_DISABLED" }> = {
  code: "ACCOUNT_CONFIGURATION_VIOLATION",
  entity_type: "AccountProvisioning",
  sub_code: "PROVISIONER_DISABLED",
  message: "The ProPay provisioner is disabled.",
};
const entityNotFound: Documented<{ code: "ENTITY_NOT_FOUND" }> = {
  code: "ENTITY_NOT_FOUND",
  message: "The ProPay entity does not exist.",
};
const badRequest: Documented<{ code: "BAD_REQUEST" }> = {
  code: "BAD_REQUEST",
  message: "Invalid request params.",
  details: [{ field: "propay_id", message: "propay_id is required" }],
};

/** Every documented error; each constant has its type by name, so the compiler checks the members. */
const documented = [
  preCheckFailed,
  businessNotFound,
  workflowNotStarted,
  provisioningDisabled,
  provisionerDisabled,
  entityNotFound,
  badRequest,
].map((error) => ({ name: nameOf(error), error }));

function nameOf(error: object): string {
  const { code, entity_type, sub_code } = error as Record<string, string>;
  return [code, entity_type, sub_code].filter(Boolean).join("/");
}

describe("propay.execute fails with a documented error", () => {
  it("and this file tries every one that the description has", async () => {
    expect(documented.map(({ name }) => name).sort()).toEqual(
      (await documentedErrors("propay.execute")).sort(),
    );
  });

  it.each(documented)("$name, as its own member", async ({ error }) => {
    const failure = await executeRefusedWith(400, error);
    expect(failure.error).toStrictEqual(error);
    expect(failure.errors).toStrictEqual([error]);
    expect(failure).toMatchObject({
      operation: "propay.execute",
      attempts: 1,
      meta: { status: "ERROR", trace_id: traceId },
      response: { status: 400 },
    });
  });

  it("and keeps fields that the description does not have", async () => {
    const wire = { ...preCheckFailed, entity_id: "ape_1", hints: [1, null] };
    const { error } = await executeRefusedWith(400, wire);
    expect(error).toStrictEqual(wire);
  });

  it("and reports several at once in the order of the server", async () => {
    const unknown = { code: "NEW_ERROR", message: "Something new." };
    const failure = await executeRefusedWith(
      400,
      workflowNotStarted,
      unknown,
      badRequest,
    );
    expect(failure.error).toStrictEqual(workflowNotStarted);
    expect(failure.errors).toStrictEqual([
      workflowNotStarted,
      { ...unknown, code: "undocumented", status: 400, wire: unknown },
      badRequest,
    ]);
  });
});

describe("propay.execute fails with undocumented, carrying everything that the server sent", () => {
  it.each([
    ["an unknown sub-code", { ...preCheckFailed, sub_code: "FROZEN" }],
    ["an unknown code", { ...badRequest, code: "QUOTA_EXCEEDED", quota: 5 }],
    [
      "a documented sub-code under another entity type",
      { ...preCheckFailed, entity_type: "Workflow" },
    ],
    [
      "a documented pair under another code",
      { ...provisionerDisabled, code: "SYSTEM_RULE_VIOLATION" },
    ],
    ["a violation without a sub-code", omit(preCheckFailed, "sub_code")],
    ["a violation without an entity type", omit(preCheckFailed, "entity_type")],
    ["a code in another case", { ...entityNotFound, code: "Entity_Not_Found" }],
    ["one of the client's own tags", { ...badRequest, code: "client.timeout" }],
    ["the tag itself", { ...badRequest, code: "undocumented" }],
  ])("for %s", async (_case, wire) => {
    const { error, response } = await executeRefusedWith(422, wire);
    expect(error).toStrictEqual({
      code: "undocumented",
      message: wire.message,
      status: 422,
      wire,
    });
    expect(response?.status).toBe(422);
  });

  it("for an error without a message", async () => {
    const wire = { code: "ENTITY_NOT_FOUND" };
    const { error } = await executeRefusedWith(400, wire);
    expect(error).toStrictEqual({
      code: "undocumented",
      message: "",
      status: 400,
      wire,
    });
  });

  it("for a pair that only other operations document", async () => {
    const ended = { ...workflowNotStarted, sub_code: "WORKFLOW_ENDED" };
    const { error } = await executeRefusedWith(400, ended);
    expect(error).toMatchObject({ code: "undocumented", wire: ended });

    server.answer("/workflow.delete", () => refusal(400, [ended]));
    const other = await workflow.delete(client, { workflow_id: "w_1" });
    expect(failureOf(other).error).toStrictEqual(ended);
  });
});

function omit(error: { message: string }, key: string): { message: string } {
  return {
    ...Object.fromEntries(
      Object.entries(error).filter(([name]) => name !== key),
    ),
    message: error.message,
  };
}

describe("meta.checkVersion", () => {
  it("sends no body and no content type, and returns both versions", async () => {
    const answer = await documentedExample("meta.checkVersion", "200");
    server.answer("/meta.checkVersion", () => ({ status: 200, json: answer }));

    expect(await meta.checkVersion(client)).toMatchObject({
      ok: true,
      ...(answer as object),
    });

    const [request] = server.requests;
    expect(request?.method).toBe("POST");
    expect(request?.body).toHaveLength(0);
    expect(request?.headers.get("content-length")).toBe("0");
    expect(request?.headers.has("content-type")).toBe(false);
    expect(request?.headers.get("x-api-version")).toBe("2025-03-24");
  });
});
