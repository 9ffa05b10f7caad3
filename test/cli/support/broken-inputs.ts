import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeTexts } from "./temporary-folder.js";

/** A mistake in a repository that generated well before, and what has to be said about it. */
export interface BrokenInput {
  readonly name: string;
  /** Makes the mistake; the repository's description is in `spec/`. */
  readonly arrange: (folder: string) => void;
  /** Code of the diagnostic. */
  readonly code: string;
  /** `file:line:column`, the file relative to the repository. */
  readonly place: string;
  /** What people must be able to read. */
  readonly mentions: string;
  /** Flags other than `--spec spec/openapi.yaml`. */
  readonly flags?: readonly string[];
}

/** Replaces the first occurrence of a text that must be in a file. */
function edit(name: string, from: string, to: string): BrokenInput["arrange"] {
  return (folder) => {
    const file = path.join(folder, name);
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`${name} has no "${from}"`);
    writeFileSync(file, text.replace(from, to));
  };
}

function write(
  name: string,
  content: string | Uint8Array,
): BrokenInput["arrange"] {
  return (folder) => {
    writeTexts(folder, { [name]: content });
  };
}

const get = "spec/methods/payment/get.yaml";

/** Every byte value, several times: neither text nor YAML. */
const garbage = Uint8Array.from({ length: 4096 }, (_, index) => index * 7);

/** Mistakes in the API description. */
export const brokenSpecs: readonly BrokenInput[] = [
  {
    name: "broken YAML",
    arrange: edit("spec/openapi.yaml", "  version:", " version:"),
    code: "spec-syntax",
    place: "spec/openapi.yaml:5:",
    mentions: "indentation",
  },
  {
    name: "a bracket that is not closed",
    arrange: edit("spec/openapi.yaml", "info:", "x-list: [a, b\ninfo:"),
    code: "spec-syntax",
    place: "spec/openapi.yaml:",
    mentions: "bracket or quotation mark that was opened above is not closed",
  },
  {
    name: "a character in Latin-1",
    arrange: (folder) => {
      const file = path.join(folder, "spec/openapi.yaml");
      const text = readFileSync(file, "utf8");
      const changed = text.replace("info:", "# caf\u00e9\ninfo:");
      writeFileSync(file, Buffer.from(changed, "latin1"));
    },
    code: "spec-syntax",
    place: "spec/openapi.yaml:3:6",
    mentions: "UTF-8",
  },
  {
    name: "a character in Latin-1 in a file that is referenced",
    arrange: (folder) => {
      const file = path.join(folder, get);
      const text = `\uFFFD # a character that is in the text\n`;
      const bytes = Buffer.from("# caf\u00e9\n", "latin1");
      const before = Buffer.from(`# ${text}`);
      writeFileSync(file, Buffer.concat([before, bytes, readFileSync(file)]));
    },
    code: "spec-syntax",
    place: `${get}:2:6`,
    mentions: "UTF-8",
  },
  {
    name: "a device in place of the description",
    arrange: (folder) => {
      symlinkSync("/dev/zero", path.join(folder, "device.yaml"));
    },
    flags: ["--spec", "device.yaml"],
    code: "spec-not-found",
    place: "device.yaml:1:1",
    mentions: "regular file",
  },
  {
    name: "a pipe that nobody writes to in place of the description",
    arrange: (folder) => {
      execFileSync("mkfifo", [path.join(folder, "pipe.yaml")]);
    },
    flags: ["--spec", "pipe.yaml"],
    code: "spec-not-found",
    place: "pipe.yaml:1:1",
    mentions: "regular file",
  },
  {
    name: "broken YAML in a file that is referenced",
    arrange: edit(get, "operationId: payment.get", 'operationId: "payment.get'),
    code: "spec-syntax",
    place: `${get}:`,
    mentions: "indentation",
  },
  {
    name: "broken YAML in a file that is referenced several times",
    arrange: edit("spec/components/errors.yaml", "required: [", "required: ]["),
    code: "spec-syntax",
    place: "spec/components/errors.yaml:4:",
    mentions: "",
  },
  {
    name: "broken JSON",
    arrange: write("spec/api.json", '{ "openapi": "3.1.0",\n  "info": {\n'),
    flags: ["--spec", "spec/api.json"],
    code: "spec-syntax",
    place: "spec/api.json:3:",
    mentions: "",
  },
  {
    name: "a $ref to a file that is not there",
    arrange: edit(
      "spec/openapi.yaml",
      "methods/payment/get.yaml",
      "methods/payment/fetch.yaml",
    ),
    code: "spec-ref",
    place: "spec/openapi.yaml:12:",
    mentions: "fetch.yaml",
  },
  {
    name: "a $ref to a pointer that leads nowhere",
    arrange: edit(get, "payment.yaml#/PaymentId", "payment.yaml#/PaymentID"),
    code: "spec-ref",
    place: `${get}:13:`,
    mentions: "PaymentID",
  },
  {
    name: "a schema of a wrong type",
    arrange: edit("spec/components/payment.yaml", "type: string", "type: text"),
    code: "spec-value",
    place: "spec/components/payment.yaml:2:9",
    mentions: "type",
  },
  {
    name: "a list where a schema has to be",
    arrange: edit(
      "spec/components/payment.yaml",
      "PaymentState:\n  type: string\n  enum: [",
      "PaymentState:\n  [",
    ),
    code: "spec-value",
    place: "spec/components/payment.yaml:",
    mentions: "a map",
  },
  {
    name: "an empty file",
    arrange: write("spec/openapi.yaml", ""),
    code: "spec-empty",
    place: "spec/openapi.yaml:1:1",
    mentions: "empty",
  },
  {
    name: "a file with nothing but a comment",
    arrange: write("spec/openapi.yaml", "# to do\n"),
    code: "spec-empty",
    place: "spec/openapi.yaml:1:1",
    mentions: "",
  },
  {
    name: "an empty file that is referenced",
    arrange: write(get, ""),
    code: "spec-ref",
    place: "spec/openapi.yaml:12:",
    mentions: "get.yaml",
  },
  {
    name: "a missing file",
    arrange: () => undefined,
    flags: ["--spec", "spec/missing.yaml"],
    code: "spec-not-found",
    place: "spec/missing.yaml:1:1",
    mentions: "missing.yaml",
  },
  {
    name: "a folder instead of a file",
    arrange: () => undefined,
    flags: ["--spec", "spec"],
    code: "spec-not-found",
    place: "spec:1:1",
    mentions: "folder",
  },
  {
    name: "YAML that is no OpenAPI document",
    arrange: write("spec/openapi.yaml", "name: CI\non: [push]\n"),
    code: "spec-version",
    place: "spec/openapi.yaml:1:1",
    mentions: "openapi",
  },
  {
    name: "text that is no OpenAPI document",
    arrange: write("spec/openapi.yaml", "Payments API\n"),
    code: "spec-empty",
    place: "spec/openapi.yaml:1:1",
    mentions: "OpenAPI",
  },
  {
    name: "a path without its slash",
    arrange: edit("spec/openapi.yaml", "  /payment.get:", "  payment.get:"),
    code: "spec-misspelt-field",
    place: "spec/openapi.yaml:11:3",
    mentions: 'Did you mean "/payment.get"?',
  },
  {
    name: "a web page",
    arrange: write("spec/openapi.yaml", "<!DOCTYPE html>\n<p>Sign in\n"),
    code: "spec-empty",
    place: "spec/openapi.yaml:1:1",
    mentions: "a web page",
  },
  {
    name: "two documents in one file",
    arrange: write(
      "spec/openapi.yaml",
      "---\nopenapi: 3.1.0\n---\nopenapi: 3.1.0\n",
    ),
    code: "spec-syntax",
    place: "spec/openapi.yaml:3:1",
    mentions: "several documents",
  },
  {
    name: "a placeholder that nobody filled in",
    arrange: edit("spec/openapi.yaml", "title: ", "title: {{ stage }} # "),
    code: "spec-syntax",
    place: "spec/openapi.yaml:4:10",
    mentions: "placeholders",
  },
  {
    name: "Swagger 2.0",
    arrange: edit("spec/openapi.yaml", "openapi: 3.1.0", 'swagger: "2.0"'),
    code: "spec-version",
    place: "spec/openapi.yaml:2:10",
    mentions: "2.0",
  },
  {
    name: "a version of OpenAPI that does not exist",
    arrange: edit("spec/openapi.yaml", "3.1.0", "4.0.0"),
    code: "spec-version",
    place: "spec/openapi.yaml:2:10",
    mentions: "4.0.0",
  },
  {
    name: "an operationId that another operation has",
    arrange: edit(get, "payment.get", "payment.create"),
    code: "spec-operation-id",
    place: `${get}:2:`,
    mentions: "operationId",
  },
  {
    name: "binary garbage",
    arrange: write("spec/openapi.yaml", garbage),
    code: "spec-syntax",
    place: "spec/openapi.yaml:1:",
    mentions: "",
  },
  {
    name: "binary garbage that is referenced",
    arrange: write("spec/components/errors.yaml", garbage),
    code: "spec-syntax",
    place: "spec/components/errors.yaml:1:",
    mentions: "",
  },
];

const config = "kompliant-codegen.config";

/** Mistakes in the configuration. */
export const brokenConfigs: readonly BrokenInput[] = [
  {
    name: "a key that does not exist",
    arrange: write(`${config}.json`, '{\n  "output": "src"\n}\n'),
    code: "config-unknown-option",
    place: `${config}.json:2:3`,
    mentions: '"output"',
  },
  {
    name: "a value of a wrong type",
    arrange: write(`${config}.json`, '{ "out": 1 }'),
    code: "config-invalid",
    place: `${config}.json:1:10`,
    mentions: '"out"',
  },
  {
    name: "a value that is not one of those possible",
    arrange: write(`${config}.json`, '{ "importExtension": ".mjs" }'),
    code: "config-invalid",
    place: `${config}.json:1:22`,
    mentions: ".ts",
  },
  {
    name: "no object",
    arrange: write(`${config}.mjs`, "export default 1;"),
    code: "config-invalid",
    place: `${config}.mjs:`,
    mentions: "object",
  },
  {
    name: "broken JSON",
    arrange: write(`${config}.json`, '{\n  "out": "src",\n}\n'),
    code: "config-syntax",
    place: `${config}.json:2:15`,
    mentions: "JSON",
  },
  {
    name: "broken TypeScript",
    arrange: write(`${config}.ts`, "export default {\n  out: ,\n};\n"),
    code: "config-syntax",
    place: `${config}.ts:2:`,
    mentions: "",
  },
  {
    name: "a module that throws",
    arrange: write(`${config}.mjs`, '\nthrow new Error("no home");\n'),
    code: "config-syntax",
    place: `${config}.mjs:`,
    mentions: "no home",
  },
  {
    name: "an empty list of clients",
    arrange: write(`${config}.json`, "[]"),
    code: "config-invalid",
    place: `${config}.json:1:1`,
    mentions: "must not be empty",
  },
  {
    name: "a client that is no object",
    arrange: write(`${config}.json`, '[\n  { "out": "a" },\n  "b"\n]\n'),
    code: "config-invalid",
    place: `${config}.json:3:3`,
    mentions: "must be an object",
  },
  {
    name: "a wrong option of the second client",
    arrange: write(
      `${config}.ts`,
      'const a = { out: "a" };\nexport default [a, { out: "b", overlay: [] }];\n',
    ),
    code: "config-unknown-option",
    place: `${config}.ts:2:32`,
    mentions: '"overlays"',
  },
  {
    name: "an empty name",
    arrange: write(`${config}.json`, '{ "name": "" }'),
    code: "config-invalid",
    place: `${config}.json:1:11`,
    mentions: '"name" must be a non-empty string',
  },
  {
    name: "two clients of the same name",
    arrange: write(
      `${config}.json`,
      '[{ "name": "web", "out": "a" },\n { "name": "web", "out": "b" }]\n',
    ),
    code: "config-invalid",
    place: `${config}.json:2:12`,
    mentions: `${config}.json:1:12: the first one is here`,
  },
  {
    name: "an output folder inside that of another client",
    arrange: write(
      `${config}.mjs`,
      'const clients = [{ out: "a/../b" }, { out: "./b/c" }];\nexport default clients;\n',
    ),
    code: "config-invalid",
    place: `${config}.mjs:1:44`,
    mentions: `${config}.mjs:1:25: the other one is here`,
  },
  {
    name: "an output folder that is another one by a link",
    arrange: (folder) => {
      mkdirSync(path.join(folder, "real"));
      symlinkSync("real", path.join(folder, "link"));
      write(
        `${config}.json`,
        '[{ "out": "real/a" },\n { "out": "link/a" }]',
      )(folder);
    },
    code: "config-invalid",
    place: `${config}.json:2:11`,
    mentions: "overlap",
  },
  {
    name: "two clients with the default output folder",
    arrange: write(
      `${config}.ts`,
      'export default [\n  { name: "a" },\n  { name: "b" },\n];\n',
    ),
    code: "config-invalid",
    place: `${config}.ts:3:3`,
    mentions: "overlap",
  },
  {
    name: "a client that the configuration does not have",
    arrange: write(
      `${config}.json`,
      '[{ "name": "web", "out": "a" }, { "name": "admin", "out": "b" }]',
    ),
    flags: ["--client", "wbe"],
    code: "config-client",
    place: `${config}.json:1:1`,
    mentions: "web, admin",
  },
  {
    name: "a client picked from a configuration without names",
    arrange: write(`${config}.json`, '{ "out": "a" }'),
    flags: ["--client", "web"],
    code: "config-client",
    place: `${config}.json:1:1`,
    mentions: "No client has a name",
  },
  {
    name: "one output folder for several clients",
    arrange: write(
      `${config}.json`,
      '[{ "name": "web", "out": "a" }, { "name": "admin", "out": "b" }]',
    ),
    flags: ["--out", "c"],
    code: "config-client",
    place: `${config}.json:1:1`,
    mentions: "web, admin",
  },
  {
    name: "a missing file",
    arrange: () => undefined,
    flags: ["--config", "missing.json"],
    code: "config-not-found",
    place: "missing.json:1:1",
    mentions: "missing.json",
  },
  {
    name: "a folder instead of a file",
    arrange: (folder) => {
      mkdirSync(path.join(folder, "folder.json"));
    },
    flags: ["--config", "folder.json"],
    code: "config-not-found",
    place: "folder.json:1:1",
    mentions: "folder",
  },
  {
    name: "the working directory instead of a file",
    arrange: () => undefined,
    flags: ["--config", "."],
    code: "config-not-found",
    place: ".:1:1",
    mentions: "folder",
  },
  {
    name: "an empty path",
    arrange: write(`${config}.json`, '{ "out": "" }'),
    code: "config-invalid",
    place: `${config}.json:1:10`,
    mentions: '"out" must be a path',
  },
  {
    name: "an output folder behind a link that leads nowhere",
    arrange: (folder) => {
      symlinkSync("nowhere", path.join(folder, "link"));
    },
    flags: ["--spec", "spec/openapi.yaml", "--out", "link/client"],
    code: "output-unwritable",
    place: "link:1:1",
    mentions: "a link that leads nowhere",
  },
  {
    name: "an output folder that is a link to itself",
    arrange: (folder) => {
      symlinkSync("link", path.join(folder, "link"));
    },
    flags: ["--spec", "spec/openapi.yaml", "--out", "link"],
    code: "output-unwritable",
    place: "link:1:1",
    mentions: "a link that leads nowhere",
  },
  {
    name: "a name that is not looked for",
    arrange: write(`${config}.cjs`, 'module.exports = { out: "o" };'),
    flags: [],
    code: "config-not-found",
    place: `${config}.cjs:1:1`,
    mentions: `${config}.mjs`,
  },
  {
    name: "a file of an unknown kind",
    arrange: write("config.toml", 'out = "src"\n'),
    flags: ["--config", "config.toml"],
    code: "config-syntax",
    place: "config.toml:",
    mentions: ".toml",
  },
];
