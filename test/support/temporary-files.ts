import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

/** Gives a run one folder for all temporary files, whoever makes them, and removes it afterwards. */
export default function temporaryFiles(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "kompliant-codegen-tests-"));
  for (const name of ["TMPDIR", "TMP", "TEMP"]) process.env[name] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
