import { execFile } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

const folder = temporaryFolder();

/** A description with these schemas, of which an operation answers with `A`. */
function withSchemas(schemas: object): string {
  const schema = { $ref: "#/components/schemas/A" };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Limits", version: "1" },
    paths: {
      "/a.get": {
        post: {
          operationId: "a.get",
          responses: {
            "200": {
              description: "",
              content: { "application/json": { schema } },
            },
          },
        },
      },
    },
    components: { schemas },
  });
}

const start = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
const levels = 100_000;

function numbered<Value>(
  count: number,
  name: string,
  value: (index: number) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${name}${index}`,
      value(index),
    ]),
  );
}

const refTo = (name: string): object => ({
  $ref: `#/components/schemas/${name}`,
});

/** Documents that take too much of something, and how each ends: the code of a diagnostic, or a client. */
const documents: readonly {
  readonly what: string;
  readonly text: () => string;
  readonly end: "client" | RegExp;
}[] = [
  {
    what: "100 MB of text",
    text: () =>
      withSchemas({
        A: { type: "object", description: "long text. ".repeat(9_600_000) },
      }),
    end: "client",
  },
  {
    what: "100,000 levels of JSON",
    text: () =>
      `{"openapi":"3.1.0","x":${"[".repeat(levels)}${"]".repeat(levels)}}`,
    end: /spec-(?:syntax|too-big)/,
  },
  {
    what: "100,000 levels of YAML",
    text: () => `${start}x: ${"[".repeat(levels)}${"]".repeat(levels)}\n`,
    end: /spec-(?:syntax|too-big)/,
  },
  {
    what: "2,000 levels of indented YAML",
    text: () =>
      `${start}x:\n${Array.from({ length: 2000 }, (_, level) => `${" ".repeat(level + 1)}a:\n`).join("")}`,
    end: /spec-(?:syntax|too-big)/,
  },
  {
    what: "a bomb of aliases",
    text: () =>
      `${start}x:\n  a0: &a0 [x]\n${Array.from({ length: 30 }, (_, level) => `  a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(",")}]\n`).join("")}`,
    end: /spec-too-big/,
  },
  {
    what: "an alias within itself",
    text: () => `${start}x: &x [*x]\n`,
    end: /spec-too-big/,
  },
  {
    what: "an enum of 100,000 values",
    text: () =>
      withSchemas({
        A: {
          type: "string",
          enum: Object.keys(numbered(100_000, "V", Number)),
        },
      }),
    end: "client",
  },
  {
    what: "an object of 20,000 properties",
    text: () =>
      withSchemas({
        A: {
          type: "object",
          properties: numbered(20_000, "p", () => ({ type: "string" })),
        },
      }),
    end: "client",
  },
  {
    what: "references in a circle",
    text: () => withSchemas({ A: refTo("B"), B: refTo("A") }),
    end: /spec-ref-loop/,
  },
  {
    what: "compositions in a circle",
    text: () =>
      withSchemas({ A: { allOf: [refTo("B")] }, B: { allOf: [refTo("A")] } }),
    end: /spec-ref-loop/,
  },
  {
    what: "a chain of 5,000 references",
    text: () =>
      withSchemas({
        A: refTo("C0"),
        ...numbered(5000, "C", (index) => refTo(`C${index + 1}`)),
        C5000: { type: "string" },
      }),
    end: /spec-too-big/,
  },
  {
    what: "a ring of 10,000 objects",
    text: () =>
      withSchemas({
        A: refTo("S0"),
        ...numbered(10_000, "S", (index) => ({
          type: "object",
          properties: { next: refTo(`S${(index + 1) % 10_000}`) },
        })),
      }),
    end: /spec-too-big/,
  },
  {
    what: "compositions that double 60 times",
    text: () =>
      withSchemas({
        A: { allOf: [refTo("D0"), refTo("D0")] },
        ...numbered(60, "D", (index) => ({
          allOf: [refTo(`D${index + 1}`), refTo(`D${index + 1}`)],
        })),
        D60: { type: "object", properties: { a: { type: "string" } } },
      }),
    end: "client",
  },
];

interface Ending {
  readonly exitCode: unknown;
  readonly stderr: string;
}

function generate(file: string, out: string): Promise<Ending> {
  const cli = path.join(packageFolder, "dist/cli.js");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [
        "--max-old-space-size=3000",
        cli,
        "generate",
        "--spec",
        file,
        "--out",
        out,
      ],
      { timeout: 300_000 },
      (error, _, stderr) => {
        resolve({ exitCode: error === null ? 0 : error.code, stderr });
      },
    );
  });
}

describe("a description that takes too much", () => {
  it.each(documents)(
    "ends well, in bounded time and memory: $what",
    async ({ what, text, end }) => {
      const name = what.replace(/\W+/g, "-");
      const file = path.join(folder, `${name}.yaml`);
      writeFileSync(file, text());
      const out = path.join(folder, name);
      const { exitCode, stderr } = await generate(file, out);
      expect(stderr).not.toMatch(/^\s+at /m);
      if (end === "client") {
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        expect(statSync(path.join(out, "index.ts")).isFile()).toBe(true);
      } else {
        expect(exitCode).toBe(2);
        expect(stderr).toMatch(end);
        expect(statSync(out, { throwIfNoEntry: false })).toBeUndefined();
      }
    },
  );
});
