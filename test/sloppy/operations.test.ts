import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { compileErrors } from "../hostile/compile.js";
import { generateSloppy } from "./generate-sloppy.js";
import type { SloppyClient } from "./generate-sloppy.js";
import { operationsDocument } from "./operations-document.js";

/** What the server has seen. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

interface Called {
  readonly seen: Seen;
  readonly result: { readonly ok: boolean; readonly data?: unknown };
}

type Operation = (
  client: unknown,
  input?: unknown,
) => Promise<Called["result"]>;
type Namespaces = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

let client: SloppyClient;
let namespaces: Namespaces;
let server: Server;
let kompliant: unknown;
let answer: Answer = { status: 200 };
const requests: Seen[] = [];

beforeAll(async () => {
  client = await generateSloppy(operationsDocument);
  const folder = temporaryFolder();
  for (const { path: name, text } of client.files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const outfile = path.join(folder, "client.mjs");
  await build({
    entryPoints: [path.join(folder, "index.ts")],
    bundle: true,
    format: "esm",
    outfile,
  });
  const module = (await import(pathToFileURL(outfile).href)) as Namespaces & {
    readonly createClient: (options: object) => unknown;
  };
  namespaces = module;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      const body = Buffer.concat(chunks).toString();
      requests.push({ method, url, headers, body });
      const { status, type, body: content = "" } = answer;
      response.writeHead(
        status,
        type === undefined ? {} : { "content-type": type },
      );
      response.end(content);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  kompliant = module.createClient({
    signer: () => ({ authorization: "test" }),
    baseUrl: `http://127.0.0.1:${port}`,
    retry: false,
  });
});

afterAll(() => {
  server.close();
});

async function call(
  name: string,
  input: unknown,
  given: Answer,
): Promise<Called> {
  const [namespace = "", operation = ""] = name.split(".");
  answer = given;
  requests.length = 0;
  const result = await namespaces[namespace]?.[operation]?.(kompliant, input);
  const [seen] = requests;
  if (!result || !seen) throw new Error(`${name} sent nothing`);
  return { seen, result };
}

const itemJson: Answer = {
  status: 200,
  type: "application/json",
  body: '{"id":"1","name":"n","inner":{"at":"now"}}',
};

describe("operations of any OpenAPI document", () => {
  it("have types for their inputs and answers", () => {
    const usage = `
      import type { FilesDownloadData, FilesPutInput, FilesUploadData, FilesUploadInput, ItemsDeleteByIdData, ItemsGetByIdData, ItemsHeadByIdData,
        ItemsGetByIdInput, ItemsPatchByIdInput, ItemsPutByIdData, ItemsPutByIdInput, SharedEchoData, SharedEchoInput,
        LinesSendData, LinesSendInput, RangesAnyData, RangesAnyInput, RangesImageData, RangesImageInput } from "./index.js";
      export const a: ItemsGetByIdInput = { path: { id: "1" }, query: { page: 1, ids: ["x"], filter: { a: "x" }, json: {} }, header: { "X-Tag": "t" }, cookie: { sid: "s" } };
      export const b: ItemsGetByIdData = undefined;
      export const c: ItemsGetByIdData = { id: "1", name: "n", inner: { at: "now" }, revision: 1 };
      export const d: ItemsPutByIdInput = { path: { id: "1" }, body: { a: "x" } };
      export const e: ItemsPutByIdData[] = [1, true];
      export const f: ItemsDeleteByIdData = undefined;
      export const g: FilesUploadInput = { body: { file: new Blob([]), sheet: new Blob([]), note: "x" } };
      export const h: FilesUploadData = { id: "1" };
      export const i: FilesDownloadData = new Blob([]);
      export const j: FilesPutInput = { body: new Blob([]) };
      export const k: ItemsPatchByIdInput = { path: { id: "1" }, body: { secret: "s", name: "n", inner: {} } };
      export const l: SharedEchoInput = { secret: "s", name: "n", inner: {} };
      export const m = (data: SharedEchoData): string => data.id + data.inner.at;
      export const r: RangesAnyInput = { text: "x" };
      export const s: RangesAnyData = { text: "x" };
      export const t: RangesImageInput = { body: new Blob([]) };
      export const u: RangesImageData[] = ["x", 1, new Blob([])];
      export const v: LinesSendInput[] = [{ body: "{}" }, { body: new Blob([]) }];
      export const w = (data: LinesSendData): Blob | unknown => data;
      export const z: ItemsHeadByIdData = undefined;
      // @ts-expect-error JSON is asked for where there is JSON
      export const x: ItemsPutByIdData = "x";
      // @ts-expect-error bytes are no text
      export const y: RangesImageInput = { body: "x" };
      // @ts-expect-error an operation's parameter wins over its path's
      export const n: ItemsGetByIdInput = { path: { id: "1" }, query: { page: "1" } };
      // @ts-expect-error what is read only is not sent
      export const o: SharedEchoInput = { id: "1", secret: "s", name: "n", inner: {} };
      // @ts-expect-error what is written only does not come
      export const p = (data: SharedEchoData): string => data.secret;
      // @ts-expect-error a placeholder of the path is required
      export const q: ItemsGetByIdInput = { path: {} };
    `;
    expect(
      compileErrors([[...client.files, { path: "usage.ts", text: usage }]]),
    ).toEqual([]);
  });

  it("put parameters where they belong", async () => {
    const { seen, result } = await call(
      "items.getById",
      {
        path: { id: "a/b" },
        query: {
          page: 2,
          ids: ["x", "y z"],
          flat: ["p", "q"],
          filter: { a: "&" },
          json: { k: [1] },
          plain: "a b",
          piped: ["1", "2"],
        },
        header: { "X-Tag": "t", "X-Parts": { a: 1, none: undefined } },
        cookie: { sid: "s s" },
      },
      itemJson,
    );
    expect(seen).toMatchObject({
      method: "GET",
      url: "/items/a%2Fb?filter%5Ba%5D=%26&flat=p,q&ids=x&ids=y%20z&json=%7B%22k%22%3A%5B1%5D%7D&page=2&piped=1%7C2&plain=a%20b",
      headers: { "x-tag": "t", "x-parts": "a,1", cookie: "sid=s%20s" },
      body: "",
    });
    expect(result).toMatchObject({ ok: true, data: { id: "1" } });
  });

  it("put parameters beside a query that the path has, and not into its fragment", async () => {
    const input = { query: { page: "2" } };
    const { seen } = await call("fixed.list", input, { status: 204 });
    expect(seen.url).toBe("/fixed?action=list&page=2");
  });

  it("answer with nothing where there is no content", async () => {
    const input = { path: { id: "1" } };
    const none = { status: 204 };
    expect((await call("items.getById", input, none)).result).toMatchObject({
      ok: true,
      data: undefined,
    });
    const { seen, result } = await call("items.deleteById", input, none);
    expect(seen.method).toBe("DELETE");
    expect(result).toMatchObject({ ok: true, data: undefined });
    const head = await call("items.headById", input, { status: 200 });
    expect(head.seen.method).toBe("HEAD");
    expect(head.result.ok).toBe(true);
    const options = await call("items.optionsById", input, { status: 200 });
    expect(options.seen.method).toBe("OPTIONS");
  });

  it("answer with something where there is content", async () => {
    const json = { status: 200, type: "application/json" };
    const none = await call("ranges.any", { text: "" }, json);
    expect(none.result).toMatchObject({
      ok: false,
      error: { code: "client.invalid_response" },
    });
    const untyped = await call("ranges.any", { text: "" }, { status: 204 });
    expect(untyped.result.ok).toBe(false);
    const plain = { status: 200, type: "text/plain" };
    const text = await call("ranges.any", { text: "" }, plain);
    expect(text.result).toMatchObject({ ok: true, data: "" });
    const body = new Blob([]);
    const open = await call("ranges.image", { body }, json);
    expect(open.result).toMatchObject({ ok: true, data: undefined });
    const pdf = { status: 200, type: "application/pdf" };
    const { result } = await call("files.download", undefined, pdf);
    expect((result.data as Blob).size).toBe(0);
  });

  it("send forms, and read any of several successes and media types", async () => {
    const input = { path: { id: "1" }, body: { a: "x y", list: ["p"] } };
    const { seen, result } = await call("items.putById", input, {
      status: 201,
      type: "application/json",
      body: "true",
    });
    expect(seen).toMatchObject({
      method: "PUT",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(new URLSearchParams(seen.body).get("a")).toBe("x y");
    expect(new URLSearchParams(seen.body).getAll("list")).toEqual(["p"]);
    expect(result).toMatchObject({ ok: true, data: true });
    const plain = { status: 200, type: "text/plain", body: "as text" };
    const text = await call("items.putById", input, plain);
    expect(text.result).toMatchObject({ ok: true, data: "as text" });
    const page = { ...plain, type: "text/html" };
    const login = await call("items.putById", input, page);
    expect(login.result).toMatchObject({
      ok: false,
      error: { code: "client.invalid_response" },
    });
    const open = await call("items.optionsById", { path: { id: "1" } }, page);
    expect(open.result).toMatchObject({ ok: true, data: "as text" });
  });

  it("ask for what they can read", async () => {
    const id = { path: { id: "1" } };
    const asked = async (name: string, input?: unknown) => {
      const { seen } = await call(name, input, { status: 204 });
      return seen.headers.accept;
    };
    expect(await asked("items.getById", id)).toBe("application/json");
    expect(await asked("items.putById", { ...id, body: { a: "" } })).toBe(
      "application/json",
    );
    expect(await asked("files.download")).toBe(
      "application/pdf, application/json",
    );
    expect(await asked("ranges.any", { text: "" })).toBe(
      "*/*, application/json",
    );
    expect(await asked("lines.send", { body: "" })).toBe(
      "application/x-ndjson, application/vnd.lines+json, application/json",
    );
  });

  it("send JSON where any type will do", async () => {
    const { seen, result } = await call(
      "ranges.any",
      { text: "x" },
      {
        status: 200,
        type: "application/json",
        body: '{"text":"y"}',
      },
    );
    expect(seen.headers["content-type"]).toBe("application/json");
    expect(seen.body).toBe('{"text":"x"}');
    expect(result).toMatchObject({ ok: true, data: { text: "y" } });
  });

  it("send bytes with their own type where the description has a range", async () => {
    const body = new Blob(["png"], { type: "image/png" });
    const { seen, result } = await call(
      "ranges.image",
      { body },
      {
        status: 200,
        body: '{"text":"y"}',
      },
    );
    expect(seen.headers["content-type"]).toBe("image/png");
    // What comes without a type is what it looks like.
    expect(result).toMatchObject({ ok: true, data: { text: "y" } });
    const bytes = await call(
      "ranges.image",
      { body },
      { status: 200, body: "a" },
    );
    expect(bytes.result.data).toBeInstanceOf(Blob);
  });

  it("send bytes with their own type where it is one of several", async () => {
    const sent = async (type: string) => {
      const input = { body: new Blob(["x"], { type }) };
      const { seen } = await call("pictures.put", input, { status: 204 });
      return seen.headers["content-type"];
    };
    expect(await sent("image/png")).toBe("image/png");
    expect(await sent("")).toBe("image/jpeg");
    expect(await sent("image/gif")).toBe("image/jpeg");
  });

  it("take lines of JSON for no JSON", async () => {
    const lines = '{"a":1}\n{"a":2}\n';
    const { seen, result } = await call(
      "lines.send",
      { body: lines },
      {
        status: 200,
        type: "application/x-ndjson",
        body: lines,
      },
    );
    expect(seen.headers["content-type"]).toBe("application/x-ndjson");
    expect(seen.body).toBe(lines);
    expect(await (result.data as Blob).text()).toBe(lines);
  });

  it("send structured suffixes as JSON", async () => {
    const body = { secret: "s", name: "n", inner: {} };
    const input = { path: { id: "1" }, body };
    const { seen, result } = await call("items.patchById", input, {
      status: 207,
      type: "application/json",
      body: "false",
    });
    expect(seen).toMatchObject({
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: JSON.stringify(body),
    });
    expect(result).toMatchObject({ ok: true, data: false });
  });

  it("send files in forms, and read what only default describes", async () => {
    const file = new Blob(["content"], { type: "text/css" });
    const { seen, result } = await call(
      "files.upload",
      { body: { file, note: "n" } },
      { status: 200, type: "application/json", body: '{"id":"f"}' },
    );
    expect(seen.headers["content-type"]).toMatch(
      /^multipart\/form-data; boundary=/,
    );
    expect(seen.body).toContain("Content-Type: text/css");
    expect(result).toMatchObject({ ok: true, data: { id: "f" } });
  });

  it("send fields of forms in the types that the description gives them", async () => {
    const body = {
      file: new File(["f"], 'a"b.bin'),
      note: "n",
      meta: { a: [1] },
      sizes: [1, 2],
      sheet: new Blob(["s"]),
      image: new Blob(["i"], { type: "image/png" }),
    };
    const { seen } = await call("files.upload", { body }, { status: 204 });
    const type = String(seen.headers["content-type"]);
    const [, boundary = ""] = /boundary=(.*)$/.exec(type) ?? [];
    const parts = seen.body.split(`--${boundary}`).map((part) => part.trim());
    const start = "Content-Disposition: form-data; name=";
    expect(parts).toEqual([
      "",
      `${start}"file"; filename="a%22b.bin"\r\nContent-Type: application/octet-stream\r\n\r\nf`,
      `${start}"note"\r\nContent-Type: text/markdown\r\n\r\nn`,
      `${start}"meta"\r\nContent-Type: application/json\r\n\r\n{"a":[1]}`,
      `${start}"sizes"\r\n\r\n1`,
      `${start}"sizes"\r\n\r\n2`,
      `${start}"sheet"; filename="blob"\r\nContent-Type: text/csv\r\n\r\ns`,
      `${start}"image"; filename="blob"\r\nContent-Type: image/png\r\n\r\ni`,
      "--",
    ]);
    // What other implementations of forms read is the same.
    const read = await new Response(seen.body, {
      headers: { "content-type": type },
    }).formData();
    expect(read.getAll("sizes")).toEqual(["1", "2"]);
    expect(read.get("meta")).toBe('{"a":[1]}');
  });

  it("send multipart forms of other types as such", async () => {
    const input = { body: { 'a"b': "x" } };
    const { seen } = await call("forms.mixed", input, { status: 204 });
    expect(seen.headers["content-type"]).toMatch(
      /^multipart\/mixed; boundary=/,
    );
    expect(seen.body).toContain('name="a%22b"\r\n\r\nx\r\n');
  });

  it("send fields of URL-encoded forms in the styles that the description gives them", async () => {
    const body = {
      card: {
        number: "4 2",
        exp: { month: 1 },
        uses: ["a", "b"],
        none: undefined,
      },
      tags: ["p", "q r"],
      plain: { a: 1 },
      constructor: { b: 2 },
    };
    const { seen } = await call("forms.encoded", { body }, { status: 204 });
    expect(
      decodeURIComponent(seen.body.replaceAll("+", " ")).split("&"),
    ).toEqual([
      "card[number]=4 2",
      "card[exp][month]=1",
      "card[uses][0]=a",
      "card[uses][1]=b",
      "tags=p|q r",
      'plain={"a":1}',
      'constructor={"b":2}',
    ]);
  });

  it("send and read bytes", async () => {
    const body = new Blob([Uint8Array.of(1, 2, 3)]);
    const { seen, result } = await call(
      "files.put",
      { body },
      {
        status: 200,
        type: "text/plain",
        body: "stored",
      },
    );
    expect(seen.body).toBe("\u0001\u0002\u0003");
    expect(seen.headers["content-type"]).toBe("application/octet-stream");
    expect(result).toMatchObject({ ok: true, data: "stored" });
    const pdf = { status: 200, type: "application/pdf", body: "%PDF" };
    const download = await call("files.download", undefined, pdf);
    expect(download.seen.body).toBe("");
    expect(await (download.result.data as Blob).text()).toBe("%PDF");
  });

  it("report errors in ranges and by default as undocumented", async () => {
    for (const status of [404, 422, 500]) {
      const { result } = await call(
        "items.getById",
        { path: { id: "1" } },
        { status, type: "application/json", body: '{"message":"no"}' },
      );
      expect(result).toMatchObject({
        ok: false,
        error: { code: "undocumented", status, wire: { message: "no" } },
      });
    }
  });

  it("are called through a path item that is referred to", async () => {
    const { seen } = await call(
      "shared.echo",
      { secret: "s", name: "n", inner: {} },
      itemJson,
    );
    expect(seen).toMatchObject({ method: "POST", url: "/shared" });
  });

  it("call the first server, its variables at their defaults", () => {
    const { text = "" } =
      client.files.find(({ path: name }) => name === "client.ts") ?? {};
    expect(text).toContain('"https://eu.example.com/v2"');
  });

  it("leave nothing out without saying so", () => {
    expect(client.warnings).toEqual([]);
    expect(client.notes).toEqual([
      "left out: 1 callback",
      "left out: 1 link",
      "left out: 1 TRACE operation",
      "left out: 1 body of a GET or HEAD request",
      "left out: 1 server of a single path or operation",
      "left out: 2 further media types of request bodies",
      "left out: 1 further media type of an answer",
      "left out: 3 bodies of errors that are no lists of errors",
      "left out: 2 encodings of forms' fields",
    ]);
  });
});
