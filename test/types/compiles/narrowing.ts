// A union of errors narrows by each of its fields, in any order and form.
import type {
  AccountProvisioningPrecheckFailed,
  AccountProvisioningBusinessNotFound,
  ClientError,
  PropayExecuteError,
  WorkflowWorkflowNotStarted,
} from "../../../generated/index.js";
import { same } from "../support/same.js";

export function byCodeThenSubCode(error: PropayExecuteError): string {
  switch (error.code) {
    case "SYSTEM_RULE_VIOLATION":
      switch (error.sub_code) {
        case "PRECHECK_FAILED":
          same<typeof error, AccountProvisioningPrecheckFailed>(true);
          return error.entity_type;
        case "BUSINESS_NOT_FOUND":
        case "WORKFLOW_NOT_STARTED":
          return error.message;
      }
    // Every sub-code has returned.
    case "BAD_REQUEST":
      return (error.details ?? []).map(({ field }) => field).join();
    case "undocumented":
      return `${error.status} ${JSON.stringify(error.wire)}`;
    case "client.timeout":
      return error.outcome;
    default:
      return error.message;
  }
}

export function byCodeThenEntityType(error: PropayExecuteError): string {
  if (error.code !== "SYSTEM_RULE_VIOLATION") return "another";
  if (error.entity_type === "Workflow") {
    same<typeof error, WorkflowWorkflowNotStarted>(true);
    return error.sub_code;
  }
  same<
    typeof error,
    AccountProvisioningBusinessNotFound | AccountProvisioningPrecheckFailed
  >(true);
  return error.sub_code;
}

export function bySubCodeAlone(error: PropayExecuteError): string {
  switch (error.sub_code) {
    case "PRECHECK_FAILED":
      same<typeof error, AccountProvisioningPrecheckFailed>(true);
      return `${error.code} ${error.entity_type}`;
    case "BUSINESS_NOT_FOUND":
    case "WORKFLOW_NOT_STARTED":
      same<typeof error.code, "SYSTEM_RULE_VIOLATION">(true);
      return error.message;
    case "ACCOUNT_PROVISIONING_DISABLED":
    case "PROVISIONER_DISABLED":
      same<typeof error.code, "ACCOUNT_CONFIGURATION_VIOLATION">(true);
      return error.message;
    case undefined:
      return error.code;
  }
}

export function byEntityTypeThenSubCode(error: PropayExecuteError): string {
  if (error.code !== "SYSTEM_RULE_VIOLATION") return error.code;
  switch (error.entity_type) {
    case "Workflow":
      return error.sub_code;
    case "AccountProvisioning":
      switch (error.sub_code) {
        case "PRECHECK_FAILED":
        case "BUSINESS_NOT_FOUND":
          return error.message;
      }
  }
}

export function destructured(error: PropayExecuteError): string {
  const { code, entity_type, sub_code } = error;
  if (code === "SYSTEM_RULE_VIOLATION") {
    same<typeof entity_type, "AccountProvisioning" | "Workflow">(true);
    if (sub_code === "PRECHECK_FAILED") {
      same<typeof entity_type, "AccountProvisioning">(true);
    }
    return entity_type;
  }
  if (code === "undocumented") return JSON.stringify(error.wire);
  return sub_code ?? code;
}

export function destructuredParameter({ code, message }: PropayExecuteError) {
  same<typeof code extends `client.${string}` ? never : "both", "both">(true);
  return `${code}: ${message}`;
}

export function byCondition(error: PropayExecuteError): string {
  const isViolation = error.code === "SYSTEM_RULE_VIOLATION";
  return isViolation ? error.sub_code : error.message;
}

export function ofTheClient(
  error: PropayExecuteError,
): ClientError | undefined {
  switch (error.code) {
    case "client.aborted":
    case "client.invalid_response":
    case "client.network":
    case "client.signing":
    case "client.timeout":
      same<typeof error, ClientError>(true);
      return error;
    default:
      return undefined;
  }
}
