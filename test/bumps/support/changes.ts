import type { Edit } from "./rehearsal.js";

const root = "openapi.yaml";
const execute = "methods/propay/execute.yaml";
const canExecute = "methods/propay/canExecute.yaml";
const create = "methods/business/create.yaml";
const removal = "methods/workflow/delete.yaml";
const enums = "components/enums.yaml";
const ids = "components/ids.yaml";
const accounts = "components/bank-account.yaml";
const violations = "components/errors/system-rule-violations.yaml";
const standard = "components/errors/standard.yaml";
const responses = "components/responses.yaml";

const input = "post requestBody content application/json schema";
const data =
  "post responses 200 content application/json schema properties data";
const refusals =
  "post responses 400 content application/json schema properties errors items oneOf";

function set(file: string, at: string, value: unknown): Edit {
  return { file, at, value };
}

function remove(file: string, at: string): Edit {
  return { file, at, value: undefined };
}

function add(file: string, list: string, value: unknown): Edit {
  return { file, at: `${list} +`, value };
}

function errorSchema(constants: Readonly<Record<string, string>>): object {
  return {
    type: "object",
    description: "Something new went wrong.",
    required: [...Object.keys(constants), "message"],
    properties: {
      ...Object.fromEntries(
        Object.entries(constants).map(([key, constant]) => [
          key,
          { type: "string", const: constant },
        ]),
      ),
      message: { type: "string" },
    },
  };
}

function violation(entityType: string, subCode: string): object {
  return errorSchema({
    code: "SYSTEM_RULE_VIOLATION",
    entity_type: entityType,
    sub_code: subCode,
  });
}

const cancel = {
  operationId: "propay.cancel",
  tags: ["propay"],
  summary: "Cancel ProPay provisioning",
  requestBody: {
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          required: ["propay_id"],
          properties: {
            propay_id: {
              $ref: "../../components/ids.yaml#/AccountProvisioningId",
            },
          },
        },
      },
    },
  },
  responses: {
    "200": {
      description: "The operation was cancelled.",
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["meta", "data"],
            properties: {
              meta: { $ref: "../../components/envelope.yaml#/Meta" },
              data: { $ref: "../../components/envelope.yaml#/EmptyData" },
            },
          },
        },
      },
    },
    "401": { $ref: "../../components/responses.yaml#/Unauthorized" },
  },
};

/** Single changes of the shipped description, by what they are. */
export const changes: Readonly<Record<string, readonly Edit[]>> = {
  "a new operation": [
    set("methods/propay/cancel.yaml", "post", cancel),
    set(root, "paths /propay.cancel", { $ref: "methods/propay/cancel.yaml" }),
  ],
  "an operation less": [remove(root, "paths /propay.execute")],
  "an operation under another name": [
    set(execute, "post operationId", "propay.run"),
  ],
  "an operation at another address": [
    remove(root, "paths /propay.execute"),
    set(root, "paths /v2/propay.execute", { $ref: execute }),
  ],
  "an operation that may be repeated": [
    set(execute, "post x-kompliant-effect", "read"),
  ],
  "a deprecated operation": [set(execute, "post deprecated", true)],
  "another text of an operation": [
    set(execute, "post description", "Queues it."),
  ],
  "an optional parameter more": [
    set(execute, `${input} properties dry_run`, { type: "boolean" }),
  ],
  "a required parameter more": [
    set(execute, `${input} properties reason`, { type: "string" }),
    add(execute, `${input} required`, "reason"),
  ],
  "a parameter less": [
    remove(create, `${input} properties business properties email`),
  ],
  "a parameter that is required now": [
    add(create, `${input} required`, "business"),
  ],
  "another type of a parameter": [
    set(
      create,
      `${input} properties business properties legal_name type`,
      "integer",
    ),
  ],
  "a rule for a parameter": [
    set(
      create,
      `${input} properties business properties legal_name maxLength`,
      40,
    ),
  ],
  "a response field more": [
    set(execute, `${data} properties propay properties position`, {
      type: "integer",
    }),
  ],
  "a response field less": [
    remove(accounts, "BankAccount properties bank_name"),
    remove(accounts, "BankAccount required 4"),
  ],
  "a response field that may be missing": [
    remove(accounts, "BankAccount required 4"),
  ],
  "a response field that may be null": [
    set(accounts, "BankAccount properties bank_name type", ["string", "null"]),
  ],
  "another format of a response field": [
    set(accounts, "BankAccount properties created_at format", "date"),
  ],
  "another pattern of an identifier": [set(ids, "WorkflowId pattern", "^wf_")],
  "a value more of an open list": [
    add(enums, "WorkflowState x-extensible-enum", "PAUSED"),
  ],
  "a value less of a list": [
    remove(enums, "AccountProvisioningOperationStatus enum 0"),
  ],
  "an open list that is closed now": [
    set(enums, "WorkflowState enum", ["CREATED", "STARTED", "ENDED"]),
    remove(enums, "WorkflowState x-extensible-enum"),
  ],
  "another text of a type": [
    set(enums, "WorkflowState description", "Its state."),
  ],
  "a deprecated type": [set(ids, "WorkflowId deprecated", true)],
  "a sub-code more": [
    set(
      violations,
      "PropayLimit",
      violation("AccountProvisioning", "PROPAY_LIMIT"),
    ),
    add(execute, refusals, {
      $ref: "../../components/errors/system-rule-violations.yaml#/PropayLimit",
    }),
  ],
  "an entity type more": [
    set(violations, "PropayLimit", violation("Propay", "PROPAY_LIMIT")),
    add(execute, refusals, {
      $ref: "../../components/errors/system-rule-violations.yaml#/PropayLimit",
    }),
  ],
  "an error code more": [
    set(standard, "Locked", errorSchema({ code: "ENTITY_LOCKED" })),
    add(execute, refusals, {
      $ref: "../../components/errors/standard.yaml#/Locked",
    }),
  ],
  "a known error of one more operation": [
    add(removal, refusals, {
      $ref: "../../components/errors/system-rule-violations.yaml#/PrecheckFailed",
    }),
  ],
  "an error of one operation less": [remove(execute, `${refusals} 3`)],
  "an error less": [
    remove(execute, `${refusals} 4`),
    remove("methods/mbtrust/execute.yaml", `${refusals} 4`),
  ],
  "an error of every operation more": [
    set(standard, "KeyExpired", errorSchema({ code: "AUTH_KEY_EXPIRED" })),
    add(
      responses,
      "Unauthorized content application/json schema properties errors items oneOf",
      {
        $ref: "errors/standard.yaml#/KeyExpired",
      },
    ),
  ],
  "another text of an error": [
    set(violations, "WorkflowNotStarted description", "Start it first."),
  ],
  "a webhook event more": [
    set(root, "webhooks PROPAY_PAUSED", {
      $ref: "webhooks/propay-success.yaml",
    }),
  ],
  "a webhook event less": [remove(root, "webhooks PROPAY_SUCCESS")],
  "another version": [set(root, "info version", "2025-09-01")],
  "another address of the API": [
    set(root, "servers 0 url", "https://eu.api.kompliant.com"),
  ],
  "a new type whose name folds to one in use, and would come first": [
    set(ids, "ACCOUNT_ID", { type: "string", pattern: "^acct_" }),
    set(canExecute, `${input} properties account`, {
      $ref: "../../components/ids.yaml#/ACCOUNT_ID",
    }),
  ],
  "a new error whose name folds to one in use": [
    set(
      violations,
      "Precheck",
      violation("ACCOUNT_PROVISIONING", "PRECHECK-FAILED"),
    ),
    add(execute, refusals, {
      $ref: "../../components/errors/system-rule-violations.yaml#/Precheck",
    }),
  ],
  "a new operation whose name folds to one in use, and would come first": [
    set("methods/propay/cancel.yaml", "post", {
      ...cancel,
      operationId: "propay.EXECUTE",
    }),
    set(root, "paths /propay.EXECUTE", { $ref: "methods/propay/cancel.yaml" }),
  ],
  "a new type in place of one whose name it folds to": [
    remove("components/webhook-events.yaml", "PropaySuccessEvent"),
    set("components/webhook-events.yaml", "propay_success_event", {
      type: "object",
      properties: { amount: { type: "integer" } },
    }),
    set(
      "webhooks/propay-success.yaml",
      "post requestBody content application/json schema allOf 1 properties data contentSchema $ref",
      "../components/webhook-events.yaml#/propay_success_event",
    ),
  ],
};
