import { dump } from "js-yaml";
import { rpcSpec } from "../../bench/support/rpc-spec.js";

/** A description that takes much of something, and how a run with it ends. */
export interface SizedDocument {
  readonly what: string;
  readonly text: () => string;
  /** A client, or the code of its errors. */
  readonly end:
    | "client"
    | "spec-not-found"
    | "spec-ref-loop"
    | "spec-too-big"
    | "spec-value";
}

type Json = Readonly<Record<string, unknown>>;

const json = JSON.stringify;

/** An entry for each number, by a name with the number. */
function numbered(
  count: number,
  name: string,
  value: (index: number) => unknown,
): Json {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${name}${index}`,
      value(index),
    ]),
  );
}

function refTo(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function answering(schema: Json): Json {
  return { description: "", content: { "application/json": { schema } } };
}

/** A description with these paths and schemas. */
function withPaths(paths: Json, schemas: Json = {}): string {
  return json({
    openapi: "3.1.0",
    info: { title: "Sizes", version: "1" },
    paths,
    components: { schemas },
  });
}

function operation(operationId: string, parts: Json): Json {
  return { post: { operationId, responses: {}, ...parts } };
}

/** A description whose only operation answers with the schema `A`. */
function withSchemas(schemas: Json): string {
  const responses = { "200": answering(refTo("A")) };
  return withPaths({ "/a.get": operation("a.get", { responses }) }, schemas);
}

/** A description whose only operation fails with what enums of this many values combine to. */
function withErrors(values: number): string {
  const names = (prefix: string): Json => ({
    type: "string",
    enum: Object.keys(numbered(values, prefix, () => 0)),
  });
  const error = {
    type: "object",
    required: ["code", "entity_type", "sub_code"],
    properties: {
      code: names("CODE_"),
      entity_type: names("Entity"),
      sub_code: names("REASON_"),
    },
  };
  const schema = {
    type: "object",
    properties: { errors: { type: "array", items: error } },
  };
  const responses = { "400": answering(schema) };
  return withPaths({ "/a.get": operation("a.get", { responses }) });
}

function withOperations(count: number): string {
  return withPaths(
    numbered(count, "/a.get", (index) => operation(`a.get${index}`, {})),
  );
}

function brokenOperations(count: number): string {
  return withPaths(
    numbered(count, "/a.get", () => ({ post: { responses: 1 } })),
  );
}

const tableHead =
  "## System Rule Violations\n\n| Entity Type | Sub-code | Description |\n| --- | --- | --- |\n";

/** A description whose only operation has this Markdown. */
function withMarkdown(description: string): string {
  return withPaths({ "/a.get": operation("a.get", { description }) });
}

/** An operation's Markdown with a table of errors in which this text is a cell. */
function withCell(cell: string): string {
  return withMarkdown(`${tableHead}| Business | NOT_FOUND | ${cell} |\n`);
}

function tableOf(rows: number): string {
  const row = (_: unknown, index: number): string =>
    `| Business | REASON_${index} | Says *no* to \`it\`. |\n`;
  return withMarkdown(tableHead + Array.from({ length: rows }, row).join(""));
}

/** As many copies of a text as fit into this many kilobytes. */
function filled(kilobytes: number, part: string): string {
  return part.repeat(Math.ceil((kilobytes * 1000) / part.length));
}

const start = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

/** Lists of ten references each to the list before. */
function aliasBomb(levels: number): string {
  const level = (_: unknown, index: number): string =>
    `  a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(", ")}]\n`;
  return `${start}x-bomb:\n  a0: &a0 [x]\n${Array.from({ length: levels }, level).join("")}`;
}

/** Schemas of two properties each, both of them the schema before. */
function schemaBomb(levels: number): string {
  const level = (_: unknown, index: number): string =>
    `    S${index + 1}: &s${index + 1} {type: object, properties: {a: *s${index}, b: *s${index}}}\n`;
  return `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a.get:
    post:
      operationId: a.get
      responses:
        '200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/S${levels}'}}}}
components:
  schemas:
    S0: &s0 {type: object, properties: {a: {type: string}}}
${Array.from({ length: levels }, level).join("")}`;
}

const nested = "[".repeat(100_000) + "]".repeat(100_000);

/** A response that holds errors out of {@link errorSchemas}. */
function failing(from: number, count: number): Json {
  const oneOf = Array.from({ length: count }, (_, index) =>
    refTo(`E${from + index}`),
  );
  const errors = { type: "array", items: { oneOf } };
  return answering({ type: "object", properties: { errors } });
}

function errorSchemas(count: number): Json {
  return numbered(count, "E", (index) => ({
    type: "object",
    required: ["code"],
    properties: { code: { type: "string", const: `CODE_${index}` } },
  }));
}

export const sizedDocuments: readonly SizedDocument[] = [
  {
    what: "10,000 operations with 22,002 errors (test/bench)",
    text: () => dump(rpcSpec(10_000), { noRefs: true }),
    end: "client",
  },
  {
    what: "10,000 operations without errors",
    text: () => withOperations(10_000),
    end: "client",
  },
  {
    what: "20,000 operations without errors",
    text: () => withOperations(20_000),
    end: "spec-too-big",
  },
  {
    what: "10,000 broken operations",
    text: () => brokenOperations(10_000),
    end: "spec-value",
  },
  {
    what: "20,000 broken operations",
    text: () => brokenOperations(20_000),
    end: "spec-too-big",
  },
  {
    what: "an operation of 5,000 parameters",
    text: () => {
      const parameter = (index: number): Json => ({
        ...{ name: `p${index}`, in: "query" },
        schema: { type: "string" },
      });
      const parameters = Object.values(numbered(5000, "", parameter));
      return withPaths({ "/a.get": operation("a.get", { parameters }) });
    },
    end: "client",
  },
  {
    what: "8,000 errors out of three enums",
    text: () => withErrors(20),
    end: "client",
  },
  {
    what: "64,000 errors out of three enums",
    text: () => withErrors(40),
    end: "spec-too-big",
  },
  {
    what: "8,000,000,000 errors out of three enums",
    text: () => withErrors(2000),
    end: "spec-too-big",
  },
  {
    what: "25,000 errors with a schema each",
    text: () =>
      withPaths(
        Object.fromEntries(
          Array.from({ length: 25 }, (_, index) => [
            `/a.get${index}`,
            operation(`a.get${index}`, {
              responses: { "400": failing(index * 1000, 1000) },
            }),
          ]),
        ),
        errorSchemas(25_000),
      ),
    end: "client",
  },
  {
    what: "500 errors that each of 1,000 operations shares",
    text: () => {
      const responses = { "400": failing(0, 500) };
      return withPaths(
        numbered(1000, "/a.get", (index) =>
          operation(`a.get${index}`, { responses }),
        ),
        errorSchemas(500),
      );
    },
    end: "spec-too-big",
  },
  {
    what: "a discriminator of 5,000 entries",
    text: () => {
      const names = Object.keys(numbered(5000, "S", () => 0));
      return withSchemas({
        A: {
          oneOf: names.map(refTo),
          discriminator: {
            propertyName: "kind",
            mapping: Object.fromEntries(
              names.map((name) => [name, `#/components/schemas/${name}`]),
            ),
          },
        },
        ...numbered(5000, "S", () => ({
          type: "object",
          required: ["kind"],
          properties: { kind: { type: "string" } },
        })),
      });
    },
    end: "client",
  },
  {
    what: "an enum of 100,000 values",
    text: () => {
      const values = Object.keys(numbered(100_000, "V", () => 0));
      return withSchemas({ A: { type: "string", enum: values } });
    },
    end: "client",
  },
  {
    what: "an object of 20,000 properties",
    text: () => {
      const properties = numbered(20_000, "p", () => ({ type: "string" }));
      return withSchemas({ A: { type: "object", properties } });
    },
    end: "client",
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
    end: "spec-too-big",
  },
  {
    what: "a chain of 5,000 references",
    text: () =>
      withSchemas({
        A: refTo("C0"),
        ...numbered(5000, "C", (index) => refTo(`C${index + 1}`)),
        C5000: { type: "string" },
      }),
    end: "spec-too-big",
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
  {
    what: "references in a circle",
    text: () => withSchemas({ A: refTo("B"), B: refTo("A") }),
    end: "spec-ref-loop",
  },
  {
    what: "compositions in a circle",
    text: () =>
      withSchemas({ A: { allOf: [refTo("B")] }, B: { allOf: [refTo("A")] } }),
    end: "spec-ref-loop",
  },
  {
    what: "Markdown: 5,000 rows of a table",
    text: () => tableOf(5000),
    end: "client",
  },
  {
    what: "Markdown: 50,000 rows of a table",
    text: () => tableOf(50_000),
    end: "spec-too-big",
  },
  {
    what: "Markdown: 50,000 rows that name no error",
    text: () => withMarkdown(tableHead + "| a | b | c |\n".repeat(50_000)),
    end: "client",
  },
  {
    what: "Markdown: emphasis that never closes (*a_)",
    text: () => withCell(filled(1000, "*a_ ")),
    end: "client",
  },
  {
    what: "Markdown: emphasis in emphasis",
    text: () => withCell(`${filled(500, "**")}a${filled(500, "**")}`),
    end: "client",
  },
  {
    what: "Markdown: links that never close",
    text: () => withCell(filled(1000, "[a](")),
    end: "client",
  },
  {
    what: "Markdown: brackets in brackets",
    text: () => withCell(`${filled(500, "[")}${filled(500, "]")}`),
    end: "client",
  },
  {
    what: "Markdown: definitions of links",
    text: () =>
      withMarkdown(
        `${tableHead}| Business | NOT_FOUND | ${filled(500, "[a][b] ")} |\n\n${filled(1000, "[b]: /c\n")}`,
      ),
    end: "client",
  },
  {
    what: "Markdown: back-ticks in runs of every length",
    text: () =>
      withCell(
        Array.from({ length: 1500 }, (_, index) => "`".repeat(index)).join(" "),
      ),
    end: "client",
  },
  {
    what: "Markdown: angle brackets",
    text: () => withCell(filled(1000, "<a ")),
    end: "client",
  },
  {
    what: "Markdown: entities",
    text: () => withCell(filled(1000, "&amp;&#1")),
    end: "client",
  },
  {
    what: "Markdown: escapes",
    text: () => withCell(filled(1000, String.raw`\*\\`)),
    end: "client",
  },
  {
    what: "Markdown: a row of pipes",
    text: () => withMarkdown(tableHead + filled(1000, "|")),
    end: "client",
  },
  {
    what: "Markdown: lists in lists",
    text: () =>
      withMarkdown(
        tableHead +
          Array.from(
            { length: 3000 },
            (_, index) => `${" ".repeat(index)}* a\n`,
          ).join(""),
      ),
    end: "client",
  },
  {
    what: "Markdown: quotations in quotations",
    text: () => withMarkdown(tableHead + filled(1000, "> ")),
    end: "client",
  },
  {
    what: "Markdown: marks of lists on one line",
    text: () => withMarkdown(tableHead + filled(1000, "- ")),
    end: "client",
  },
  {
    what: "YAML: aliases ten times ten times ten … (billion laughs)",
    text: () => aliasBomb(9),
    end: "spec-too-big",
  },
  {
    what: "YAML: aliases of schemas that double 16 times",
    text: () => schemaBomb(16),
    end: "spec-too-big",
  },
  {
    what: "YAML: aliases of schemas that double 30 times",
    text: () => schemaBomb(30),
    end: "spec-too-big",
  },
  {
    what: "YAML: an alias within itself",
    text: () => `${start}x: &x [*x]\n`,
    end: "spec-too-big",
  },
  {
    what: "YAML: 100,000 levels",
    text: () => `${start}x: ${nested}\n`,
    end: "spec-too-big",
  },
  {
    what: "YAML: 2,000 levels of indentation",
    text: () =>
      `${start}x:\n${Array.from({ length: 2000 }, (_, level) => `${" ".repeat(level + 1)}a:\n`).join("")}`,
    end: "spec-too-big",
  },
  {
    what: "JSON: 100,000 levels",
    text: () => `{"openapi":"3.1.0","x":${nested}}`,
    end: "spec-too-big",
  },
  {
    what: "3 MB of empty lists",
    text: () => `${start}x-lists: [${filled(3000, "[],")}[]]\n`,
    end: "client",
  },
  {
    what: "8 MB of empty lists",
    text: () => `${start}x-lists: [${filled(8000, "[],")}[]]\n`,
    end: "spec-too-big",
  },
  {
    what: "60 MB of empty lists",
    text: () => `${start}x-lists: [${filled(60_000, "[],")}[]]\n`,
    end: "spec-too-big",
  },
  {
    what: "19 MB in one text",
    text: () => withText(19_000),
    end: "client",
  },
  {
    what: "60 MB in one text",
    text: () => withText(60_000),
    end: "spec-too-big",
  },
  {
    what: "200 MB in one text",
    text: () => withText(200_000),
    end: "spec-not-found",
  },
];

function withText(kilobytes: number): string {
  const description = filled(kilobytes, "long text. ");
  return withSchemas({ A: { type: "object", description } });
}
