import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lockFile } from "../cli/support/folder-content.js";
import { packageFolder } from "../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
} from "../cli/support/temporary-folder.js";

const cli = path.join(packageFolder, "dist/cli.js");
const client = "src/kompliant";
const payment = "spec/components/payment.yaml";
const refund = "spec/methods/payment/refund/create.yaml";
const ledger = "spec/methods/ledger/list.yaml";

/** Whatever opens a connection ends the process. */
const offline = `const fail = () => { console.error("network"); process.exit(97); };
require("node:net").Socket.prototype.connect = fail;
require("node:dns").lookup = fail;
globalThis.fetch = fail;
`;

let repository = "";

function git(...args: readonly string[]): string {
  const identity = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
  ];
  return execFileSync("git", [...identity, ...args], {
    cwd: repository,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function run(program: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: repository,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${path.join(repository, "offline.cjs")}`,
    },
  });
  return { status, output: stdout + stderr };
}

/** The script that continuous integration runs. */
function ci(): Ended {
  return run("sh", "ci.sh");
}

function generate(): void {
  const { status, output } = run(process.execPath, cli, "generate");
  expect({ status, output }).toMatchObject({ status: 0 });
}

function edit(file: string, from: string | RegExp, to: string): void {
  const place = path.join(repository, file);
  const text = readFileSync(place, "utf8");
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(place, changed);
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

/** Lines that were added and removed, by file. */
function changedLines(): Readonly<Record<string, string>> {
  const lines = git("diff", "--numstat").trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [added = "", removed = "", file = ""] = line.split("\t");
      return [file, `+${added} -${removed}`];
    }),
  );
}

beforeAll(() => {
  repository = temporaryFolder({
    "package.json": JSON.stringify({ name: "consumer", type: "module" }),
    "kompliant-codegen.config.json": JSON.stringify({
      spec: "spec/openapi.yaml",
    }),
    "ci.sh": `set -e\n"${process.execPath}" "${cli}" check\n`,
    "offline.cjs": offline,
  });
  addPaymentsSpec(repository);
  git("init", "--quiet", "--initial-branch", "main");
  generate();
  commit("Generate the client");
});

beforeEach(() => {
  git("checkout", "--quiet", "--force", "main");
});

describe("a repository with a committed client", () => {
  it("passes its checks without network", () => {
    expect(ci()).toEqual({ status: 0, output: `${client} is in sync\n` });
  });

  it("shows a bump as a few readable lines", () => {
    edit(refund, "responses:", "deprecated: true\n  responses:");
    const before = ci();
    expect(before.status).toBe(1);
    expect(before.output).toContain(
      "the description: methods/payment/refund/create.yaml",
    );
    expect(before.output).toContain("operations/payment/refund/create.ts");
    const since = run(process.execPath, cli, "diff", "--format", "markdown");
    expect(since.output).toContain("deprecation-changed");
    generate();
    expect(changedLines()).toEqual({
      [refund]: "+1 -0",
      [`${client}/operations/payment/refund/create.ts`]: "+2 -0",
      [`${client}/${lockFile}`]: expect.stringMatching(
        /^\+[3-6] -[3-6]$/,
      ) as unknown,
      [`${client}/kompliant-codegen.snapshot`]: "+1 -1",
    });
    expect(ci().status).toBe(0);
  });

  it("merges two bumps by generating again", () => {
    git("checkout", "--quiet", "-b", "one");
    edit(
      payment,
      /^Payment:/m,
      "Refund_Reason: { type: string, enum: [fraud] }\nPayment:",
    );
    edit(
      refund,
      /( *)properties:\n/,
      '$&$1  reason: { $ref: "../../../components/payment.yaml#/Refund_Reason" }\n',
    );
    generate();
    commit("Take a reason");
    git("checkout", "--quiet", "-b", "two", "main");
    edit(payment, /$/, "\nRefundReason: { type: string, enum: [mistake] }\n");
    edit(
      ledger,
      /( *)properties:\n/,
      '$&$1  why: { $ref: "../../components/payment.yaml#/RefundReason" }\n',
    );
    generate();
    commit("Take another reason");

    expect(() => git("merge", "one")).toThrow("merge one");
    const lock = path.join(repository, client, lockFile);
    expect(readFileSync(lock, "utf8")).toContain("<<<<<<<");
    const conflicted = ci();
    expect(conflicted.status).toBe(1);
    expect(conflicted.output).toContain("marks of a merge");

    generate();
    commit("Merge one");
    expect(ci().status).toBe(0);
    expect(git("status", "--porcelain")).toBe("");
    const { names } = JSON.parse(readFileSync(lock, "utf8")) as {
      names: Readonly<Record<string, string>>;
    };
    expect(names["components/payment.yaml#/RefundReason"]).toBe("RefundReason");
    expect(names["components/payment.yaml#/Refund_Reason"]).toBe(
      "RefundReason2",
    );
  });

  it("catches what was edited by hand, deleted or added", () => {
    const file = path.join(repository, client, "client.ts");
    appendFileSync(file, "export const mine = true;\n");
    rmSync(path.join(repository, client, "schemas.ts"));
    expect(ci()).toEqual({
      status: 1,
      output: `${client} is out of date; run "kompliant-codegen generate"
  edited by hand:
    client.ts
  missing:
    schemas.ts
`,
    });
    generate();
    expect(git("status", "--porcelain")).toBe("");
  });

  it("starts anew from a lock that cannot be read", () => {
    const whole = readFileSync(path.join(repository, client, lockFile), "utf8");
    for (const text of [
      "",
      whole.slice(0, whole.length >> 1),
      '{"lockVersion":2,"names":5}',
      "<<<<<<< x\n",
    ]) {
      writeFileSync(path.join(repository, client, lockFile), text);
      const broken = ci();
      expect(broken.status).toBe(1);
      expect(broken.output).not.toContain("    at ");
      generate();
      expect(ci().status).toBe(0);
    }
  });
});
