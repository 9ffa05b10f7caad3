import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import { jsonResponse, specOf, successMeta } from "../model/spec-builder.js";
import { contentOf, lockFile } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen } from "./support/run-command.js";
import { temporaryFolder, writeTexts } from "./support/temporary-folder.js";

const { check, diff, generate } = packageEntry;

const id = { type: "string", description: "Identifies a thing." };
const reference = { $ref: "#/components/schemas/ThingId" };

/** A description of one operation that answers with the id of a thing. */
function oneOperation(
  name: string,
  schema: object = id,
  more: object = {},
): string {
  const body = {
    type: "object",
    properties: {
      meta: successMeta,
      data: { properties: { reference } },
    },
  };
  const spec = specOf({
    operations: { [name]: { responses: { "200": jsonResponse(body) } } },
    components: { schemas: { ThingId: schema } },
    more: { ...more },
  });
  return JSON.stringify(spec, undefined, 2);
}

const bothOperations = JSON.stringify(
  (() => {
    const first = JSON.parse(oneOperation("thing.get")) as { paths: object };
    const second = JSON.parse(oneOperation("thing.set")) as { paths: object };
    return { ...first, paths: { ...first.paths, ...second.paths } };
  })(),
);

async function failure(action: Promise<unknown>): Promise<DiagnosticError> {
  const error: unknown = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if ((error as Error | undefined)?.name !== "DiagnosticError") throw error;
  return error as DiagnosticError;
}

describe("several documents", () => {
  it("give the same client as one that holds them all", async () => {
    const cwd = temporaryFolder({
      "get.json": oneOperation("thing.get"),
      "set.json": oneOperation("thing.set"),
      "both.json": bothOperations,
    });
    const { exitCode, stderr } = await kompliantCodegen(
      ["generate", "--spec", "get.json", "--spec", "set.json", "--out", "a"],
      cwd,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    await generate({ cwd, spec: "both.json", out: "b" });
    const sources = (out: string): object =>
      Object.fromEntries(
        Object.entries(contentOf(path.join(cwd, out))).filter(([name]) =>
          name.endsWith(".ts"),
        ),
      );
    expect(sources("a")).toEqual(sources("b"));
    const spec = ["get.json", "set.json"];
    expect(await check({ cwd, spec, out: "a" })).toMatchObject({
      inSync: true,
    });
    writeTexts(cwd, { "set.json": oneOperation("thing.put") });
    expect(await check({ cwd, spec, out: "a" })).toMatchObject({
      inSync: false,
      moved: { documents: ["set.json"] },
      missing: ["operations/thing/put.ts"],
    });
  });

  it("that contradict each other are refused with both places", async () => {
    const cwd = temporaryFolder({
      "get.json": oneOperation("thing.get"),
      "set.json": oneOperation(
        "thing.set",
        { type: "integer" },
        {
          info: { title: "Test", version: "2" },
        },
      ),
    });
    const { diagnostics } = await failure(
      generate({ cwd, spec: ["get.json", "set.json"], out: "a" }),
    );
    expect(
      diagnostics.map(({ code, message, location, related }) => [
        code,
        message,
        path.basename(location?.file ?? ""),
        related.map((each) => path.basename(each.location.file)),
      ]),
    ).toEqual([
      [
        "spec-conflict",
        "the version of the API is another one in get.json",
        "set.json",
        ["get.json"],
      ],
      [
        "spec-conflict",
        "the component schemas/ThingId is another one in get.json",
        "set.json",
        ["get.json"],
      ],
    ]);
  });

  it("may not describe the same operation differently", async () => {
    const cwd = temporaryFolder({
      "get.json": oneOperation("thing.get"),
      "again.json": oneOperation("thing.get").replace("200", "201"),
      "same.json": oneOperation("thing.get"),
    });
    await generate({ cwd, spec: ["get.json", "same.json"], out: "a" });
    const { diagnostics } = await failure(
      generate({ cwd, spec: ["get.json", "again.json"], out: "a" }),
    );
    expect(diagnostics.map(({ code }) => code)).toContain("spec-conflict");
  });

  it("are changed by overlays as one description", async () => {
    const cwd = temporaryFolder({
      "get.json": oneOperation("thing.get"),
      "set.json": oneOperation("thing.set"),
      "overlay.yaml": `overlay: 1.0.0
info: { title: Changes, version: "1" }
actions:
  - target: $.components.schemas.ThingId
    update: { description: Changed everywhere. }
  - target: $.paths['/thing.set'].post
    update: { summary: Changed in the second document }
`,
    });
    await generate({
      cwd,
      spec: ["get.json", "set.json"],
      overlays: ["overlay.yaml"],
      out: "a",
    });
    const client = contentOf(path.join(cwd, "a"));
    expect(client["schemas.ts"]).toContain("Changed everywhere.");
    expect(client["schemas.ts"]).not.toContain("ThingId2");
    expect(client["operations/thing/set.ts"]).toContain(
      "Changed in the second document",
    );
  });
});

describe("a URL", () => {
  it("of a file is its path", async () => {
    const cwd = temporaryFolder({ "thé api.json": oneOperation("thing.get") });
    await generate({ cwd, spec: "thé api.json" });
    const file = path.join(cwd, "thé api.json");
    for (const spec of [pathToFileURL(file).href, `file://${file}`]) {
      expect(await check({ cwd, spec })).toMatchObject({ inSync: true });
    }
    const { changes } = await diff({
      cwd,
      before: file,
      after: pathToFileURL(file).href,
    });
    expect(changes).toEqual([]);
  });

  it.for([
    ["--spec", "http://example.com/api.yaml", "over plain HTTP"],
    ["--overlay", "https://example.com/o.yaml", "never read from the network"],
  ])("is shown as it was written: %s %s", async ([flag = "", url, says]) => {
    const { exitCode, stderr } = await kompliantCodegen(
      ["generate", flag, String(url)],
      temporaryFolder(),
    );
    expect(exitCode).toBe(2);
    expect(stderr.startsWith(`${url}:1:1: error `), stderr).toBe(true);
    expect(stderr).toContain(says);
  });

  it.for(["ftp://example.com/api.yaml", "file://example.com/api.yaml"])(
    "that nobody here reads is refused: %s",
    async (spec) => {
      const { diagnostics } = await failure(
        generate({ cwd: temporaryFolder(), spec }),
      );
      expect(diagnostics).toMatchObject([
        {
          code: "spec-not-found",
          message: `${spec} names no description that can be read`,
        },
      ]);
    },
  );
});

describe("a document on the network", () => {
  let text = oneOperation("thing.get");
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (request.url === "/moved.json") {
      response.writeHead(302, { location: "http://localhost:1/x" }).end();
    } else response.end(text);
  });
  let url = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
  });
  afterAll(() => {
    server.close();
  });

  const sha256 = (content: string): string =>
    createHash("sha256").update(content).digest("hex");

  it("that is pinned is asked for once, and refused when it moves", async () => {
    text = oneOperation("thing.get");
    const cwd = temporaryFolder();
    const spec = { url, sha256: sha256(text).toUpperCase() };
    await generate({ cwd, spec });
    const before = asked;
    expect((await generate({ cwd, spec })).files.written).toEqual([]);
    expect(await check({ cwd, spec })).toMatchObject({
      inSync: true,
      moved: { unproven: [] },
    });
    expect(asked).toBe(before);

    // Nobody asks for it again until something else makes that necessary.
    text = oneOperation("thing.set");
    const { diagnostics } = await failure(
      generate({ cwd, spec, importExtension: ".ts" }),
    );
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        "spec-pin",
        `the document at this address is not the pinned one any more: its SHA-256 is ${sha256(text)}, not ${sha256(oneOperation("thing.get"))}`,
      ],
    ]);

    const accepted = { url, sha256: sha256(text) };
    expect(await check({ cwd, spec: accepted })).toMatchObject({
      inSync: false,
      moved: { documents: [url] },
    });
    expect((await generate({ cwd, spec: accepted })).warnings).toEqual([]);
    expect(await check({ cwd, spec: accepted })).toMatchObject({
      inSync: true,
    });
  });

  it("that is not pinned is asked for by generate alone, which says when it moved", async () => {
    text = oneOperation("thing.get");
    const cwd = temporaryFolder();
    expect((await generate({ cwd, spec: url })).warnings).toEqual([]);
    const shouted = url.replace("http:", "HTTP:");
    expect((await generate({ cwd, spec: shouted })).files.written).toEqual([]);
    text = oneOperation("thing.set");
    const before = asked;
    const { exitCode, stdout } = await kompliantCodegen(
      ["check", "--spec", url],
      cwd,
    );
    expect(asked).toBe(before);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `not compared, because check does not use the network:\n    ${url}`,
    );
    const { warnings, files } = await generate({ cwd, spec: url });
    expect(warnings.map(({ code }) => code)).toEqual(["spec-moved"]);
    expect(files.written).toContain("operations/thing/set.ts");
    const lock = JSON.parse(
      readFileSync(path.join(cwd, "src/kompliant", lockFile), "utf8"),
    ) as { inputs: object };
    expect(Object.keys(lock.inputs)).toEqual([url]);
  });

  it("is not asked for over plain HTTP, nor after a redirect to another host", async () => {
    const cwd = temporaryFolder();
    const plain = await failure(
      generate({ cwd, spec: "http://api.example/openapi.yaml" }),
    );
    expect(plain.message).toContain("over plain HTTP");
    const moved = await failure(
      generate({ cwd, spec: url.replace("openapi.json", "moved.json") }),
    );
    expect(moved.message).toContain("redirects to another host");
  });

  it("needs a pin of the right form", async () => {
    const cwd = temporaryFolder({
      "kompliant-codegen.config.json": JSON.stringify({
        spec: { url, sha256: "abc" },
      }),
    });
    const { exitCode, stderr } = await kompliantCodegen(["generate"], cwd);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      '"spec" must be a path, a URL, { url, sha256 } or a list of these',
    );
  });
});
