import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import {
  kompliantCodegen,
  packageFolder,
  runCommand,
} from "./support/run-command.js";
import { temporaryFolder, writeTexts } from "./support/temporary-folder.js";

const config = "kompliant-codegen.config";
const start = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/** A description of one operation that answers with `A`, and these schemas. */
function withSchemas(schemas: string): string {
  return `${start}paths:
  /a: {post: {operationId: a.b, responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components:
  schemas:
${schemas}`;
}

function aliases(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) =>
      `    A${level + 1}: &a${level + 1} {type: object, properties: {l: *a${level}, r: *a${level}}}\n`,
  );
  return withSchemas(
    `    A: {type: string}\n    A0: &a0 {type: string}\n${lines.join("")}`,
  );
}

interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string | Uint8Array;
  /** Code, and what is said. */
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    name: "a configuration that waits for ever",
    file: `${config}.mjs`,
    text: "await new Promise(() => {});\nexport default {};\n",
    says: /error config-syntax: .*waits/,
  },
  {
    name: "a configuration that is not UTF-8",
    file: `${config}.json`,
    text: Buffer.from('{\n  "out": "\xe9"\n}\n', "latin1"),
    says: /config\.json:2:1: error config-syntax: .*UTF-8/,
  },
  {
    name: "an output folder with a NUL",
    file: `${config}.json`,
    text: '{"out": "a\\u0000b"}',
    says: /error output-unwritable: .*NUL/,
  },
  {
    name: "an output folder with a name of 5,000 letters",
    file: `${config}.json`,
    text: `{"out": "${"a".repeat(5000)}"}`,
    says: /error output-unwritable: .*too long/,
  },
  {
    name: "an output folder that is 2,500 folders deep",
    file: `${config}.json`,
    text: `{"out": "${"a/".repeat(2500)}"}`,
    says: /error output-unwritable: .*too long/,
  },
  {
    name: "an output folder in /proc",
    file: `${config}.json`,
    text: '{"out": "/proc/kompliant"}',
    says: /error output-unwritable: /,
  },
  {
    name: "a configuration that ends the process",
    file: `${config}.mjs`,
    text: "process.exit(0);\n",
    says: /error config-syntax: .*ended the process/,
  },
  {
    name: "a configuration that throws what has no text",
    file: `${config}.mjs`,
    text: "throw { toString() { throw 1; } };\n",
    says: /error config-syntax: something was thrown/,
  },
  {
    name: "a configuration with a getter that throws",
    file: `${config}.mjs`,
    text: "export default { get spec() { throw new Error('no'); } };\n",
    says: /error [\w-]+: no/,
  },
  {
    name: "a configuration in deep JSON",
    file: `${config}.json`,
    text: `{"spec": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
    says: /error [\w-]+: /,
  },
  {
    name: "own members that are called like inherited ones",
    file: "openapi.yaml",
    text: "openapi: 3.1.0\ninfo: {title: T, version: '1', hasOwnProperty: 1}\npaths: {}\n",
    says: /error [\w-]+: /,
  },
  {
    name: "a pointer through the reference itself",
    file: "openapi.yaml",
    text: withSchemas("    A: {$ref: '#/components/schemas/A/properties/x'}\n"),
    says: /openapi\.yaml:\d+:\d+: error spec-ref-loop: /,
  },
  ...["__proto__", "constructor", "components/schemas/__proto__"].map(
    (pointer) => ({
      name: `a reference to #/${pointer}`,
      file: "openapi.yaml",
      text: withSchemas(`    A: {$ref: '#/${pointer}'}\n`),
      says: /openapi\.yaml:7:\d+: error spec-ref: .*leads nowhere/,
    }),
  ),
  ...[
    "enum: [.inf]",
    "enum: [1, -.inf]",
    "enum: [.nan]",
    "const: .inf",
    "default: -.inf",
    "const: {a: [.inf]}",
  ].map((keyword) => ({
    name: `a schema with ${keyword}`,
    file: "openapi.yaml",
    text: withSchemas(`    A: {${keyword}}\n`),
    says: /openapi\.yaml:7:\d+: error spec-value: .* is no number in JSON/,
  })),
  {
    name: "schemas that aliases double 18 times",
    file: "openapi.yaml",
    text: aliases(18),
    says: /openapi\.yaml:1:1: error spec-too-big: .*aliases/,
  },
];

describe("one diagnostic and exit code 2 for", () => {
  it.each(cases)("$name", async ({ file, text, says }) => {
    const folder = temporaryFolder();
    writeTexts(folder, { [file]: text });
    const { exitCode, stdout, stderr } = await kompliantCodegen(
      ["generate", ...(file.startsWith(config) ? [] : ["--spec", file])],
      folder,
    );
    expect(stderr).toMatch(says);
    expect(stderr.match(/\berror [\w-]+: /g)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(readdirSync(folder)).toEqual([file]);
  });
});

it("says that the working directory is gone", async () => {
  const folder = temporaryFolder();
  const { exitCode, stdout, stderr } = await runCommand(
    "sh",
    [
      "-c",
      'mkdir gone && cd gone && rmdir ../gone && exec "$@"',
      "sh",
      process.execPath,
      path.join(packageFolder, "dist", "cli.js"),
      "generate",
    ],
    folder,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^error usage: the working directory does not exist/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

it("ends though the configuration has started a timer", async () => {
  const folder = temporaryFolder({
    [`${config}.mjs`]:
      "setInterval(() => {}, 1000);\nexport default { spec: 'a.yaml', out: 'client' };\n",
    "a.yaml": `${start}paths: {}\n`,
  });
  expect(await kompliantCodegen(["generate"], folder, 100_000)).toMatchObject({
    exitCode: 0,
  });
});
