import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A new folder outside the repository, with these files; gone after the test file. */
export function temporaryFolder(
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = realpathSync(
    mkdtempSync(path.join(tmpdir(), "kompliant-codegen-test-")),
  );
  folders.push(folder);
  writeTexts(folder, files);
  return folder;
}

/** Writes files into a folder, with the folders that they need. */
export function writeTexts(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** The small API description that most tests generate from, copied to `spec/` in the folder. */
export function addPaymentsSpec(folder: string): void {
  cpSync(paymentsSpec, path.join(folder, "spec"), { recursive: true });
}

/** The folder of that description. */
export const paymentsSpec: string = path.resolve(
  import.meta.dirname,
  "../../fixtures/payments",
);
