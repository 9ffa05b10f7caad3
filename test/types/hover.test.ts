import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const file = path.join(import.meta.dirname, "compiles", "hovered.ts");
const text = `import { isError, matchError, propay } from "../../../generated/index.js";
import type { Client, PropayExecuteError } from "../../../generated/index.js";
declare const kompliant: Client;
declare const error: PropayExecuteError;
const result = await propay.execute(kompliant, { propay_id: "ape_1" });
if (!result.ok) {
  const failed = result.error;
  if (failed.code === "SYSTEM_RULE_VIOLATION") {
    const violation = failed;
    if (failed.sub_code === "PRECHECK_FAILED") { const narrowed = failed; }
  }
  matchError(result.error, { BAD_REQUEST: (handled) => handled, _: (rest) => rest });
}
if (isError(error, "SYSTEM_RULE_VIOLATION", "AccountProvisioning", "PRECHECK_FAILED")) {
  const guarded = error;
}
`;

const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
  }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const content = name === file ? text : ts.sys.readFile(name);
    return content === undefined
      ? undefined
      : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => import.meta.dirname,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
});

/** What an editor shows above a name. */
function quickInfo(name: string): ts.QuickInfo | undefined {
  const position = new RegExp(`\\b${name}\\b`).exec(text)?.index ?? -1;
  return service.getQuickInfoAtPosition(file, position);
}

function hover(name: string): string {
  return ts.displayPartsToString(quickInfo(name)?.displayParts);
}

function documentation(name: string): string {
  return ts.displayPartsToString(quickInfo(name)?.documentation);
}

describe("an editor shows above", () => {
  it.each([
    ["result", "const result: Result<PropayExecuteData, PropayExecuteError>"],
    ["failed", "const failed: PropayExecuteError"],
    [
      "violation",
      "const violation: AccountProvisioningBusinessNotFound | AccountProvisioningPrecheckFailed | WorkflowWorkflowNotStarted",
    ],
    ["narrowed", "const narrowed: AccountProvisioningPrecheckFailed"],
    ["handled", "(parameter) handled: BadRequestError"],
    ["rest", "(parameter) rest: PropayExecuteError"],
    ["guarded", "const guarded: AccountProvisioningPrecheckFailed"],
  ])("%s a short type by name", (name, expected) => {
    expect(hover(name)).toBe(expected);
  });

  it("an operation its signature in fewer than 200 characters", () => {
    const shown = hover("execute");
    expect(shown).toContain(
      "Promise<Result<PropayExecuteData, PropayExecuteError>>",
    );
    expect(shown.length).toBeLessThan(200);
  });

  it("an operation the errors that it documents", () => {
    const shown = documentation("execute");
    expect(shown).toContain(
      "- SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_NOT_STARTED: ",
    );
    expect(shown).toContain("- ENTITY_NOT_FOUND: ");
    expect(shown).not.toContain("URL_ALREADY_EXISTS");
  });
});
