import {
  cpSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import {
  bundle,
  createConfig,
  parseYaml,
  stringifyYaml,
} from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { changes } from "./support/changes.js";
import { expected } from "./support/expected.js";
import { outcomeOf, rehearse } from "./support/rehearsal.js";
import { rearranged } from "./support/rearranged.js";

const shippedFolder = path.resolve("spec/2025-03-24");

describe("a single change of the shipped description", () => {
  it.each(Object.entries(changes))("%s", async (name, edits) => {
    const { diff, files, names, renamed } = await rehearse(edits);
    expect({
      changes: diff.changes.map(
        ({ level, id, subject, message }) =>
          `${level} ${id}: ${subject}: ${message}`,
      ),
      bump: diff.bump,
      files,
      names,
      renamed,
    }).toEqual(expected[name]);
  });
});

/** What a bump that changes nothing does. */
const nothing = { changes: [], files: [], names: [], renamed: [] };

describe("what changes nothing", () => {
  it("the order in which anything is written", async () => {
    for (const seed of [1, 2]) {
      const folder = copyWith((text) =>
        stringifyYaml(rearranged(parseYaml(text), seed), yamlStyle),
      );
      expect(await summaryOf(folder)).toEqual(nothing);
    }
  });

  it("a type that moves to another file", async () => {
    const folder = copyWith((text, name) =>
      name === "components/ids.yaml"
        ? text.replace(/^WorkflowId:\n(?: .*\n)*/m, "")
        : text.replaceAll("ids.yaml#/WorkflowId", "moved.yaml#/WorkflowId"),
    );
    const ids = readFileSync(
      path.join(shippedFolder, "components/ids.yaml"),
      "utf8",
    );
    const [moved = ""] = /^WorkflowId:\n(?: .*\n)*/m.exec(ids) ?? [];
    writeFileSync(path.join(folder, "components/moved.yaml"), moved);
    expect(await summaryOf(folder)).toEqual(nothing);
  });

  it("a type with another name in the description", async () => {
    const folder = copyWith((text) =>
      text
        .replace(/^WorkflowId:$/m, "IdOfAWorkflow:")
        .replaceAll("#/WorkflowId", "#/IdOfAWorkflow"),
    );
    expect(await summaryOf(folder)).toEqual(nothing);
  });

  it("a folder of documents that becomes one document", async () => {
    const { bundle: bundled } = await bundle({
      ref: path.join(shippedFolder, "openapi.yaml"),
      config: await createConfig({}),
    });
    const folder = temporaryFolder({
      "openapi.yaml": stringifyYaml(bundled.parsed, yamlStyle),
    });
    const { changes: found, names, renamed } = await summaryOf(folder);
    expect({ found, names, renamed }).toEqual({
      found: [],
      names: [],
      renamed: [],
    });
  });
});

const yamlStyle = { noRefs: true, lineWidth: -1 };

/** A copy of the shipped description in which every file is changed. */
function copyWith(change: (text: string, name: string) => string): string {
  const folder = temporaryFolder();
  cpSync(shippedFolder, folder, { recursive: true });
  for (const name of readdirSync(folder, {
    recursive: true,
    encoding: "utf8",
  })) {
    const file = path.join(folder, name);
    if (!statSync(file).isFile()) continue;
    const text = readFileSync(file, "utf8");
    writeFileSync(file, change(text, name.replaceAll(path.sep, "/")));
  }
  return folder;
}

async function summaryOf(
  folder: string,
): Promise<Readonly<Record<keyof typeof nothing, readonly unknown[]>>> {
  const { diff, files, names, renamed } = await outcomeOf(folder);
  return { changes: diff.changes, files, names, renamed };
}
