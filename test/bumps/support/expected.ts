import { readdirSync } from "node:fs";

/** The module of every operation, whose documentation lists its errors. */
const operationModules = readdirSync("generated/operations", {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => name.endsWith(".ts") && !name.endsWith("index.ts"))
  .map((name) => `operations/${name.replaceAll("\\", "/")}`)
  .sort();

/** What each of the single changes does. */
export const expected: Readonly<
  Record<
    string,
    {
      /** Level, rule, subject and message of every finding. */
      readonly changes: readonly string[];
      /** What it suggests for the version of the caller's own client. */
      readonly bump: string;
      /** Files of the client that are rewritten, created or deleted. */
      readonly files: readonly string[];
      /** Exported identifiers that come and go. */
      readonly names: readonly string[];
      /** Elements that the client calls something else than before. */
      readonly renamed: readonly string[];
    }
  >
> = {
  "a new operation": {
    changes: [
      "additive operation-added: propay.cancel: operation `propay.cancel` is new",
    ],
    bump: "minor",
    files: [
      "error-catalogue.ts",
      "errors.ts",
      "index.ts",
      "operations/propay/cancel.ts",
      "operations/propay/index.ts",
    ],
    names: [
      "+PropayCancelData",
      "+PropayCancelError",
      "+PropayCancelErrorCode",
      "+PropayCancelInput",
      "+propayCancel",
    ],
    renamed: [],
  },
  "an operation less": {
    changes: [
      "breaking operation-removed: propay.execute: operation `propay.execute` was removed",
    ],
    bump: "major",
    files: [
      "drift.ts",
      "error-catalogue.ts",
      "errors.ts",
      "index.ts",
      "operations/propay/execute.ts",
      "operations/propay/index.ts",
    ],
    names: [
      "-PropayExecuteData",
      "-PropayExecuteError",
      "-PropayExecuteErrorCode",
      "-PropayExecuteInput",
      "-propayExecute",
    ],
    renamed: [],
  },
  "an operation under another name": {
    changes: [
      "breaking operation-renamed: propay.run: operation `propay.execute` became `propay.run`",
    ],
    bump: "major",
    files: [
      "drift.ts",
      "error-catalogue.ts",
      "errors.ts",
      "index.ts",
      "operations/propay/execute.ts",
      "operations/propay/index.ts",
      "operations/propay/run.ts",
    ],
    names: [
      "+PropayRunData",
      "+PropayRunError",
      "+PropayRunErrorCode",
      "+PropayRunInput",
      "+propayRun",
      "-PropayExecuteData",
      "-PropayExecuteError",
      "-PropayExecuteErrorCode",
      "-PropayExecuteInput",
      "-propayExecute",
    ],
    renamed: [
      "#/paths/~1propay.execute/post",
      "#/paths/~1propay.execute/post/operationId",
    ],
  },
  "an operation at another address": {
    changes: [
      "breaking operation-address-changed: propay.execute: address `POST /propay.execute` became `POST /v2/propay.execute`",
    ],
    bump: "major",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "an operation that may be repeated": {
    changes: [
      "additive operation-effect-changed: propay.execute: effect `write` became `read`",
    ],
    bump: "minor",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "a deprecated operation": {
    changes: [
      "additive deprecation-changed: propay.execute: it is deprecated now",
    ],
    bump: "minor",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "another text of an operation": {
    changes: [
      "documentation documentation-changed: propay.execute: description changed",
    ],
    bump: "patch",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "an optional parameter more": {
    changes: [
      "additive property-added: PropayExecuteInput: optional property `dry_run` is new",
    ],
    bump: "minor",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "a required parameter more": {
    changes: [
      "breaking property-added: PropayExecuteInput: required property `reason` is new",
    ],
    bump: "major",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "a parameter less": {
    changes: [
      "breaking property-removed: BusinessCreateInput: `business`: property `email` was removed",
    ],
    bump: "major",
    files: ["operations/business/create.ts"],
    names: [],
    renamed: [],
  },
  "a parameter that is required now": {
    changes: [
      "breaking property-became-required: BusinessCreateInput: property `business` is required now",
    ],
    bump: "major",
    files: ["operations/business/create.ts"],
    names: [],
    renamed: [],
  },
  "another type of a parameter": {
    changes: [
      "breaking type-changed: BusinessCreateInput: `business.legal_name`: type string became integer",
    ],
    bump: "major",
    files: ["operations/business/create.ts"],
    names: [],
    renamed: [],
  },
  "a rule for a parameter": {
    changes: [
      "breaking validation-tightened: BusinessCreateInput: `business.legal_name`: maxLength (none) became `40`",
    ],
    bump: "major",
    files: [],
    names: [],
    renamed: [],
  },
  "a response field more": {
    changes: [
      "additive property-added: PropayExecuteData: `propay`: optional property `position` is new",
    ],
    bump: "minor",
    files: ["operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "a response field less": {
    changes: [
      "breaking property-removed: BankAccount: property `bank_name` was removed",
    ],
    bump: "major",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "a response field that may be missing": {
    changes: [
      "breaking property-became-optional: BankAccount: property `bank_name` is optional now",
    ],
    bump: "major",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "a response field that may be null": {
    changes: [
      "breaking type-changed: BankAccount: `bank_name`: type string became null or string",
    ],
    bump: "major",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "another format of a response field": {
    changes: [
      "breaking format-changed: BankAccount: `created_at`: format `date-time` became `date`",
    ],
    bump: "major",
    files: [],
    names: [],
    renamed: [],
  },
  "another pattern of an identifier": {
    changes: [
      "breaking validation-tightened: WorkflowId: pattern `^w_` became `^wf_`",
    ],
    bump: "major",
    files: [],
    names: [],
    renamed: [],
  },
  "a value more of an open list": {
    changes: ['additive enum-value-added: WorkflowState: new value `"PAUSED"`'],
    bump: "minor",
    files: ["drift.ts", "schemas.ts"],
    names: [],
    renamed: [],
  },
  "a value less of a list": {
    changes: [
      'breaking enum-value-removed: AccountProvisioningOperationStatus: value `"PENDING"` was removed',
    ],
    bump: "major",
    files: ["drift.ts", "schemas.ts"],
    names: [],
    renamed: [],
  },
  "an open list that is closed now": {
    changes: [
      "breaking enum-openness-changed: WorkflowState: open list of values became closed list",
    ],
    bump: "major",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "another text of a type": {
    changes: [
      "documentation schema-documentation-changed: WorkflowState: description changed",
    ],
    bump: "patch",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "a deprecated type": {
    changes: [
      "additive schema-deprecation-changed: WorkflowId: deprecated now",
    ],
    bump: "minor",
    files: ["schemas.ts"],
    names: [],
    renamed: [],
  },
  "a sub-code more": {
    changes: [
      "additive error-sub-code-added: SYSTEM_RULE_VIOLATION/AccountProvisioning/PROPAY_LIMIT: new sub-code: `SYSTEM_RULE_VIOLATION` / `AccountProvisioning` / `PROPAY_LIMIT`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: ["+AccountProvisioningPropayLimit", "+PropayLimit"],
    renamed: [],
  },
  "an entity type more": {
    changes: [
      "additive error-entity-type-added: SYSTEM_RULE_VIOLATION/Propay/PROPAY_LIMIT: new entity type: `SYSTEM_RULE_VIOLATION` / `Propay` / `PROPAY_LIMIT`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: ["+PropayLimit", "+PropayPropayLimit", "+PropayViolation"],
    renamed: [],
  },
  "an error code more": {
    changes: [
      "additive error-code-added: ENTITY_LOCKED: new error code: `ENTITY_LOCKED`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: ["+EntityLockedError"],
    renamed: [],
  },
  "a known error of one more operation": {
    changes: [
      "additive operation-error-added: SYSTEM_RULE_VIOLATION/AccountProvisioning/PRECHECK_FAILED: further operations document `SYSTEM_RULE_VIOLATION` / `AccountProvisioning` / `PRECHECK_FAILED`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/workflow/delete.ts"],
    names: [],
    renamed: [],
  },
  "an error of one operation less": {
    changes: [
      "breaking operation-error-removed: SYSTEM_RULE_VIOLATION/AccountProvisioning/PRECHECK_FAILED: operations no longer document `SYSTEM_RULE_VIOLATION` / `AccountProvisioning` / `PRECHECK_FAILED`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "an error less": {
    changes: [
      "breaking operation-error-removed: SYSTEM_RULE_VIOLATION/AccountProvisioning/BUSINESS_NOT_FOUND: operations no longer document `SYSTEM_RULE_VIOLATION` / `AccountProvisioning` / `BUSINESS_NOT_FOUND`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: [],
    renamed: [],
  },
  "an error of every operation more": {
    changes: [
      "additive error-code-added: AUTH_KEY_EXPIRED: new error code: `AUTH_KEY_EXPIRED`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", ...operationModules],
    names: ["+AuthKeyExpiredError"],
    renamed: [],
  },
  "another text of an error": {
    changes: [
      "documentation documentation-changed: SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_NOT_STARTED: description changed",
    ],
    bump: "patch",
    files: [
      "error-catalogue.ts",
      "errors.ts",
      "operations/mbtrust/create.ts",
      "operations/propay/execute.ts",
    ],
    names: [],
    renamed: [],
  },
  "a webhook event more": {
    changes: [
      "additive webhook-added: PROPAY_PAUSED: webhook event `PROPAY_PAUSED` is new",
    ],
    bump: "major",
    files: ["webhooks.ts"],
    names: [],
    renamed: [],
  },
  "a webhook event less": {
    changes: [
      "breaking webhook-removed: PROPAY_SUCCESS: webhook event `PROPAY_SUCCESS` was removed",
      "additive exported-name-removed: PropaySuccessEvent: the type `PropaySuccessEvent` is no longer exported",
    ],
    bump: "major",
    files: ["schemas.ts", "webhooks.ts"],
    names: ["-PropaySuccessEvent"],
    renamed: [],
  },
  "another version": {
    changes: [
      "additive api-version-changed: Kompliant Web API: version `2025-03-24` became `2025-09-01`",
    ],
    bump: "minor",
    files: ["client.ts"],
    names: [],
    renamed: [],
  },
  "another address of the API": {
    changes: [
      "additive server-changed: Kompliant Web API: server `https://api.kompliant.com` became `https://eu.api.kompliant.com`",
    ],
    bump: "minor",
    files: ["client.ts"],
    names: [],
    renamed: [],
  },
  "a new type whose name folds to one in use, and would come first": {
    changes: [
      "additive property-added: PropayCanExecuteInput: optional property `account` is new",
    ],
    bump: "minor",
    files: ["operations/propay/canExecute.ts", "schemas.ts"],
    names: ["+AccountId2"],
    renamed: [],
  },
  "a new error whose name folds to one in use": {
    changes: [
      "additive error-entity-type-added: SYSTEM_RULE_VIOLATION/ACCOUNT_PROVISIONING/PRECHECK-FAILED: new entity type: `SYSTEM_RULE_VIOLATION` / `ACCOUNT_PROVISIONING` / `PRECHECK-FAILED`",
    ],
    bump: "major",
    files: ["error-catalogue.ts", "errors.ts", "operations/propay/execute.ts"],
    names: [
      "+AccountProvisioningPrecheckFailed2",
      "+AccountProvisioningViolation2",
      "+PrecheckFailed2",
    ],
    renamed: [],
  },
  "a new operation whose name folds to one in use, and would come first": {
    changes: [
      "additive operation-added: propay.EXECUTE: operation `propay.EXECUTE` is new",
    ],
    bump: "minor",
    files: [
      "error-catalogue.ts",
      "errors.ts",
      "index.ts",
      "operations/propay/EXECUTE2.ts",
      "operations/propay/index.ts",
    ],
    names: [
      "+PropayExecute2Data",
      "+PropayExecute2Error",
      "+PropayExecute2ErrorCode",
      "+PropayExecute2Input",
      "+propayExecute2",
    ],
    renamed: [],
  },
  "a new type in place of one whose name it folds to": {
    changes: [
      "breaking property-removed: PropaySuccessEvent: property `provisioning_data` was removed",
      "breaking property-removed: PropaySuccessEvent: property `subject_record_id` was removed",
      "breaking property-removed: PropaySuccessEvent: property `user_context` was removed",
      "breaking property-removed: PropaySuccessEvent: property `version` was removed",
      "breaking property-removed: PropaySuccessEvent: property `workflow_id` was removed",
      "breaking property-removed: PropaySuccessEvent: property `workflow_type` was removed",
      "additive exported-name-removed: PropaySuccessEvent: the type `PropaySuccessEvent` is no longer exported",
      "additive property-added: PropaySuccessEvent2: optional property `amount` is new",
      "documentation schema-documentation-changed: PropaySuccessEvent2: description changed",
    ],
    bump: "major",
    files: ["schemas.ts", "webhooks.ts"],
    names: ["+PropaySuccessEvent2", "-PropaySuccessEvent"],
    renamed: [],
  },
};
