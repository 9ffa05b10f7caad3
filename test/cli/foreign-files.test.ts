import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  contentOf,
  differences,
  lockFile,
  stateOf,
} from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "./support/temporary-folder.js";

const { generate } = packageEntry;
const refund = "operations/payment/refund/create.ts";

interface Repository {
  readonly folder: string;
  /** The output folder. */
  readonly client: string;
  /** Runs the generator in this process. */
  readonly run: () => ReturnType<typeof generate>;
  /** Takes `payment.refund.create` out of the description. */
  readonly removeRefund: () => void;
}

function repository(): Repository {
  const cwd = temporaryFolder();
  addPaymentsSpec(cwd);
  return {
    folder: cwd,
    client: path.join(cwd, "src/kompliant"),
    run: () => generate({ cwd, spec: "spec/openapi.yaml" }),
    removeRefund: () => {
      const file = path.join(cwd, "spec/openapi.yaml");
      const text = readFileSync(file, "utf8");
      const entry =
        "  /payment.refund.create:\n    $ref: methods/payment/refund/create.yaml\n";
      expect(text).toContain(entry);
      writeFileSync(file, text.replace(entry, ""));
    },
  };
}

/** One diagnostic or several, all about something that is in the way. */
const onlyForeign: unknown = expect.toSatisfy(
  (diagnostics: readonly { readonly code: string }[]) =>
    diagnostics.length > 0 &&
    diagnostics.every(({ code }) => code === "output-foreign"),
);

/** Files of somebody else, in every kind of place inside the output folder. */
const foreign = {
  "README.md": "Our notes.\n",
  ".gitkeep": "",
  "extra.ts": "export const extra = 1;\n",
  "runtime/extra.ts": "export const extra = 2;\n",
  "operations/payment/refund/notes.ts": "export const notes = 3;\n",
  "operations/ours/create.ts": "export const ours = 4;\n",
};

describe("files of somebody else in the output folder", () => {
  it("survive generation, regeneration and the removal of operations", async () => {
    const { client, run, removeRefund } = repository();
    writeTexts(client, foreign);
    for (const change of [() => undefined, () => undefined, removeRefund]) {
      change();
      await run();
      expect(contentOf(client)).toMatchObject(foreign);
    }
    expect(existsSync(path.join(client, refund))).toBe(false);
  });

  it("stop a run when one stands exactly where a file of ours would go", async () => {
    const { folder, client } = repository();
    writeTexts(client, {
      ...foreign,
      "operations/ledger/list.ts": "export const list = [];\n",
    });
    const before = stateOf(folder);
    const outcome = await kompliantCodegen(
      ["generate", "--spec", "spec/openapi.yaml"],
      folder,
    );
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" });
    const place = path.join("src/kompliant/operations/ledger/list.ts");
    expect(outcome.stderr).toContain(`${place}:1:1: error output-foreign: `);
    expect(outcome.stderr).not.toContain("    at ");
    expect(stateOf(folder)).toEqual(before);
  });

  it("stop a run that would otherwise change other files", async () => {
    const { client, run } = repository();
    await run();
    rmSync(path.join(client, lockFile));
    writeTexts(client, {
      "client.ts": "// somebody rewrote this\n",
      "index.ts": "// somebody rewrote this\n",
    });
    const before = stateOf(client);
    await expect(run()).rejects.toMatchObject({
      diagnostics: [{ code: "output-foreign" }, { code: "output-foreign" }],
    });
    expect(stateOf(client)).toEqual(before);
  });

  it("stop a run when a folder stands where a file of ours would go", async () => {
    const { client, run } = repository();
    mkdirSync(path.join(client, "errors.ts"), { recursive: true });
    const before = stateOf(client);
    await expect(run()).rejects.toMatchObject({
      diagnostics: [{ code: "output-foreign" }],
    });
    expect(stateOf(client)).toEqual(before);
  });

  it("stop a run when a file stands where a folder of ours would go", async () => {
    const { client, run } = repository();
    writeTexts(client, { runtime: "a file\n" });
    const before = stateOf(client);
    await expect(run()).rejects.toMatchObject({
      diagnostics: onlyForeign,
    });
    expect(stateOf(client)).toEqual(before);
  });

  it("are not written through a symbolic link that leads out of the output folder", async () => {
    const { folder, client, run } = repository();
    writeTexts(folder, { "elsewhere/precious.txt": "money\n" });
    mkdirSync(client, { recursive: true });
    symlinkSync(path.join(folder, "elsewhere"), path.join(client, "runtime"));
    await expect(run()).rejects.toMatchObject({
      diagnostics: onlyForeign,
    });
    expect(contentOf(path.join(folder, "elsewhere"))).toEqual({
      "precious.txt": "money\n",
    });
  });
});

describe("files of ours", () => {
  it("go when their operation goes, with the folders that are empty then", async () => {
    const { client, run, removeRefund } = repository();
    await run();
    removeRefund();
    const { files } = await run();
    expect(files.deleted).toEqual([
      refund,
      "operations/payment/refund/index.ts",
    ]);
    expect(existsSync(path.join(client, "operations/payment/refund"))).toBe(
      false,
    );
    expect(existsSync(path.join(client, "operations/payment/get.ts"))).toBe(
      true,
    );
    expect(readFileSync(path.join(client, lockFile), "utf8")).not.toContain(
      "refund",
    );
  });

  it("stay when their operation goes but somebody has edited them", async () => {
    const { client, run, removeRefund } = repository();
    await run();
    const edited = `${readFileSync(path.join(client, refund), "utf8")}// mine\n`;
    writeTexts(client, { [refund]: edited });
    removeRefund();
    const { files } = await run();
    expect(files.deleted).toEqual(["operations/payment/refund/index.ts"]);
    expect(contentOf(client)[refund]).toBe(edited);
  });

  it("may be missing when their operation goes", async () => {
    const { client, run, removeRefund } = repository();
    await run();
    rmSync(path.join(client, "operations/payment/refund"), { recursive: true });
    removeRefund();
    const { files } = await run();
    expect(files.deleted).toEqual([]);
    expect(existsSync(path.join(client, "operations/payment/get.ts"))).toBe(
      true,
    );
  });

  it.for([
    { what: "edited", change: (text: string) => `${text}// mine\n` },
    { what: "emptied", change: () => "" },
    { what: "replaced", change: () => "export {};\n" },
  ])("are written again when they were $what", async ({ change }) => {
    const { client, run } = repository();
    await run();
    const original = contentOf(client);
    writeTexts(client, { [refund]: change(original[refund] ?? "") });
    const { files } = await run();
    expect(files.written).toEqual([refund]);
    expect(differences(contentOf(client), original)).toEqual([]);
  });

  it("are left alone when they were checked out with CRLF", async () => {
    const { client, run } = repository();
    await run();
    const text = contentOf(client)[refund] ?? "";
    const checkedOut = text.replaceAll("\n", "\r\n");
    writeTexts(client, { [refund]: checkedOut });
    const { files } = await run();
    expect(files.written).toEqual([]);
    expect(contentOf(client)[refund]).toBe(checkedOut);
  });

  it("are written again when they were deleted", async () => {
    const { client, run } = repository();
    await run();
    const original = contentOf(client);
    rmSync(path.join(client, "operations"), { recursive: true });
    await run();
    expect(differences(contentOf(client), original)).toEqual([]);
  });
});

describe("the lock file", () => {
  it.for([
    { what: "lost", text: undefined },
    { what: "empty", text: "" },
    { what: "full of merge conflicts", text: "<<<<<<< HEAD\n{}\n" },
    { what: "of another shape", text: '{ "lockVersion": 1, "outputs": 7 }' },
    { what: "of a later version", text: '{ "lockVersion": 99 }' },
  ])("may be $what: ours is still known to be ours", async ({ text }) => {
    const { client, run } = repository();
    await run();
    const original = contentOf(client);
    rmSync(path.join(client, lockFile));
    if (text !== undefined) writeTexts(client, { [lockFile]: text });
    const { files } = await run();
    expect(files.written).toEqual([lockFile]);
    expect(differences(contentOf(client), original)).toEqual([]);
  });

  it("cannot make a run delete anything outside the output folder", async () => {
    const { folder, client, run } = repository();
    await run();
    const lock = readFileSync(path.join(client, lockFile), "utf8");
    const { outputs } = JSON.parse(lock) as {
      outputs: Readonly<Record<string, string>>;
    };
    // A copy of our own file, so that its hash fits.
    const copy = contentOf(client)["client.ts"] ?? "";
    writeTexts(folder, { "src/precious.ts": copy });
    const forged = lock.replace(
      '"outputs": {',
      `"outputs": {\n    "../precious.ts": "${outputs["client.ts"] ?? ""}",`,
    );
    expect(forged).not.toBe(lock);
    writeTexts(client, { [lockFile]: forged });
    const { files } = await run();
    expect(files.deleted).toEqual([]);
    expect(existsSync(path.join(folder, "src/precious.ts"))).toBe(true);
  });
});
