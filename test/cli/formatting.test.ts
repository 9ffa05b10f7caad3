import path from "node:path";
import { describe, expect, it } from "vitest";
import { contentOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { packageFolder, runCommand } from "./support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "./support/temporary-folder.js";

const create = "operations/payment/refund/create.ts";

/** Generates into a repository with these files and gives the client back. */
async function clientIn(
  files: Readonly<Record<string, string>>,
  out = "src/kompliant",
): Promise<{
  readonly folder: string;
  readonly client: Readonly<Record<string, string>>;
}> {
  const folder = temporaryFolder(files);
  addPaymentsSpec(folder);
  await packageEntry.generate({ cwd: folder, spec: "spec/openapi.yaml", out });
  return { folder, client: contentOf(path.join(folder, out)) };
}

/** What the repository's own `prettier --check` says about the client. */
function prettierCheck(folder: string): ReturnType<typeof runCommand> {
  const prettier = path.join(
    packageFolder,
    "node_modules/prettier/bin/prettier.cjs",
  );
  return runCommand(process.execPath, [prettier, "--check", "src"], folder);
}

const unusual = {
  semi: false,
  singleQuote: true,
  useTabs: true,
  printWidth: 100,
  trailingComma: "none",
};

describe("in a repository with a prettier configuration", () => {
  it.for([
    { files: { ".prettierrc": JSON.stringify(unusual) } },
    {
      files: {
        "prettier.config.mjs": `export default ${JSON.stringify(unusual)};`,
      },
    },
    { files: { "package.json": JSON.stringify({ prettier: unusual }) } },
    { files: { "package.yaml": `prettier: ${JSON.stringify(unusual)}\n` } },
    {
      files: {
        "src/.prettierrc.json": `${JSON.stringify(unusual, undefined, "\t")}\n`,
      },
    },
  ])("the client follows it: $files", async ({ files }) => {
    const { folder, client } = await clientIn(files);
    const text = client[create] ?? "";
    expect(text).toMatch(/^import \{ call \} from '[./]*runtime\/call\.js'$/m);
    expect(text).toMatch(/^\tname: 'payment\.refund\.create',$/m);
    expect(text).not.toMatch(/;$/m);
    expect(await prettierCheck(folder)).toMatchObject({ exitCode: 0 });
  });

  it("the client follows its overrides for TypeScript", async () => {
    const { folder, client } = await clientIn({
      ".prettierrc": JSON.stringify({
        overrides: [{ files: "src/**/*.ts", options: { tabWidth: 4 } }],
      }),
    });
    expect(client[create]).toMatch(/^ {4}name: "payment\.refund\.create",$/m);
    expect(await prettierCheck(folder)).toMatchObject({ exitCode: 0 });
  });

  it("the client follows an .editorconfig", async () => {
    const { folder, client } = await clientIn({
      ".editorconfig": "root = true\n[*.ts]\nindent_style = tab\n",
    });
    expect(client[create]).toMatch(/^\tname: "payment\.refund\.create",$/m);
    expect(await prettierCheck(folder)).toMatchObject({ exitCode: 0 });
  });

  it("line ends stay line feeds, so that bytes do not depend on the machine", async () => {
    const { client } = await clientIn({
      ".prettierrc": JSON.stringify({ endOfLine: "crlf" }),
    });
    expect(Object.values(client).join("")).not.toContain("\r");
  });

  it("the client is unchanged by the next run", async () => {
    const files = { ".prettierrc": JSON.stringify(unusual) };
    const { folder } = await clientIn(files);
    const options = { cwd: folder, spec: "spec/openapi.yaml" };
    const again = await packageEntry.generate(options);
    expect(again.files.written).toEqual([]);
    expect(again.files.unchanged).toContain(create);
  });
});

/** A configuration that nobody can load: a client that is generated has not asked for it. */
const broken = { "prettier.config.mjs": 'throw new Error("loaded");\n' };

describe("where prettier has no business, it is not loaded:", () => {
  it.for([
    "/src/kompliant/\n",
    "src/kompliant\n",
    "# generated\r\n\r\nsrc/kompliant/**\r\n",
    "src/\n",
    "**/*.ts\n",
    "*\n!docs/\n",
  ])("an output folder that .prettierignore excludes as %j", async (list) => {
    const files = { ...broken, ".prettierignore": list };
    const { client } = await clientIn(files);
    expect(client).toEqual((await clientIn({})).client);
  });

  it("an output folder that a .prettierignore beside it excludes", async () => {
    const files = { ...broken, "src/.prettierignore": "kompliant/\n" };
    const { client } = await clientIn(files);
    expect(client).toEqual((await clientIn({})).client);
  });

  it("a client that is not to be formatted", async () => {
    const { client } = await clientIn({
      ...broken,
      "kompliant-codegen.config.json": '{ "format": false }',
    });
    expect(client).toEqual((await clientIn({})).client);
  });

  it("a list that excludes only some of the client does not count", async () => {
    const { client } = await clientIn({
      ".prettierrc": JSON.stringify(unusual),
      ".prettierignore": "src/kompliant/*.ts\n/kompliant/\n",
    });
    expect(client[create]).not.toMatch(/;$/m);
  });
});

describe("in a repository without a prettier configuration", () => {
  it("the client has prettier's defaults", async () => {
    const { folder, client } = await clientIn({});
    const text = client[create] ?? "";
    expect(text).toMatch(/^import \{ call \} from "[./]*runtime\/call\.js";$/m);
    expect(text).toMatch(/^ {2}name: "payment\.refund\.create",$/m);
    expect(await prettierCheck(folder)).toMatchObject({ exitCode: 0 });
  });
});
