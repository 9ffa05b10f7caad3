import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../cli/support/temporary-folder.js";
import { sizedDocuments } from "./documents.js";
import { measure } from "./measure.js";

const folder = temporaryFolder();

/** What takes long even within its limits; `npm run bench hostile-sizes` measures it too. */
const long = /^(?:10,000|25,000|3 MB|19 MB)/;

describe("a description of a hostile size", () => {
  it.each(sizedDocuments.filter(({ what }) => !long.test(what)))(
    "is read or refused in bounded time and memory: $what",
    (document) => {
      const { exitCode, stderr, ...usage } = measure(document, folder);
      expect(stderr).not.toMatch(/^\s+at /m);
      const codes = new Set(
        [...stderr.matchAll(/: error ([a-z-]+): /g)].map(([, code]) => code),
      );
      const isClient = document.end === "client";
      expect([...codes], stderr).toEqual(isClient ? [] : [document.end]);
      expect(exitCode).toBe(isClient ? 0 : 2);
      expect(stderr.length).toBeLessThan(50_000);
      // Twice what a machine takes that has nothing else to do.
      expect(usage.processorSeconds).toBeLessThan(20);
      expect(usage.megabytes).toBeLessThan(1024);
    },
  );
});
