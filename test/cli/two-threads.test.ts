import path from "node:path";
import { describe, expect, it } from "vitest";
import { reservedNames } from "../../generator/emit/reserved-names.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import { buildModel } from "../../generator/model/build-model.js";
import { openRenderer } from "../../generator/render-files.js";
import { rpcSpec } from "../bench/support/rpc-spec.js";
import { contentOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { temporaryFolder } from "./support/temporary-folder.js";

describe("a description that is large enough for a second thread", () => {
  it("gives the files that one thread renders", async () => {
    const cwd = temporaryFolder({ "spec.json": JSON.stringify(rpcSpec(150)) });
    const out = path.join(cwd, "out");
    await packageEntry.generate({ cwd, spec: "spec.json", out: "out" });
    const written = contentOf(out);
    const document = await loadSpec(path.join(cwd, "spec.json"));
    const model = buildModel(document, reservedNames);
    const renderer = openRenderer(model, { importExtension: ".js", out });
    const files = await renderer.render(
      renderer.plans.map((plan) => plan.path),
    );
    expect(files.length).toBeGreaterThan(150);
    for (const file of files) {
      expect(written[file.path], file.path).toBe(file.text);
    }
  });
});
