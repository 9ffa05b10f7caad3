import { symlinkSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { drawEditor } from "./draw-editor.js";

const code = `import { matchError, propay } from "./kompliant/index.js";
import type { Client } from "./kompliant/index.js";

export async function provision(kompliant: Client, propay_id: string) {
  const result = await propay.execute(kompliant, { propay_id });
  if (result.ok) return "queued";

  const { error } = result;
  if (error.code !== "SYSTEM_RULE_VIOLATION") return error.message;
  return matchError(error, {
    SYSTEM_RULE_VIOLATION: {
      Workflow: () => "start the workflow first",
      AccountProvisioning: {
        BUSINESS_NOT_FOUND: () => "create the business first",
      },
    },
  });
}
`;

/** Compiles the code beside the committed client. */
function diagnostics(): readonly ts.Diagnostic[] {
  const folder = temporaryFolder({
    "package.json": '{ "type": "module" }',
    "provision.ts": code,
  });
  symlinkSync(path.join(packageFolder, "generated"), `${folder}/kompliant`);
  const program = ts.createProgram([path.join(folder, "provision.ts")], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    strict: true,
    noEmit: true,
  });
  return ts.getPreEmitDiagnostics(program);
}

// `npx vitest run --project usual test/docs/editor-picture.test.ts -u` draws them anew.
it.each(["light", "dark"] as const)(
  "the README's picture shows what the compiler says (%s)",
  async (theme) => {
    const found = diagnostics();
    expect(found).toHaveLength(1);
    const [{ start = 0, length = 0, messageText }] = found as [ts.Diagnostic];
    const message =
      ts
        .flattenDiagnosticMessageText(messageText, "\n")
        .split("\n")
        .find((text) => text.includes("'PRECHECK_FAILED' is missing"))
        ?.trim() ?? "";
    expect(message).not.toBe("");
    const picture = drawEditor(code, { start, length, message }, theme);
    await expect(picture).toMatchFileSnapshot(
      path.join(packageFolder, `docs/images/missing-handler-${theme}.svg`),
    );
  },
);
