// What a consuming repository writes, as in section 2 of the design. Here it is checked
// against generated/; the tests copy it next to a client that they have generated.
import {
  createClient,
  KompliantError,
  ksig1,
  matchError,
  propay,
  unwrap,
  workflow,
} from "../../../generated/index.js";
import type {
  Client,
  PropayExecuteError,
  Unrecognized,
} from "../../../generated/index.js";

export function connect(
  apiKey: string,
  secretKey: string,
  authToken: string,
): Client {
  return createClient({
    signer: ksig1({ apiKey, secretKey, authToken }), // or any function: (request) => headers
  });
}

export const unsigned: Client = createClient({
  signer: async ({ body, headers, url }) => {
    await Promise.resolve();
    return {
      "x-length": `${body.byteLength} ${url.pathname} ${headers.get("accept") ?? ""}`,
    };
  },
});

export async function execute(
  kompliant: Client,
  propay_id: string,
): Promise<string> {
  const result = await propay.execute(kompliant, { propay_id });
  if (result.ok) {
    const queued = result.data.propay.queued_operations; // ("ONBOARDING" | "DOCUMENT_SYNC" | Unrecognized)[]
    return `${queued.map(describeOperation).join()} ${result.meta.trace_id ?? ""}`;
  }
  switch (result.error.code) {
    case "ENTITY_NOT_FOUND":
      return "not found";
    case "SYSTEM_RULE_VIOLATION":
      switch (
        result.error.sub_code // narrows entity_type too
      ) {
        case "PRECHECK_FAILED":
          accept<"AccountProvisioning">(result.error.entity_type);
          return showMissing(kompliant, propay_id);
        case "BUSINESS_NOT_FOUND":
        case "WORKFLOW_NOT_STARTED":
          return "later";
      }
    // It never falls through: every documented sub-code returns.
    case "undocumented":
      return JSON.stringify(result.error.wire); // the API may add codes within a version
    case "client.timeout":
      return result.error.outcome === "unknown" ? "reconcile" : "again";
    default:
      return result.error.message;
  }
}

async function showMissing(
  kompliant: Client,
  propay_id: string,
): Promise<string> {
  const { missing_requirements = [] } = unwrap(
    await propay.canExecute(kompliant, { propay_id }),
  );
  return `${missing_requirements.length} requirements are missing`;
}

function describeOperation(
  operation: "ONBOARDING" | "DOCUMENT_SYNC" | Unrecognized,
): string {
  switch (operation) {
    case "ONBOARDING":
    case "DOCUMENT_SYNC":
      return operation.toLowerCase();
    default:
      accept<Unrecognized>(operation); // every known value has been handled
      return `? ${operation}`;
  }
}

/** Exhaustive: what the documentation adds does not compile until it is decided here. */
export function describeError(error: PropayExecuteError): string {
  return matchError(error, {
    ACCOUNT_CONFIGURATION_VIOLATION: {
      AccountProvisioning: {
        ACCOUNT_PROVISIONING_DISABLED: () => "disabled",
        PROVISIONER_DISABLED: () => "provisioner disabled",
      },
    },
    BAD_REQUEST: ({ details = [] }) => details.map(({ field }) => field).join(),
    ENTITY_NOT_FOUND: ({ message }) => message,
    SYSTEM_RULE_VIOLATION: {
      AccountProvisioning: {
        BUSINESS_NOT_FOUND: () => "no business",
        PRECHECK_FAILED: ({ sub_code }) => sub_code,
      },
      Workflow: { WORKFLOW_NOT_STARTED: ({ entity_type }) => entity_type },
    },
    UNKNOWN_VERSION: ({ message }) => message,
    AUTH_INVALID_API_KEY: () => "key",
    AUTH_INVALID_AUTH_TOKEN: () => "token",
    AUTH_INVALID_HEADER: () => "header",
    AUTH_MISSING_HEADER: () => "header",
    AUTH_SIGNATURE_MISMATCH: () => "signature",
    undocumented: ({ wire, status }) => `${status} ${JSON.stringify(wire)}`,
    "client.aborted": ({ outcome }) => outcome,
    "client.invalid_response": ({ excerpt }) => excerpt,
    "client.network": ({ outcome }) => outcome,
    "client.signing": ({ message }) => message,
    "client.timeout": ({ outcome }) => outcome,
  });
}

/** Exhaustive by the compiler's own means. */
export function mayRetryLater(error: PropayExecuteError): boolean {
  if (error.code !== "SYSTEM_RULE_VIOLATION") return false;
  const { sub_code } = error;
  switch (sub_code) {
    case "BUSINESS_NOT_FOUND":
      return false;
    case "WORKFLOW_NOT_STARTED":
      return true;
    case "PRECHECK_FAILED":
      return true;
    default:
      return accept<never>(sub_code);
  }
}

export async function removeWorkflow(
  kompliant: Client,
  workflow_id: string,
): Promise<string> {
  try {
    unwrap(
      await workflow.delete(
        kompliant,
        { workflow_id },
        { timeoutMs: 1_000, retry: false, signal: AbortSignal.timeout(5_000) },
      ),
    );
    return "deleted";
  } catch (error) {
    if (error instanceof KompliantError) return error.message;
    throw error;
  }
}

function accept<Type>(value: Type): Type {
  return value;
}
