import path from "node:path";
import { expect, it } from "vitest";
import { contentOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const relativeSpecifier = /\b(?:from|import)\s*\(?\s*["'](\.[^"']*)["']/g;

/** Every relative module specifier of a client, with the file that has it. */
async function specifiers(
  importExtension: string | undefined,
): Promise<readonly (readonly [file: string, specifier: string])[]> {
  const folder = temporaryFolder({
    "kompliant-codegen.config.json": JSON.stringify({
      spec: "spec/openapi.yaml",
      importExtension,
    }),
  });
  addPaymentsSpec(folder);
  await packageEntry.generate({ cwd: folder });
  const client = path.join(folder, "src/kompliant");
  return Object.entries(contentOf(client)).flatMap(([file, text]) =>
    [...text.matchAll(relativeSpecifier)].map(
      ([, specifier = ""]) => [file, specifier] as const,
    ),
  );
}

it.for([
  { importExtension: undefined, extension: ".js" },
  { importExtension: ".js", extension: ".js" },
  { importExtension: ".ts", extension: ".ts" },
  { importExtension: "", extension: "" },
])(
  "relative imports end with $extension when the option is $importExtension",
  async ({ importExtension, extension }) => {
    const found = await specifiers(importExtension);
    const files = new Set(found.map(([file]) => file));
    expect([...files]).toEqual(
      expect.arrayContaining([
        "client.ts",
        "errors.ts",
        "index.ts",
        "operations/payment/index.ts",
        "operations/payment/refund/create.ts",
        "runtime/call.ts",
      ]),
    );
    const wrong = found.filter(
      ([, specifier]) => path.extname(specifier) !== extension,
    );
    expect(wrong).toEqual([]);
  },
);
