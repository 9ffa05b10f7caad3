import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { ReferencePolicy } from "../../generator/load/reference-policy.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

const shut: ReferencePolicy = { remote: false, outside: false };

const item =
  "get: { operationId: a.get, responses: { '204': { description: None } } }\n";

function specThatRefersTo(reference: string): string {
  return `openapi: 3.1.0
info: { title: References, version: "1" }
paths:
  /a:
    $ref: ${reference}
`;
}

async function problemsOf(
  files: Readonly<Record<string, string>>,
  policy: ReferencePolicy = shut,
  root = "spec/openapi.yaml",
): Promise<readonly Diagnostic[]> {
  return problemsOfSpec(path.join(temporaryFolder(files), root), policy);
}

async function problemsOfSpec(
  spec: string,
  policy: ReferencePolicy,
): Promise<readonly Diagnostic[]> {
  try {
    return (await loadSpec(spec, policy)).warnings;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

interface Request {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Two servers on hosts of their own: ports count as part of the host. */
let requests: Request[] = [];
let servers: Server[] = [];
let home = "";
let elsewhere = "";

async function start(
  answers: Readonly<Record<string, string>>,
): Promise<string> {
  const server = createServer((request, response) => {
    const { url = "", headers } = request;
    requests.push({ url, headers });
    const answer = answers[url];
    if (answer === undefined) {
      response.writeHead(404).end();
    } else if (answer.startsWith("to ")) {
      response.writeHead(302, { location: answer.slice(3) }).end();
    } else {
      response.writeHead(200, { "set-cookie": "session=1" }).end(answer);
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  requests = [];
  elsewhere = await start({ "/item.yaml": item });
  home = await start({
    "/item.yaml": item,
    "/other/moved.yaml": "to /item.yaml",
    "/leads-away.yaml": `to ${elsewhere}/item.yaml`,
    "/turns.yaml": "to /turns.yaml",
    "/openapi.yaml": specThatRefersTo("item.yaml"),
    "/elsewhere.yaml": specThatRefersTo(`${elsewhere}/item.yaml`),
    "/local.yaml": specThatRefersTo("file:///etc/hostname"),
  });
});

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

describe("a $ref to the network", () => {
  it("is not followed, and says how it could be", async () => {
    const spec = specThatRefersTo(`${home}/item.yaml`);
    const problems = await problemsOf({ "spec/openapi.yaml": spec });
    expect(problems).toMatchObject([
      { code: "spec-ref-blocked", location: { line: 5, column: 11 } },
    ]);
    expect(problems[0]?.help).toContain("allowRemoteReferences");
    expect(requests).toEqual([]);
  });

  const remote = { ...shut, remote: true };
  const follow = (reference: string): Promise<readonly Diagnostic[]> =>
    problemsOf({ "spec/openapi.yaml": specThatRefersTo(reference) }, remote);

  it("is followed when it is allowed, without cookies or credentials", async () => {
    expect(await follow(`${home}/item.yaml`)).toEqual([]);
    expect(await follow(`${home}/other/moved.yaml`)).toEqual([]);
    expect(requests.map(({ url }) => url)).toEqual([
      "/item.yaml",
      "/other/moved.yaml",
      "/item.yaml",
    ]);
    for (const { headers } of requests) {
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("cookie");
    }
  });

  it.for([
    ["a redirect to another host", "/leads-away.yaml", "redirects to another"],
    ["a redirect that never ends", "/turns.yaml", "redirects more than"],
    ["an answer that is no success", "/none.yaml", "404"],
  ] as const)("does not follow %s", async ([, file, message]) => {
    const problems = await follow(home + file);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.location).toMatchObject({ line: 5 });
    expect(requests.filter(({ url }) => url === "/item.yaml")).toEqual([]);
  });

  it("never carries the credentials of a URL, nor prints them", async () => {
    const secret = home.replace("http://", "http://user:hunter2@");
    const problems = await follow(`${secret}/item.yaml`);
    expect(problems).toMatchObject([{ code: "spec-ref-blocked" }]);
    expect(problems[0]?.message).not.toContain("hunter2");
    expect(requests).toEqual([]);
  });
});

describe("a description on the network", () => {
  it("may refer to its own host, and to nothing else", async () => {
    expect(await problemsOfSpec(`${home}/openapi.yaml`, shut)).toEqual([]);
    const away = await problemsOfSpec(`${home}/elsewhere.yaml`, shut);
    expect(away).toMatchObject([{ code: "spec-ref-blocked" }]);
    const local = await problemsOfSpec(`${home}/local.yaml`, {
      remote: true,
      outside: true,
    });
    expect(local).toMatchObject([{ code: "spec-ref-blocked" }]);
  });
});

describe("a $ref to a file outside the description's folder", () => {
  const outside = { "item.yaml": item };

  it.for([
    ["by a relative path", "../item.yaml"],
    ["by a relative path that begins inside", "sub/../../item.yaml"],
    ["by an absolute path", "/etc/hostname"],
    ["by a file URL", "file:///etc/hostname"],
    ["by a data URL", "data:application/yaml,get"],
  ] as const)("is blocked %s", async ([, reference]) => {
    const spec = specThatRefersTo(`"${reference}"`);
    expect(
      await problemsOf({ ...outside, "spec/openapi.yaml": spec }),
    ).toMatchObject([{ code: "spec-ref-blocked" }]);
  });

  it("is blocked through a symbolic link to a file or a folder", async () => {
    const folder = temporaryFolder({
      ...outside,
      "elsewhere/item.yaml": item,
      "spec/by-file.yaml": specThatRefersTo("link.yaml"),
      "spec/by-folder.yaml": specThatRefersTo("folder/item.yaml"),
    });
    symlinkSync(
      path.join(folder, "item.yaml"),
      path.join(folder, "spec/link.yaml"),
    );
    symlinkSync(
      path.join(folder, "elsewhere"),
      path.join(folder, "spec/folder"),
    );
    for (const name of ["by-file.yaml", "by-folder.yaml"]) {
      const spec = path.join(folder, "spec", name);
      expect(await problemsOfSpec(spec, shut)).toMatchObject([
        { code: "spec-ref-blocked" },
      ]);
      expect(await problemsOfSpec(spec, { ...shut, outside: true })).toEqual(
        [],
      );
    }
  });

  it("says nothing about whether such a file exists", async () => {
    const spec = specThatRefersTo("../none.yaml");
    expect(await problemsOf({ "spec/openapi.yaml": spec })).toMatchObject([
      { code: "spec-ref-blocked" },
    ]);
  });

  it("is read when it is allowed", async () => {
    const spec = specThatRefersTo("../item.yaml");
    const files = { ...outside, "spec/openapi.yaml": spec };
    expect(await problemsOf(files, { ...shut, outside: true })).toEqual([]);
  });
});

describe("a $ref to a file, as a URI", () => {
  it.each([
    ["Some%20item.yaml", "Some item.yaml"],
    ["./t%C3%BCr.yaml", "tür.yaml"],
    ["a%2Fb/item.yaml", "a/b/item.yaml"],
    ["100%25.yaml", "100%.yaml"],
    // What stands there under the very name wins.
    ["Some item.yaml", "Some item.yaml"],
    ["Some%20item.yaml", "Some%20item.yaml"],
    ["100%.yaml", "100%.yaml"],
  ])("%s is the file %s", async (reference, file) => {
    expect(
      await problemsOf({
        "spec/openapi.yaml": specThatRefersTo(`"${reference}"`),
        [`spec/${file}`]: item,
      }),
    ).toEqual([]);
  });

  it("is decoded in its pointer as well", async () => {
    expect(
      await problemsOf({
        "spec/openapi.yaml": specThatRefersTo(
          '"Some%20item.yaml#/paths/~1a%2F%7Bid%7D"',
        ),
        "spec/Some item.yaml": `paths:\n  /a/{id}: { ${item.trim()} }\n`,
      }),
    ).toEqual([]);
  });

  it("is named as it was written when there is no such file", async () => {
    expect(
      await problemsOf({
        "spec/openapi.yaml": specThatRefersTo('"No%20item.yaml"'),
      }),
    ).toMatchObject([
      { code: "spec-ref", message: "there is no file No%20item.yaml" },
    ]);
  });

  it.each(["item.yaml", "none.yaml"])(
    "leads out of the folder in no spelling: %s",
    async (name) => {
      expect(
        await problemsOf({
          "spec/openapi.yaml": specThatRefersTo(`"%2e%2e/${name}"`),
          "item.yaml": item,
        }),
      ).toMatchObject([{ code: "spec-ref-blocked" }]);
    },
  );
});
