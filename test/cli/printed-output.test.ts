import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { specOf } from "../model/spec-builder.js";
import { actingText, findActingText } from "../support/printed-output.js";
import { kompliantCodegen } from "./support/run-command.js";
import { temporaryFolder } from "./support/temporary-folder.js";

function titled(title: string, operation: string): string {
  const spec = specOf({ operations: { [operation]: { responses: {} } } });
  return JSON.stringify({ ...spec, info: { title, version: "1" } });
}

describe("text of a description, a path or an option", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["a title", ["generate", "--spec", "hostile.json"]],
    ["an operation", ["diff", "plain.json", "hostile.json"]],
    ["the name of a document", ["generate", "--spec", "a\n::error::b.json"]],
    ["the name of a folder", ["generate", "--out", "::error::a\u202e\u0007"]],
    ["a command line", ["generate", "--spec", "plain.json", actingText]],
    ["an unknown command", [actingText]],
    ["a configuration", ["generate", "--config", `${actingText}.json`]],
  ];

  it.for(cases)("in %s acts on no terminal and no CI", async ([, words]) => {
    const cwd = temporaryFolder({
      "plain.json": titled("Plain", "thing.get"),
      "hostile.json": titled(actingText, `thing.get${actingText}`),
    });
    const { stdout, stderr } = await kompliantCodegen(words, cwd);
    expect(stdout + stderr).toMatch(/\\u[\da-f]{4}/);
    expect(findActingText(stdout + stderr)).toEqual([]);
  });

  it("in package.json acts on no terminal and no CI when init reads it", async () => {
    const cwd = temporaryFolder({
      "package.json": `{ "scripts": { ${JSON.stringify(actingText)}: 1 } }\n::error::x`,
    });
    const { exitCode, stdout, stderr } = await kompliantCodegen(["init"], cwd);
    expect(exitCode).toBe(2);
    expect(findActingText(stdout + stderr)).toEqual([]);
  });
});

describe("a credential in a URL", () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/moved") === true) {
      const location = `http://user:s3cret@${request.headers.host ?? ""}/x`;
      response.writeHead(302, { location }).end();
    } else if (request.url?.startsWith("/broken") === true) {
      response.end("{ openapi: [ }");
    } else if (request.url?.startsWith("/gone") === true) {
      response.writeHead(404).end();
    } else if (request.url?.includes("part.json") === true) {
      response.end(JSON.stringify({ Thing: { type: "object" } }));
    } else {
      const schema = { $ref: "./part.json?token=s3cret2#/Thing" };
      const content = { "application/json": { schema } };
      const responses = { "200": { description: "", content } };
      const operations = { "thing.get": { responses } };
      response.end(JSON.stringify(specOf({ operations })));
    }
  });
  let host = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  it.for([
    "http://user:s3cret@HOST/api.json",
    "http://user:s3cret/with@HOST/api.json",
    "http://user:s3cret with spaces@HOST/api.json",
    "https:/user:s3cret@HOST/api.json",
    "ftp://user:s3cret@HOST/api.json",
    "https://user:s3cret@HOST:port/api.json",
    "http://HOST/moved",
    "http://HOST/gone?token=s3cret",
    "http://HOST/gone?s3cret",
    "http://HOST/broken?a=s3cret&b=s3cret#c",
    "https://HOST/api.json?a=s3cret",
  ])("%s is masked", async (template) => {
    const url = template.replace("HOST", host);
    const cwd = temporaryFolder({ "a.json": titled("A", "thing.get") });
    const runs = [
      ["generate", "--spec", url, "--json"],
      ["generate", "--spec", "a.json", "--overlay", url],
      ["generate", url],
    ];
    for (const run of runs) {
      const { stdout, stderr } = await kompliantCodegen(run, cwd);
      expect(stdout + stderr).not.toContain("s3cret");
    }
  });

  it("is in nothing that is printed or written when the document is read", async () => {
    const cwd = temporaryFolder();
    const url = `http://${host}/api.json?token=s3cret&v=s3cret`;
    const first = await kompliantCodegen(["generate", "--spec", url], cwd);
    expect(first.stderr).toBe("");
    const again = await kompliantCodegen(
      ["generate", "--spec", url, "--json"],
      cwd,
    );
    expect(JSON.parse(again.stdout)).toMatchObject({ files: { written: [] } });
    const check = await kompliantCodegen(["check", "--spec", url], cwd);
    expect(check.exitCode).toBe(0);
    const out = path.join(cwd, "src", "kompliant");
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        readFileSync(path.join(entry.parentPath, entry.name), "utf8"),
      );
    const texts = [...files, first, again].map((each) => JSON.stringify(each));
    expect(files.length).toBeGreaterThan(5);
    expect(`${texts.join("\n")}${check.stdout}`).not.toContain("s3cret");
    const other = url.replace("token=s3cret", "token=other");
    const moved = await kompliantCodegen(["check", "--spec", other], cwd);
    expect(moved.exitCode).toBe(1);
  });
});
