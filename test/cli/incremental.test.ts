import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withOneOperationChanged } from "../bench/generation/changed-operation.js";
import { rpcSpec } from "../bench/support/rpc-spec.js";
import { contentOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { temporaryFolder } from "./support/temporary-folder.js";

describe("a release that changes one operation", () => {
  it("rewrites its module and nothing else, and leaves what a cold run would write", async () => {
    const before = rpcSpec(20);
    const after = withOneOperationChanged(before);
    const cwd = temporaryFolder({ "spec.json": JSON.stringify(before) });
    await packageEntry.generate({ cwd, spec: "spec.json", out: "warm" });
    writeFileSync(path.join(cwd, "spec.json"), JSON.stringify(after));
    const warm = { cwd, spec: "spec.json", out: "warm" };
    const { files } = await packageEntry.generate(warm);
    const own = files.written.filter(
      (name) => !name.startsWith("kompliant-codegen."),
    );
    expect(own).toEqual(["operations/entity0/method0.ts"]);
    await packageEntry.generate({ cwd, spec: "spec.json", out: "cold" });
    expect(contentOf(path.join(cwd, "warm"))).toEqual(
      contentOf(path.join(cwd, "cold")),
    );
  });
});
