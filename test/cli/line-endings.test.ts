import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { succeed } from "../consumer/support/consuming-repository.js";
import { lockFile } from "./support/folder-content.js";
import { kompliantCodegen } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "./support/temporary-folder.js";

const unusual = '{\n  "semi": false,\n  "singleQuote": true\n}\n';

/** Ways to configure the formatter, with what else shapes the client. */
const configurations: readonly Readonly<Record<string, string>>[] = [
  {},
  { ".prettierrc": unusual },
  { ".prettierrc": "semi: false\nsingleQuote: true\n" },
  { ".prettierrc.toml": "semi = false\nsingleQuote = true\n" },
  { "prettier.config.mjs": "export default {\n  semi: false,\n};\n" },
  { "package.json": `{\n  "prettier": {\n    "semi": false\n  }\n}\n` },
  { ".editorconfig": "root = true\n\n[*.ts]\nindent_style = tab\n" },
];

const out = "src/kompliant";

/** A committed client in a checkout, whose files have the line endings of Windows. */
async function windowsCheckout(
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const origin = temporaryFolder({
    "kompliant-codegen.config.json": '{\n  "spec": "spec/openapi.yaml"\n}\n',
    ...files,
  });
  addPaymentsSpec(origin);
  await succeedWith(origin, "generate");
  const git = (...parameters: string[]): Promise<unknown> =>
    succeed(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@example.com", ...parameters],
      origin,
    );
  await git("init", "--quiet");
  await git("-c", "core.autocrlf=false", "add", ".");
  await git("commit", "--quiet", "--message", "client");
  const clone = path.join(temporaryFolder(), "clone");
  await git("clone", "--quiet", "-c", "core.autocrlf=true", ".", clone);
  return clone;
}

async function succeedWith(folder: string, command: string): Promise<string> {
  const outcome = await kompliantCodegen([command], folder);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  return outcome.stdout;
}

describe("a checkout with CRLF line endings", () => {
  it.for(configurations)("is in sync: %o", async (files) => {
    const clone = await windowsCheckout(files);
    const lock = path.join(clone, out, lockFile);
    const before = readFileSync(lock, "utf8");
    expect(before).toContain("\r\n");
    expect(await succeedWith(clone, "check")).toBe(`${out} is in sync\n`);
    expect(await succeedWith(clone, "generate")).toContain("files: 0 written");
    expect(readFileSync(lock, "utf8")).toBe(before);
  });

  it("keeps its files when one operation changes, and is in sync again", async () => {
    const clone = await windowsCheckout({});
    const spec = path.join(clone, "spec/methods/payment/get.yaml");
    const text = readFileSync(spec, "utf8");
    writeFileSync(spec, text.replace(/summary: .*/, "summary: Another one"));
    const stdout = await succeedWith(clone, "generate");
    // The operation, its lock and the snapshot.
    expect(stdout).toContain("files: 3 written");
    expect(await succeedWith(clone, "check")).toBe(`${out} is in sync\n`);
  });

  it("is out of date when a file was edited", async () => {
    const clone = await windowsCheckout({});
    const file = path.join(clone, out, "index.ts");
    writeFileSync(file, `${readFileSync(file, "utf8")}export {};\r\n`);
    const { exitCode, stdout } = await kompliantCodegen(["check"], clone);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("edited by hand:\n    index.ts\n");
  });

  it("can be compared with a new description", async () => {
    const clone = await windowsCheckout({});
    const { exitCode, stderr } = await kompliantCodegen(["diff"], clone);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });
});

describe("the formatter's settings", () => {
  it("count by what they mean for the client", async () => {
    const folder = temporaryFolder({
      ".prettierrc": unusual,
      ".editorconfig": "root = true\n[*]\nindent_size = 4\n",
      "kompliant-codegen.config.json": '{ "spec": "spec/openapi.yaml" }',
    });
    addPaymentsSpec(folder);
    await succeedWith(folder, "generate");
    writeTexts(folder, {
      ".prettierrc": `# the same\nsingleQuote: true\nsemi: false\noverrides:\n  - files: "*.md"\n    options: { proseWrap: always }\n`,
      ".editorconfig":
        "root = true\n; the same\n\n[*.md]\nindent_size = 8\n[*]\nindent_size=4\ncharset = utf-8\n",
    });
    expect(await succeedWith(folder, "check")).toContain("in sync");
    writeTexts(folder, { ".prettierrc": "singleQuote: false\nsemi: false\n" });
    const { exitCode, stdout } = await kompliantCodegen(["check"], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("moved:\n    options or formatter settings\n");
  });

  it("do not depend on the folder in which the repository is", async () => {
    const plugin =
      "export const languages = [];\nexport const parsers = {};\nexport const printers = {};\n";
    const texts = [];
    for (const name of ["a", "b"]) {
      const folder = temporaryFolder({
        [`${name}/.prettierrc.json`]: '{ "plugins": ["./plugin.mjs"] }',
        [`${name}/plugin.mjs`]: plugin,
      });
      const repository = path.join(folder, name);
      addPaymentsSpec(repository);
      writeTexts(repository, {
        "kompliant-codegen.config.json": '{ "spec": "spec/openapi.yaml" }',
      });
      await succeedWith(repository, "generate");
      texts.push(readFileSync(path.join(repository, out, lockFile), "utf8"));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  it("that cannot be read are a problem of their own", async () => {
    const folder = temporaryFolder({
      ".prettierrc": '{ "semi": false,\n',
      "kompliant-codegen.config.json": '{ "spec": "spec/openapi.yaml" }',
    });
    addPaymentsSpec(folder);
    const { exitCode, stderr } = await kompliantCodegen(["generate"], folder);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^\.prettierrc:\d+:\d+: error config-syntax: /);
    expect(stderr).toContain("help:");
    expect(stderr).not.toContain("    at ");
  });
});
