import { beforeAll, describe, expect, it } from "vitest";
import { errorResponse, errorSchema, specOf } from "../model/spec-builder.js";
import { compile, installCompilers } from "./support/compilers.js";
import { messagesOf } from "./support/refused-cases.js";
import { clientFolder } from "./support/rpc-client.js";

beforeAll(installCompilers);

/** The description with these sub-codes of `invoice.send`, beside two other operations. */
function spec(...subCodes: readonly string[]): object {
  const operation = (
    ...own: readonly string[]
  ): Readonly<Record<string, unknown>> => ({
    responses: {
      "400": errorResponse(
        errorSchema("BAD_REQUEST"),
        ...own.map((each) => errorSchema("RULE_VIOLATION", "Invoice", each)),
      ),
    },
  });
  return specOf({
    operations: {
      "invoice.send": operation(...subCodes),
      "invoice.get": operation("IS_DRAFT", "IS_LOCKED"),
      "invoice.list": operation("IS_LOCKED"),
    },
  });
}

const before = ["IS_DRAFT", "IS_PAID"];

/** One function a file, so that what fails to compile can be told by its file. */
const files = {
  "send-match.ts": `import { matchError } from "./client/index.js";
import type { InvoiceSendError } from "./client/index.js";
export const match = (error: InvoiceSendError): string =>
  matchError(error, {
    BAD_REQUEST: ({ message }) => message,
    RULE_VIOLATION: {
      Invoice: {
        IS_DRAFT: ({ sub_code }) => sub_code,
        IS_PAID: ({ sub_code }) => sub_code,
      },
    },
    undocumented: ({ message }) => message,
    "client.aborted": ({ message }) => message,
    "client.invalid_response": ({ message }) => message,
    "client.network": ({ message }) => message,
    "client.signing": ({ message }) => message,
    "client.timeout": ({ message }) => message,
  });
`,
  "send-switch.ts": `import type { InvoiceSendError } from "./client/index.js";
export function match(error: InvoiceSendError): string {
  if (error.code !== "RULE_VIOLATION") return error.code;
  switch (error.sub_code) {
    case "IS_DRAFT":
      return "draft";
    case "IS_PAID":
      return "paid";
    default:
      return error satisfies never;
  }
}
`,
  "send-catch-all.ts": `import { matchError } from "./client/index.js";
import type { InvoiceSendError } from "./client/index.js";
export const match = (error: InvoiceSendError): string =>
  matchError(error, {
    RULE_VIOLATION: { Invoice: { IS_DRAFT: ({ sub_code }) => sub_code } },
    _: ({ message }) => message,
  });
`,
  "get-match.ts": `import { matchError } from "./client/index.js";
import type { InvoiceGetError } from "./client/index.js";
export const match = (error: InvoiceGetError): string =>
  matchError(error, {
    RULE_VIOLATION: {
      Invoice: { IS_DRAFT: () => "draft", IS_LOCKED: () => "locked" },
    },
    BAD_REQUEST: () => "request",
    undocumented: () => "undocumented",
    "client.aborted": () => "aborted",
    "client.invalid_response": () => "invalid",
    "client.network": () => "network",
    "client.signing": () => "signing",
    "client.timeout": () => "timeout",
  });
`,
  "list-switch.ts": `import type { InvoiceListError } from "./client/index.js";
export function match(error: InvoiceListError): string {
  if (error.code !== "RULE_VIOLATION") return error.code;
  switch (error.sub_code) {
    case "IS_LOCKED":
      return "locked";
    default:
      return error satisfies never;
  }
}
`,
};

/** The files that do not compile, with what the compiler says. */
async function brokenFiles(
  description: object,
): Promise<Readonly<Record<string, string>>> {
  const folder = await clientFolder(description, files);
  const { stdout } = await compile("5.9", [], folder);
  const broken: Record<string, string> = {};
  for (const { file, text } of messagesOf(stdout)) {
    broken[file] = `${broken[file] ?? ""}${text}\n`;
  }
  return broken;
}

describe("regenerating for a description", () => {
  it("without a change breaks nothing", async () => {
    expect(await brokenFiles(spec(...before))).toEqual({});
  });

  it("with a new sub-code breaks exactly the exhaustive matches of its operation", async () => {
    const broken = await brokenFiles(spec(...before, "IS_OVERDUE"));
    expect(Object.keys(broken).sort()).toEqual([
      "send-match.ts",
      "send-switch.ts",
    ]);
    expect(broken["send-match.ts"]).toContain(
      "Property 'IS_OVERDUE' is missing",
    );
    expect(broken["send-switch.ts"]).toContain("InvoiceIsOverdue");
  });

  it("with a sub-code less breaks exactly the handlers that name it", async () => {
    const broken = await brokenFiles(spec("IS_PAID"));
    expect(Object.keys(broken).sort()).toEqual([
      "send-catch-all.ts",
      "send-match.ts",
      "send-switch.ts",
    ]);
    for (const text of Object.values(broken))
      expect(text).toContain("IS_DRAFT");
  });
});
