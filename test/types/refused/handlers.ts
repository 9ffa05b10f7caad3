// Sets of handlers that must not compile. What follows `says` must be in the message.
import { matchError, matchResult } from "../../../generated/index.js";
import type {
  ErrorHandlers,
  PropayExecuteData,
  PropayExecuteError,
  PropayGetError,
  Result,
} from "../../../generated/index.js";

declare const error: PropayExecuteError;
declare const result: Result<PropayExecuteData, PropayExecuteError>;

const rest = {
  ACCOUNT_CONFIGURATION_VIOLATION: () => 1,
  BAD_REQUEST: () => 1,
  ENTITY_NOT_FOUND: () => 1,
  UNKNOWN_VERSION: () => 1,
  AUTH_INVALID_API_KEY: () => 1,
  AUTH_INVALID_AUTH_TOKEN: () => 1,
  AUTH_INVALID_HEADER: () => 1,
  AUTH_MISSING_HEADER: () => 1,
  AUTH_SIGNATURE_MISMATCH: () => 1,
  undocumented: () => 1,
  "client.aborted": () => 1,
  "client.invalid_response": () => 1,
  "client.network": () => 1,
  "client.signing": () => 1,
};
const violations = {
  AccountProvisioning: { BUSINESS_NOT_FOUND: () => 1 },
  Workflow: { WORKFLOW_NOT_STARTED: () => 1 },
};

// case: forgets a sub-code
// says: Property 'PRECHECK_FAILED' is missing
// says: but required in type
matchError(error, {
  ...rest,
  "client.timeout": ({ outcome }) => outcome,
  SYSTEM_RULE_VIOLATION: violations,
});

// case: may lack any handler
// says: is optional in type
declare const annotated: ErrorHandlers<PropayExecuteError>;
matchError(error, annotated);

// case: may lack any handler, and has no catch-all
// says: is optional in type
declare const partial: Partial<
  Record<PropayExecuteError["code"], () => number>
>;
matchError(error, partial);

// case: forgets a sub-code, with handlers that infer their parameters
// says: Property 'PRECHECK_FAILED' is missing
matchError(error, {
  ...rest,
  "client.timeout": ({ outcome }) => outcome,
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: {
      BUSINESS_NOT_FOUND: ({ sub_code }) => sub_code,
    },
    Workflow: ({ entity_type }) => entity_type,
  },
});

// case: forgets a sub-code where the result has a type
// says: Property 'PRECHECK_FAILED' is missing
export const forgetful = (given: PropayExecuteError): string =>
  matchError(given, {
    BAD_REQUEST: ({ message }) => message,
    SYSTEM_RULE_VIOLATION: {
      AccountProvisioning: {
        BUSINESS_NOT_FOUND: ({ message }) => message,
      },
      Workflow: ({ message }) => message,
    },
    ACCOUNT_CONFIGURATION_VIOLATION: ({ message }) => message,
    ENTITY_NOT_FOUND: ({ message }) => message,
    UNKNOWN_VERSION: ({ message }) => message,
    AUTH_INVALID_API_KEY: ({ message }) => message,
    AUTH_INVALID_AUTH_TOKEN: ({ message }) => message,
    AUTH_INVALID_HEADER: ({ message }) => message,
    AUTH_MISSING_HEADER: ({ message }) => message,
    AUTH_SIGNATURE_MISMATCH: ({ message }) => message,
    undocumented: ({ message }) => message,
    "client.aborted": ({ message }) => message,
    "client.invalid_response": ({ message }) => message,
    "client.network": ({ message }) => message,
    "client.signing": ({ message }) => message,
    "client.timeout": ({ message }) => message,
  });

declare const unread: PropayGetError;

// case: handles some of the violations that stand in for unread rows, and no others
// says: Property '_' is missing
matchError(unread, {
  ...rest,
  "client.timeout": ({ outcome }) => outcome,
  SYSTEM_RULE_VIOLATION: {
    Workflow: { WORKFLOW_NOT_STARTED: ({ sub_code }) => sub_code },
  },
});

// case: forgets the code of violations that stand in for unread rows
// says: Property 'SYSTEM_RULE_VIOLATION' is missing
export const withoutCode = (given: PropayGetError): string =>
  matchError(given, {
    ...rest,
    ...{ ACCOUNT_CONFIGURATION_VIOLATION: () => "", BAD_REQUEST: () => "" },
    "client.timeout": ({ outcome }) => outcome,
  });

// case: misspells a violation that stands in for unread rows
// says: WORKFLOW_NOT_STRTED
matchError(unread, {
  ...rest,
  "client.timeout": ({ outcome }) => outcome,
  SYSTEM_RULE_VIOLATION: {
    Workflow: { WORKFLOW_NOT_STRTED: () => 1 },
    _: () => 2,
  },
});

// case: forgets an entity type
// says: Property 'Workflow' is missing
matchError(error, {
  ...rest,
  "client.timeout": ({ outcome }) => outcome,
  SYSTEM_RULE_VIOLATION: { AccountProvisioning: ({ sub_code }) => sub_code },
});

// case: forgets a code
// says: Property 'SYSTEM_RULE_VIOLATION' is missing
matchError(error, { ...rest, "client.timeout": ({ outcome }) => outcome });

// case: forgets an error of the client
// says: Property '"client.timeout"' is missing
matchError(error, { ...rest, SYSTEM_RULE_VIOLATION: ({ code }) => code });

// case: forgets everything
// says: missing the following properties
matchError(error, {});

// case: forgets everything but one, in a function with a result
// says: missing the following properties
export const most = (given: PropayExecuteError): string =>
  matchError(given, { BAD_REQUEST: ({ message }) => message });

// case: misspells a code
// says: "BAD_REQEST is not documented here"
matchError(error, { BAD_REQEST: () => 1, _: () => 2 });

// case: misspells a code and infers its parameter
// says: "BAD_REQEST is not documented here"
matchError(error, {
  BAD_REQEST: (given: Error) => given,
  _: ({ code }) => code,
});

// case: misspells an entity type
// says: Workflw
matchError(error, {
  SYSTEM_RULE_VIOLATION: { Workflw: () => 1 },
  _: ({ code }) => code,
});

// case: misspells a sub-code
// says: "PRECHEK_FAILED is not documented here"
matchError(error, {
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: { PRECHEK_FAILED: () => 1, _: () => 2 },
  },
  _: ({ code }) => code,
});

// case: has a sub-code under the wrong entity type
// says: "PRECHECK_FAILED is not documented here"
matchError(error, {
  SYSTEM_RULE_VIOLATION: { Workflow: { PRECHECK_FAILED: () => 1 } },
  _: () => 2,
});

// case: names an error that another operation documents
// says: "ENTITY_LINKED is not documented here"
matchError(error, { ENTITY_LINKED: () => 1, _: () => 2 });

// case: goes below a code that has nothing below it
// says: 'Workflow' does not exist in type '(error: BadRequestError)
matchError(error, { BAD_REQUEST: { Workflow: () => 1 }, _: () => 2 });

// case: uses the result as something that only some handlers return
// says: 'string | number' is not assignable to type 'number'
export const count: number = matchError(error, {
  BAD_REQUEST: ({ message }) => message,
  _: () => 1,
});

// case: reads a field that the error does not have
// says: Property 'wire' does not exist on type 'BadRequestError'
matchError(error, { BAD_REQUEST: ({ wire }) => wire, _: () => 1 });

// case: forgets an error of a whole result
// says: Property '"client.timeout"' is missing
matchResult(result, ({ propay }) => propay, {
  ...rest,
  SYSTEM_RULE_VIOLATION: () => 1,
});

// case: misspells a handler that is made beforehand
// says: 'BAD_REQEST' does not exist in type
export const prepared = {
  BAD_REQEST: () => 1,
} satisfies ErrorHandlers<PropayExecuteError>;
