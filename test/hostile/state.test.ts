import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contentOf } from "../cli/support/folder-content.js";
import { kompliantCodegen } from "../cli/support/run-command.js";
import type { Outcome } from "../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "../cli/support/temporary-folder.js";

const flags = ["--spec", "spec/openapi.yaml", "--out", "client"];
const lockName = "client/kompliant-codegen.lock";
const snapshotName = "client/kompliant-codegen.snapshot";

type Json = Record<string, Record<string, string>>;

let folder: string;
let template: string;
let written: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = temporaryFolder();
  addPaymentsSpec(folder);
  expect(await run("generate")).toMatchObject({ exitCode: 0 });
  written = contentOf(path.join(folder, "client"));
  template = folder;
});

beforeEach(() => {
  folder = temporaryFolder();
  cpSync(template, folder, { recursive: true });
});

/** Runs a command, for two minutes at most. */
function run(command: string, ...more: readonly string[]): Promise<Outcome> {
  const words = command === "diff" ? ["--out", "client"] : flags;
  return kompliantCodegen([command, ...words, ...more], folder, 120_000);
}

function read(name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

/** Changes the lock as somebody who can edit JSON would. */
function editLock(change: (lock: Json) => void): void {
  const lock = JSON.parse(read(lockName)) as Json;
  change(lock);
  write(lockName, `${JSON.stringify(lock, undefined, 2)}\n`);
}

/** Puts a file into the folder of the client and its hash into the lock. */
function plant(name: string, text: string): void {
  write(`client/${name}`, text);
  const hash = createHash("sha256").update(text).digest("base64url");
  editLock(({ outputs = {} }) => {
    outputs[name] = hash;
  });
}

/** Makes the description give another client. */
function changeDescription(): void {
  appendFileSync(path.join(folder, "spec/openapi.yaml"), "# changed\n");
  const file = "spec/openapi.yaml";
  write(file, read(file).replace(/version: .*/, "version: '9'"));
}

/** The lines of the problems, without their frames. */
function problemsOf({ stderr }: Outcome): readonly string[] {
  return stderr
    .split("\n")
    .filter((line) =>
      /^(?:\S+ )?(?:error|warning) |: (?:error|warning) /.test(line),
    );
}

function expectNoCrash({ exitCode, stderr }: Outcome): void {
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain("error unexpected");
  expect(exitCode).toBeLessThan(3);
}

describe("a lock", () => {
  it.for([
    ["of nothing", ""],
    ["of another version", '{"lockVersion": 1}'],
    ["of no JSON", '{"lockVersion": '],
    ["of another kind", '["lockVersion"]'],
    ["of a text", '"lockVersion"'],
    ["with a list for its outputs", { outputs: [] }],
    ["with numbers for hashes", { inputs: { a: 1 } }],
    ["with outputs elsewhere", { outputs: { "../../a.ts": "x" } }],
    ["with absolute outputs", { outputs: { "/a.ts": "x" } }],
    ["with a long name", { outputs: { [`${"a/".repeat(3000)}a.ts`]: "x" } }],
    ["with a name of 100,000 letters", { outputs: { ["a".repeat(1e5)]: "x" } }],
    ["without a summary", { api: {} }],
  ] as const)(
    "%s counts as absent, which is said once",
    async ([, content]) => {
      if (typeof content === "string") write(lockName, content);
      else editLock((lock) => Object.assign(lock, content));
      const checked = await run("check");
      expectNoCrash(checked);
      expect(checked.exitCode).toBe(1);
      expect(checked.stdout).toContain("no lock file that can be read");
      const generated = await run("generate");
      expect(generated.exitCode).toBe(0);
      expect(problemsOf(generated)).toEqual([
        expect.stringMatching(
          /^client\/kompliant-codegen\.lock:1:1: warning output-state: /,
        ),
      ]);
      expect(contentOf(path.join(folder, "client"))).toEqual(written);
    },
  );

  it("that is a FIFO is not read", async () => {
    rmSync(path.join(folder, lockName));
    execFileSync("mkfifo", [path.join(folder, lockName)]);
    const checked = await run("check");
    expect(checked.exitCode).toBe(1);
    expect(await run("diff")).toMatchObject({ exitCode: 2 });
    const generated = await run("generate");
    expect(generated.exitCode).toBe(2);
    expect(generated.stderr).toContain("error output-foreign");
  });

  it.for([
    ["unfinished marks", "<<<<<<< a\n=======\n".repeat(6000)],
    ["marks that open only", "<<<<<<< a\n".repeat(30_000)],
    ["marks without an end", "<<<<<<< a\n||||||| b\n".repeat(5000)],
  ] as const)("with %s is read in linear time", async ([, text]) => {
    write(lockName, text);
    const start = performance.now();
    expectNoCrash(await run("check"));
    expectNoCrash(await run("generate"));
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(contentOf(path.join(folder, "client"))).toEqual(written);
  });
});

describe("a snapshot", () => {
  it.for([
    "",
    "nonsense",
    "null",
    '{"snapshotVersion":3}',
    '{"snapshotVersion":3,"title":"T","version":"1","operations":[null],"webhooks":[],"schemas":[null],"errors.entries":[null],"errors.groups":[null],"errors.views":[null]}',
    '{"snapshotVersion":3,"title":"T","version":"1","operations":[],"webhooks":[],"schemas":[{"name":"A","schema":{"properties":null,"allOf":7},"origin":{"file":"","pointer":""}}],"errors.entries":[],"errors.groups":[],"errors.views":[]}',
  ])("that says %s counts as absent, which is said once", async (text) => {
    plant("kompliant-codegen.snapshot", text);
    const compared = await run("diff", "spec/openapi.yaml");
    expectNoCrash(compared);
    expect(compared.stderr).toContain("error output-no-snapshot");
    changeDescription();
    const generated = await run("generate");
    expect(generated.exitCode).toBe(0);
    expect(problemsOf(generated)).toEqual([
      expect.stringMatching(
        /^client\/kompliant-codegen\.snapshot:1:1: warning output-state: /,
      ),
    ]);
    expect(read(snapshotName)).toMatch(/"snapshotVersion": \d/);
  });
});

describe("inputs that a lock names", () => {
  let server: Server;
  let asked = 0;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      response.end("x");
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });

  afterEach(() => {
    server.close();
  });

  it.for(["generate", "check", "diff"])(
    "are not asked for by %s on the network",
    async (command) => {
      const { port } = server.address() as AddressInfo;
      editLock(({ inputs = {} }) => {
        inputs[`http://127.0.0.1:${port}/x`] = "x";
      });
      expectNoCrash(await run(command));
      expect(asked).toBe(0);
    },
  );

  it("do not keep check from rendering", async () => {
    plant("client.ts", `${read("client/client.ts")}\n// tampered\n`);
    editLock(({ inputs = {} }) => {
      inputs["https://example.invalid/x"] = "x";
    });
    const { exitCode, stdout } = await run("check");
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("client.ts") as string,
    });
  });

  it.for([
    "/dev/zero",
    "../pipe",
    "pipe",
    "link",
    "../../../../../../dev/zero",
  ])("are not read when they are %s", async (name) => {
    execFileSync("mkfifo", [
      path.join(folder, "pipe"),
      path.join(folder, "spec/pipe"),
    ]);
    symlinkSync("/dev/zero", path.join(folder, "spec/link"));
    editLock(({ inputs = {} }) => {
      inputs[name] = "x";
    });
    const checked = await run("check");
    expectNoCrash(checked);
    expect(checked.exitCode).toBe(1);
    const generated = await run("generate");
    expect(generated.exitCode).toBe(0);
    expect(contentOf(path.join(folder, "client"))).toEqual(written);
  });

  it("outside the folder of the description are not compared, whatever their hash", async () => {
    const hash = createHash("sha256").update("secret\n").digest("base64url");
    write("secret.txt", "secret\n");
    editLock(({ inputs = {} }) => {
      inputs["../secret.txt"] = hash;
    });
    expect(await run("check")).toMatchObject({ exitCode: 1 });
  });
});

describe("code that somebody put into the client", () => {
  const planted = '\nconsole.log("tampered");\n';

  it("is found by check though the lock has its hash, and replaced once the file is deleted", async () => {
    plant("client.ts", read("client/client.ts") + planted);
    const { exitCode, stdout } = await run("check");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("client.ts");
    expect(stdout).toContain("delete");
    rmSync(path.join(folder, "client/client.ts"));
    expect(await run("generate")).toMatchObject({ exitCode: 0 });
    expect(contentOf(path.join(folder, "client"))).toEqual(written);
    expect(await run("check")).toMatchObject({ exitCode: 0 });
  });

  it("does not survive a change of the description", async () => {
    plant("errors.ts", read("client/errors.ts") + planted);
    changeDescription();
    expect(await run("generate")).toMatchObject({ exitCode: 0 });
    expect(read("client/errors.ts")).not.toContain("tampered");
  });

  it("does not survive it in the form of a formatter either", async () => {
    write(".prettierrc", '{"singleQuote": true}');
    expect(await run("generate")).toMatchObject({ exitCode: 0 });
    plant("errors.ts", read("client/errors.ts") + planted);
    changeDescription();
    expect(await run("generate")).toMatchObject({ exitCode: 0 });
    expect(read("client/errors.ts")).not.toContain("tampered");
  });
});
