import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contentOf, differences, lockFile } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen, packageFolder } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "./support/temporary-folder.js";

const { generate } = packageEntry;
const fixtures = path.join(packageFolder, "test/fixtures");

describe("the same description gives the same bytes", () => {
  it("from any working directory, by any path, in any folder, in another process", async () => {
    const near = temporaryFolder();
    addPaymentsSpec(near);
    const far = temporaryFolder({ "a/b/package.json": "{}" });
    addPaymentsSpec(far);
    const runs = [
      {
        cwd: near,
        flags: ["--spec", "spec/openapi.yaml"],
        out: "src/kompliant",
      },
      {
        cwd: path.join(far, "a/b"),
        flags: ["--spec", path.join(far, "spec/openapi.yaml"), "--out", "c/d"],
        out: "c/d",
      },
      {
        cwd: path.join(near, "spec/methods"),
        flags: ["--spec", "../openapi.yaml", "--out", "../../other"],
        out: "../../other",
      },
    ];
    const outputs = await Promise.all(
      runs.map(async ({ cwd, flags, out }) => {
        const { exitCode } = await kompliantCodegen(
          ["generate", ...flags],
          cwd,
        );
        expect(exitCode).toBe(0);
        return contentOf(path.join(cwd, out));
      }),
    );
    const [first = {}, ...others] = outputs;
    expect(Object.keys(first)).toContain(lockFile);
    for (const other of others) expect(differences(first, other)).toEqual([]);
  });

  it("in the same process, twice", async () => {
    const cwd = temporaryFolder();
    addPaymentsSpec(cwd);
    const [first, second] = await Promise.all(
      ["first", "second"].map(async (out) => {
        await generate({ cwd, spec: "spec/openapi.yaml", out });
        return contentOf(path.join(cwd, out));
      }),
    );
    expect(Object.keys(first ?? {})).toContain(lockFile);
    expect(differences(first ?? {}, second ?? {})).toEqual([]);
  });

  it("whatever the output folder held before", async () => {
    const cwd = temporaryFolder();
    addPaymentsSpec(cwd);
    await generate({ cwd, out: "used" });
    await generate({ cwd, spec: "spec/openapi.yaml", out: "used" });
    await generate({ cwd, spec: "spec/openapi.yaml", out: "new" });
    expect(
      differences(
        contentOf(path.join(cwd, "used")),
        contentOf(path.join(cwd, "new")),
      ),
    ).toEqual([]);
  });

  it("as when generated/ was committed", async () => {
    const cwd = temporaryFolder();
    await generate({ cwd, out: "generated" });
    const committed = contentOf(path.join(packageFolder, "generated"));
    const fresh = contentOf(path.join(cwd, "generated"));
    expect(differences(committed, fresh)).toEqual([]);
  });

  it("whatever formatter settings stand in folders that the formatter does not look into", async () => {
    const settings = {
      ".prettierrc": "{}",
      ".editorconfig": "root = true\n",
      ".git/HEAD": "ref: refs/heads/main\n",
    };
    const outside = { ".prettierrc": "semi: false", ".editorconfig": "[*]\n" };
    const outputs = await Promise.all(
      [{}, outside].map(async (surroundings) => {
        const home = temporaryFolder(surroundings);
        const cwd = path.join(home, "repository");
        writeTexts(cwd, settings);
        addPaymentsSpec(cwd);
        await generate({ cwd, spec: "spec/openapi.yaml" });
        return contentOf(path.join(cwd, "src"));
      }),
    );
    const [alone = {}, surrounded = {}] = outputs;
    expect(Object.keys(alone)).toContain(`kompliant/${lockFile}`);
    expect(differences(alone, surrounded)).toEqual([]);
  });
});

describe("the output", () => {
  it("has line feeds only, ends each file with one, and names no folder of this machine", async () => {
    const cwd = temporaryFolder();
    addPaymentsSpec(cwd);
    await generate({ cwd, spec: "spec/openapi.yaml" });
    for (const [name, text] of Object.entries(
      contentOf(path.join(cwd, "src")),
    )) {
      expect(text, name).not.toContain("\r");
      expect(text, name).toMatch(/[^\n]\n$/);
      expect(text, name).not.toContain(cwd);
      expect(text, name).not.toContain(packageFolder);
    }
  });

  it("is the same for a description with CRLF line ends", async () => {
    const unix = readFileSync(path.join(fixtures, "payments.json"), "utf8");
    const windows = unix.replaceAll("\n", "\r\n");
    expect(differences(await clientOf(windows), await clientOf(unix))).toEqual(
      [],
    );
  });
});

describe("order in the description", () => {
  it("of the keys of any map changes nothing", async () => {
    const text = readFileSync(path.join(fixtures, "payments.json"), "utf8");
    const description: unknown = JSON.parse(text);
    const reversed = reverseKeys(description);
    expect(Object.keys(reversed as object)).toEqual(
      Object.keys(description as object).reverse(),
    );
    expect(
      differences(
        await clientOf(JSON.stringify(reversed)),
        await clientOf(JSON.stringify(description)),
      ),
    ).toEqual([]);
  });
});

/** The client for a description, without the lock, which holds the description's hash. */
async function clientOf(
  description: string,
): Promise<Readonly<Record<string, string>>> {
  const cwd = temporaryFolder({ "api.json": description });
  await generate({ cwd, spec: "api.json", out: "client" });
  const { [lockFile]: lock, ...files } = contentOf(path.join(cwd, "client"));
  expect(lock).toBeDefined();
  return files;
}

/**
 * The same document with the keys of every map in the opposite order. The order of
 * an object's properties is kept: people read them in it.
 */
function reverseKeys(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => reverseKeys(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, inner]: [string, unknown]) => [name, reverseKeys(inner, name)],
  );
  return Object.fromEntries(
    key === "properties" ? entries : entries.reverse(),
  ) as unknown;
}
