import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { sizedDocuments } from "../../hostile/sizes/documents.js";
import { measure } from "../../hostile/sizes/measure.js";

/** Generates from descriptions of hostile sizes, one after the other, and says what each took. */
export function bench(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-hostile-sizes-"));
  try {
    const rows = sizedDocuments.map((document) => {
      process.stderr.write(`${document.what} …\n`);
      const { kilobytes, exitCode, ...usage } = measure(document, folder);
      const isExpected = (exitCode === 0) === (document.end === "client");
      return [
        document.what,
        Math.ceil(kilobytes),
        usage.processorSeconds.toFixed(1),
        Math.round(usage.megabytes),
        isExpected ? document.end : `**exit code ${exitCode}**`,
      ];
    });
    return Promise.resolve(
      [
        ["description", "kB", "seconds of processors", "MB", "ends with"],
        ["---", "--:", "--:", "--:", "---"],
        ...rows,
      ]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n"),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
