// matchError and matchResult: what they take, and what they return.
import { matchError, matchResult } from "../../../generated/index.js";
import type {
  AccountProvisioningBusinessNotFound,
  AccountProvisioningPrecheckFailed,
  AnyError,
  BadRequestError,
  ErrorHandlers,
  PropayExecuteData,
  PropayExecuteError,
  PropayGetError,
  Result,
  WorkflowWorkflowNotStarted,
} from "../../../generated/index.js";
import { same } from "../support/same.js";

declare const error: PropayExecuteError;
declare const result: Result<PropayExecuteData, PropayExecuteError>;

/** Functions that take no part in inference. */
const rest = {
  ACCOUNT_CONFIGURATION_VIOLATION: () => "configuration",
  UNKNOWN_VERSION: () => "version",
  AUTH_INVALID_API_KEY: () => "key",
  AUTH_INVALID_AUTH_TOKEN: () => "token",
  AUTH_INVALID_HEADER: () => "header",
  AUTH_MISSING_HEADER: () => "header",
  AUTH_SIGNATURE_MISMATCH: () => "signature",
  undocumented: () => "undocumented",
  "client.aborted": () => "aborted",
  "client.invalid_response": () => "invalid",
  "client.network": () => "network",
  "client.signing": () => "signing",
  "client.timeout": () => "timeout",
};

const exhaustive = matchError(error, {
  ...rest,
  BAD_REQUEST: ({ details = [] }) => details.map(({ field }) => field),
  ENTITY_NOT_FOUND: ({ message }) => message.length,
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: {
      BUSINESS_NOT_FOUND: (violation) => {
        same<typeof violation, AccountProvisioningBusinessNotFound>(true);
        return null;
      },
      PRECHECK_FAILED: async ({ sub_code }) => Promise.resolve(sub_code),
    },
    Workflow: { WORKFLOW_NOT_STARTED: () => true },
  },
});
same<
  typeof exhaustive,
  string | string[] | number | boolean | null | Promise<"PRECHECK_FAILED">
>(true);

const byEntityType = matchError(error, {
  ...rest,
  BAD_REQUEST: () => "request",
  ENTITY_NOT_FOUND: () => "entity",
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: (violation) => {
      same<
        typeof violation,
        AccountProvisioningBusinessNotFound | AccountProvisioningPrecheckFailed
      >(true);
      return violation.message;
    },
    Workflow: ({ sub_code }) => sub_code,
  },
});
same<typeof byEntityType, string>(true);

const byCode = matchError(error, {
  SYSTEM_RULE_VIOLATION: ({ entity_type }) => entity_type,
  _: (other) => other.code,
});
same<
  typeof byCode,
  PropayExecuteError["code"] | "AccountProvisioning" | "Workflow"
>(true);

/** What a set of handlers of a declared type returns is not looked up: never is not it. */
interface DeclaredHandlers {
  readonly BAD_REQUEST: (error: BadRequestError) => number;
  readonly _: (error: AnyError) => string;
}
declare const declared: DeclaredHandlers;
const ofDeclared = matchError(error, declared);
same<typeof ofDeclared, unknown>(true);

// A catch-all covers the levels below its own.
matchError(error, {
  SYSTEM_RULE_VIOLATION: { AccountProvisioning: { PRECHECK_FAILED: () => 1 } },
  _: () => 2,
});
matchError(error, {
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: { PRECHECK_FAILED: () => 1 },
    _: ({ entity_type }) => entity_type.length,
  },
  _: () => 2,
});
matchError(error, {
  SYSTEM_RULE_VIOLATION: {
    AccountProvisioning: { PRECHECK_FAILED: () => 1, _: () => 2 },
    Workflow: { _: () => 3 },
  },
  _: () => 4,
});

// What has been handled before need not be handled again.
export function remaining(given: PropayExecuteError): string {
  if (given.code === "SYSTEM_RULE_VIOLATION") return given.sub_code;
  return matchError(given, {
    ...rest,
    BAD_REQUEST: ({ message }) => message,
    ENTITY_NOT_FOUND: ({ message }) => message,
  });
}

// Literals stay literals where they are meant to.
export const level = (given: PropayExecuteError): "warn" | "error" =>
  matchError(given, {
    BAD_REQUEST: () => "warn" as const,
    _: () => "error" as const,
  });

// Handlers can be made beforehand.
const handlers = {
  _: ({ message }) => message,
} satisfies ErrorHandlers<PropayExecuteError>;
same<ReturnType<typeof handlers._>, string>(true);
matchError(error, handlers);

// All handlers asynchronous: one promise.
const promised = matchError(error, {
  BAD_REQUEST: async () => Promise.resolve(1),
  _: async () => Promise.resolve(2),
});
same<typeof promised, Promise<number>>(true);

// Handlers that return nothing.
const nothing = matchError(error, {
  BAD_REQUEST: () => undefined,
  _: () => undefined,
});
same<typeof nothing, undefined>(true);

const matched = matchResult(result, ({ propay }) => propay.propay_id.length, {
  ENTITY_NOT_FOUND: () => undefined,
  _: ({ code }) => {
    throw new Error(code);
  },
});
same<typeof matched, number | undefined>(true);

// Violations that stand in for unread rows are handled by their code, and below it at will.
declare const unread: PropayGetError;
const ofUnread = matchError(unread, {
  ...rest,
  BAD_REQUEST: () => "request",
  ENTITY_NOT_FOUND: () => "entity",
  SYSTEM_RULE_VIOLATION: {
    Workflow: {
      WORKFLOW_NOT_STARTED: (violation) => {
        same<typeof violation, WorkflowWorkflowNotStarted>(true);
        return violation.sub_code;
      },
    },
    _: ({ entity_type }) => entity_type,
  },
});
same<typeof ofUnread, string>(true);

// The errors of an operation whose rows were read are among those of one that knows less.
export const widened: PropayGetError = error;
