// isError, unwrap, batches, and values that the description does not know.
import {
  errorKey,
  isError,
  KompliantError,
  matchError,
  newerValue,
  unrecognized,
  unwrap,
} from "../../../generated/index.js";
import { errorCatalogue } from "../../../generated/error-catalogue.js";
import type {
  AccountProvisioningPrecheckFailed,
  AccountProvisioningViolation,
  AnyError,
  BadRequestError,
  EntityNotFoundError,
  ErrorDescription,
  Failure,
  PropayExecuteData,
  PropayExecuteError,
  Result,
  SystemRuleViolationError,
  TimeoutError,
  Unrecognized,
  WorkflowRequiredDocumentBatchAddData,
  WorkflowRequiredDocumentBatchAddItemError,
} from "../../../generated/index.js";
import { same } from "../support/same.js";

declare const error: PropayExecuteError;
declare const failure: Failure<PropayExecuteError>;
declare const result: Result<PropayExecuteData, PropayExecuteError>;

export function caught(thrown: unknown): string {
  if (isError(thrown, "ENTITY_NOT_FOUND")) {
    same<
      typeof thrown,
      EntityNotFoundError | (KompliantError & { error: EntityNotFoundError })
    >(true);
    return thrown.message;
  }
  if (
    isError(
      thrown,
      "SYSTEM_RULE_VIOLATION",
      "AccountProvisioning",
      "PRECHECK_FAILED",
    )
  ) {
    return thrown.message;
  }
  if (thrown instanceof KompliantError) {
    same<typeof thrown.error, AnyError>(true);
    if (isError(thrown.error, "BAD_REQUEST")) return thrown.error.message;
    return `${thrown.operation} ${thrown.traceId ?? ""} ${thrown.status ?? 0}`;
  }
  return "another";
}

if (isError(error, "SYSTEM_RULE_VIOLATION", "AccountProvisioning")) {
  same<typeof error.entity_type, "AccountProvisioning">(true);
  same<typeof error.sub_code, "BUSINESS_NOT_FOUND" | "PRECHECK_FAILED">(true);
}
if (
  isError(
    error,
    "SYSTEM_RULE_VIOLATION",
    "AccountProvisioning",
    "PRECHECK_FAILED",
  )
) {
  same<typeof error, AccountProvisioningPrecheckFailed>(true);
}
if (isError(error, "client.timeout")) same<typeof error, TimeoutError>(true);
if (isError(error, "BAD_REQUEST")) same<typeof error, BadRequestError>(true);
for (const each of failure.errors) {
  if (isError(each, "BAD_REQUEST")) {
    same<typeof each, BadRequestError>(true);
  }
}

same<
  typeof failure.errors,
  readonly [PropayExecuteError, ...PropayExecuteError[]]
>(true);
same<SystemRuleViolationError["code"], "SYSTEM_RULE_VIOLATION">(true);
same<AccountProvisioningViolation["message"], string>(true);

const data = unwrap(result);
same<typeof data, PropayExecuteData>(true);
const thrown = new KompliantError(failure);
same<typeof thrown.error, PropayExecuteError>(true);

// Batches: each item is a success or a failure of its own.
export function items(batch: WorkflowRequiredDocumentBatchAddData): string[] {
  return batch.map((item) => {
    if (item.ok) return JSON.stringify(item.data);
    same<typeof item.error, WorkflowRequiredDocumentBatchAddItemError>(true);
    return matchError(item.error, {
      BAD_REQUEST: ({ details = [] }) =>
        details.map(({ field }) => field).join(),
      _: ({ message }) => message,
    });
  });
}

// The catalogue.
const description = errorCatalogue[errorKey(error)];
same<typeof description, ErrorDescription | undefined>(true);

// Open enums: literals stay, and what is left is the brand alone.
declare const queued: PropayExecuteData["propay"]["queued_operations"][number];
same<typeof queued, "ONBOARDING" | "DOCUMENT_SYNC" | Unrecognized>(true);

export function describe(operation: typeof queued): string {
  switch (operation) {
    case "ONBOARDING":
    case "DOCUMENT_SYNC":
      return operation.toLowerCase();
    default:
      return `new: ${unrecognized(operation)}`;
  }
}

export const requested: (typeof queued)[] = [
  "ONBOARDING",
  newerValue("OFFBOARDING"),
];
