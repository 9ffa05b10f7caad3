// Errors and values that are used as something else.
import {
  isError,
  matchError,
  newerValue,
  propay,
  unrecognized,
} from "../../../generated/index.js";
import type {
  Client,
  MaxBankAccountLimit,
  PrecheckFailed,
  PropayExecuteData,
  PropayExecuteError,
  WorkflowRequiredDocumentBatchAddData,
} from "../../../generated/index.js";

declare const client: Client;
declare const error: PropayExecuteError;
type Queued = PropayExecuteData["propay"]["queued_operations"][number];

// case: forgets a sub-code in a switch that must be exhaustive
// says(5.9, 6, 7): "PRECHECK_FAILED"
// says(5.4): 'never'
export function bySwitch(given: PropayExecuteError): number {
  if (given.code !== "SYSTEM_RULE_VIOLATION") return 0;
  const { sub_code } = given;
  switch (sub_code) {
    case "BUSINESS_NOT_FOUND":
      return 1;
    case "WORKFLOW_NOT_STARTED":
      return 2;
    default:
      return sub_code satisfies never;
  }
}

// case: compares with a code that no error has
// says: "SYSTEM_RULE_VIOLATON"
export const isViolation = error.code === "SYSTEM_RULE_VIOLATON";

// case: compares with a sub-code of another operation
// says: "MAX_OWNER_LIMIT"
export const isLimit =
  error.code === "SYSTEM_RULE_VIOLATION" &&
  error.sub_code === "MAX_OWNER_LIMIT";

// case: takes one of two errors with the same sub-code for the other
// says: "SubjectRecord"
export const entityType = (given: MaxBankAccountLimit): "Business" =>
  given.entity_type;

// case: gives an error fields that do not belong together
// says: "Workflow"
export const mixed: PrecheckFailed = {
  code: "SYSTEM_RULE_VIOLATION",
  entity_type: "Workflow",
  sub_code: "PRECHECK_FAILED",
  message: "x",
};

// case: asks for a code that no error has
// says: "ENTITY_NOT_FUND"
isError(error, "ENTITY_NOT_FUND");

// case: asks for an entity type that does not go with the code
// says: "Wrkflow"
isError(error, "SYSTEM_RULE_VIOLATION", "Wrkflow");

// case: asks for a sub-code that does not go with the entity type
// says: "PRECHECK_FAILED"
isError(error, "SYSTEM_RULE_VIOLATION", "Workflow", "PRECHECK_FAILED");

// case: asks for a sub-code of a code that has none
// says: "BAD_REQUEST"
isError(error, "BAD_REQUEST", "Workflow", "WORKFLOW_ENDED");

// case: reads the data of a result that may have failed
// says: Property 'data' does not exist
export const hasty = async () =>
  (await propay.execute(client, { propay_id: "ape_1" })).data;

// case: takes the item of a batch for a success
// says: Property 'data' does not exist
export const items = (batch: WorkflowRequiredDocumentBatchAddData) =>
  batch.map((item) => item.data);

// case: forgets a known value of an enum
// says: "DOCUMENT_SYNC is not handled"
export function describe(operation: Queued): string {
  switch (operation) {
    case "ONBOARDING":
      return "onboarding";
    default:
      return unrecognized(operation);
  }
}

// case: forgets two values of a closed enum
// says: "PENDING is not handled"
// says: "IN_PROGRESS is not handled"
export function progress(status: "PENDING" | "IN_PROGRESS" | "DONE"): string {
  return status === "DONE" ? "done" : unrecognized(status);
}

// case: takes any text for a value of an enum
// says: is not handled
export const anyText = (value: string): string => unrecognized(value);

// case: sends a value that the description does not list without saying so
// says: "OFFBOARDING"
export const requested: Queued[] = [newerValue("ANOTHER"), "OFFBOARDING"];

// case: matches on something that is no error
// says: 'string' is not assignable to parameter of type 'AnyError'
matchError("BAD_REQUEST", { _: () => 1 });
