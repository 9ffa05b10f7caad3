import { describe, expect, it, vi } from "vitest";
import { call } from "../../templates/runtime/call.js";
import { encodeParameters } from "../../templates/runtime/parameters.js";
import type { Parameter } from "../../templates/runtime/parameters.js";
import type { Operation, Signer } from "../../templates/runtime/types.js";
import { sampleClient, writeOperation } from "../support/sample-operations.js";
import { generateSloppy } from "../sloppy/generate-sloppy.js";

const names = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__proto__",
];

describe("a parameter that is called like what every object has", () => {
  it.each(names)("%s is not sent unless it is given", async (name) => {
    const parameters = (["query", "header", "cookie"] as const).map(
      (place): Parameter => ({ name, in: place }),
    );
    const input = { query: {}, header: {}, cookie: {} };
    expect(await encodeParameters("/a", input, parameters)).toMatchObject({
      path: "/a",
      headers: {},
    });
  });

  it.each(names)("%s is missing in a path unless it is given", async (name) => {
    const parameters: readonly Parameter[] = [{ name, in: "path" }];
    await expect(
      encodeParameters(`/{${name}}`, { path: {} }, parameters),
    ).rejects.toThrow(`path parameter ${name} is missing`);
  });

  it.each(names)("%s is sent when it is given", async (name) => {
    const input = JSON.parse(`{"query": {"${name}": "x"}}`) as unknown;
    expect(
      await encodeParameters("/a", input, [{ name, in: "query" }]),
    ).toMatchObject({ path: `/a?${name}=x` });
  });
});

describe("a path that is another one once it is in a URL", () => {
  const parts: Operation["encode"] = (path, input) =>
    encodeParameters(path, input, [
      { name: "a", in: "path" },
      { name: "b", in: "path" },
    ]);

  it.each([
    ["/../x", {}],
    ["/x/.", {}],
    ["/x/%2e%2E/y", {}],
    ["/x/.%2E/y?a=b", {}],
    ["/x\\..\\y", {}],
    ["/x/{a}{b}/y", { path: { a: ".", b: "." } }],
    ["/x/.{a}", { path: { a: ".", b: "c" } }],
  ])("%s is refused before anything is signed", async (path, input) => {
    const signer = vi.fn<Signer>(() => ({ "x-api-key": "1" }));
    const operation: Operation = {
      ...writeOperation,
      path,
      ...(path.includes("{") && { encode: parts }),
    };
    const client = sampleClient("http://127.0.0.1/prefix", { signer });
    await expect(call(client, operation, input)).rejects.toThrow(TypeError);
    expect(signer).not.toHaveBeenCalled();
  });

  it.each([
    "/x.y/..z",
    "/.well-known/x",
    "/x?path=/../y",
    "/x#/../y",
    "/.../x",
  ])("%s is not one", async (path) => {
    const client = sampleClient("http://127.0.0.1:1", { retry: false });
    expect(await call(client, { ...writeOperation, path }, {})).toMatchObject({
      ok: false,
      error: { code: "client.network" },
    });
  });
});

/** A description with one operation, at a path and with an error of a code. */
function describing(path: string, code: string): object {
  const schema = {
    type: "object",
    required: ["meta", "errors"],
    properties: {
      meta: { type: "object" },
      errors: {
        type: "array",
        items: {
          type: "object",
          required: ["code"],
          properties: { code: { const: code } },
        },
      },
    },
  };
  return {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      [path]: {
        post: {
          operationId: "a.b",
          responses: {
            "200": { description: "" },
            "400": {
              description: "",
              content: { "application/json": { schema } },
            },
          },
        },
      },
    },
  };
}

describe("a description", () => {
  it.each(names)("has %s as a code like any other", async (code) => {
    const { files } = await generateSloppy(describing("/a", code));
    const catalogue = files.find(({ path }) => path === "error-catalogue.ts");
    const key = code === "__proto__" ? '["__proto__"]' : code;
    expect(catalogue?.text).toContain(`  ${key}: {\n`);
    expect(catalogue?.text).toContain(`code: "${code}"`);
  });

  it.each(["/../x", "/a/./b", "/a/%2e%2E", "/a\\..\\b", "/a/.\t./b"])(
    "is refused when its path is %s",
    async (path) => {
      await expect(generateSloppy(describing(path, "A"))).rejects.toMatchObject(
        {
          diagnostics: [{ code: "spec-value", location: { line: 1 } }],
        },
      );
    },
  );
});
