import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { spawnSync } from "node:child_process";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kompliantCodegen, packageFolder } from "../cli/support/run-command.js";
import {
  temporaryFolder,
  writeTexts,
} from "../cli/support/temporary-folder.js";
import { specOf } from "../model/spec-builder.js";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = load(
  readFileSync(path.join(packageFolder, "action.yml"), "utf8"),
) as Action;

function specWith(...names: readonly string[]): string {
  return JSON.stringify(
    specOf({ operations: Object.fromEntries(names.map((name) => [name, {}])) }),
  );
}

/** Runs git in a folder. */
function git(folder: string, ...parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["-c", "user.name=t", "-c", "user.email=t@example.com", ...parameters],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** A repository with a client on its main branch, and the package installed. */
async function repository(): Promise<string> {
  const folder = temporaryFolder({
    ".gitignore": "node_modules\n",
    "api.json": specWith("a.set"),
    "kompliant-codegen.config.json": JSON.stringify([
      { name: "web", spec: "api.json", out: "src/web" },
      { spec: "api.json", out: "src/admin" },
    ]),
  });
  const bin = path.join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(
    packageFolder,
    path.join(folder, "node_modules/kompliant-codegen"),
  );
  const program = path.join(bin, "kompliant-codegen");
  writeFileSync(
    program,
    `#!/bin/sh\nexec "${process.execPath}" "${packageFolder}/dist/cli.js" "$@"\n`,
  );
  chmodSync(program, 0o755);
  await kompliantCodegen(["generate"], folder);
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "main");
  return folder;
}

/** A stand-in for GitHub's program, which notes what it is asked. */
const gh = `#!/bin/sh
echo "$GH_TOKEN $*" >> "$GH_CALLS"
case "$*" in
  *--jq*) printf '%s' "$GH_COMMENT" ;;
  *) for word in "$@"; do case "$word" in body=@*) cp "\${word#body=@}" "$GH_BODY" ;; esac; done
     exit "$GH_STATUS" ;;
esac
`;

interface Run {
  readonly exitCode: number;
  readonly printed: string;
  readonly calls: string;
  /** The comment that was written; undefined when none was. */
  readonly body: string | undefined;
  readonly summary: string;
}

interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly baseSha: string;
  /** The id of a comment from an earlier run. */
  readonly comment?: string;
  readonly ghStatus?: number;
}

/** Runs the steps of the action as GitHub does for a pull request. */
function runAction(
  folder: string,
  { inputs = {}, baseSha, comment = "", ghStatus = 0 }: RunOptions,
): Run {
  const temp = temporaryFolder({ "bin/gh": gh });
  chmodSync(path.join(temp, "bin/gh"), 0o755);
  const file = (name: string): string => path.join(temp, name);
  const values: Record<string, string> = {
    ...Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [
        `inputs.${name}`,
        inputs[name] ?? input.default,
      ]),
    ),
    "inputs.token": "the-token",
    "github.event_name": "pull_request",
    "github.event.pull_request.base.sha": baseSha,
    "github.event.pull_request.number": "7",
  };
  const valueOf = (name: string): string => values[name] ?? "";
  let printed = "";
  let exitCode = 0;
  for (const step of action.runs.steps) {
    if (!applies(step.if, valueOf)) continue;
    const environment = Object.fromEntries(
      Object.entries(step.env).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ (\S+) \}\}/g, (_, each: string) => valueOf(each)),
      ]),
    );
    writeFileSync(file("output"), "");
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.run],
      {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          PATH: `${file("bin")}:${process.env["PATH"] ?? ""}`,
          GITHUB_OUTPUT: file("output"),
          GITHUB_STEP_SUMMARY: file("summary"),
          GITHUB_REPOSITORY: "owner/repository",
          RUNNER_TEMP: temp,
          GH_CALLS: file("calls"),
          GH_BODY: file("body"),
          GH_COMMENT: comment,
          GH_STATUS: String(ghStatus),
          ...environment,
        },
      },
    );
    printed += `${stdout}${stderr}`;
    for (const line of readFileSync(file("output"), "utf8").split("\n")) {
      const [name = "", ...value] = line.split("=");
      values[`steps.${step.id ?? ""}.outputs.${name}`] = value.join("=");
    }
    exitCode = status ?? -1;
    if (exitCode !== 0) break;
  }
  const textOf = (name: string): string | undefined =>
    existsSync(file(name)) ? readFileSync(file(name), "utf8") : undefined;
  return {
    exitCode,
    printed,
    calls: textOf("calls") ?? "",
    body: textOf("body"),
    summary: textOf("summary") ?? "",
  };
}

/** Whether a condition holds: comparisons with `==` and `!=`, joined by `&&`. */
function applies(
  condition: string | undefined,
  valueOf: (name: string) => string,
): boolean {
  if (condition === undefined) return true;
  const terms = condition.replace(/^\$\{\{ | \}\}$/g, "").split(" && ");
  return terms.every((term) => {
    const match = /^(\S+) (==|!=) '(.*)'$/.exec(term);
    if (!match)
      throw new Error(`a condition that this test does not know: ${term}`);
    const [, name = "", operator, value] = match;
    return (valueOf(name) === value) === (operator === "==");
  });
}

async function bump(folder: string): Promise<void> {
  writeTexts(folder, { "api.json": specWith("a.set", "a.get") });
  await kompliantCodegen(["generate"], folder);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "bump");
}

describe("the GitHub Action", () => {
  it("is composite and puts no expression into a script", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run, shell } of action.runs.steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
  });

  it("comments what changed since the target branch, and leaves the files as they were", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    await bump(folder);
    const { exitCode, printed, calls, body, summary } = runAction(folder, {
      baseSha,
    });
    expect(exitCode, printed).toBe(0);
    expect(calls).toContain(
      "the-token api --method POST repos/owner/repository/issues/7/comments",
    );
    expect(body).toMatch(/^<!-- kompliant-codegen \d+ -->\n# `web`\n/);
    expect(body).toContain("# `src/admin`");
    expect(body?.match(/`a\.get`.*\(operation-added\)/g)).toHaveLength(2);
    expect(summary).toContain("operation-added");
    expect(printed).not.toContain("the-token");
    expect(git(folder, "status", "--porcelain")).toBe("");
  });

  it("replaces its earlier comment", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    const { exitCode, calls, body } = runAction(folder, {
      baseSha,
      comment: "42",
    });
    expect(exitCode).toBe(0);
    expect(calls).toContain(
      "--method PATCH repos/owner/repository/issues/comments/42",
    );
    expect(body).toContain("Nothing changed.");
  });

  it("says nothing when nothing changed", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    const { exitCode, body } = runAction(folder, { baseSha });
    expect(exitCode).toBe(0);
    expect(body).toBeUndefined();
  });

  it("fails on drift, after the comment", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    writeTexts(folder, { "api.json": specWith("a.set", "a.get") });
    const { exitCode, printed, body } = runAction(folder, { baseSha });
    expect(exitCode).toBe(1);
    expect(printed).toContain("src/web is out of date");
    expect(body).toContain("operation-added");
  });

  it("fails on bad input, without a comment", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    writeTexts(folder, { "api.json": "{" });
    const { exitCode, printed, calls } = runAction(folder, { baseSha });
    expect(exitCode).toBe(2);
    expect(printed).toContain("error spec-syntax");
    expect(calls).toBe("");
  });

  it("passes when the token may not comment", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    await bump(folder);
    const { exitCode, printed, summary } = runAction(folder, {
      baseSha,
      ghStatus: 1,
    });
    expect(exitCode).toBe(0);
    expect(printed).toContain("::warning::");
    expect(summary).toContain("operation-added");
  });

  it("takes inputs as words, whatever they contain", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    const marker = path.join(folder, "injected");
    const hostile = `"; touch ${marker}; $(touch ${marker}) \`touch ${marker}\``;
    const { exitCode, printed } = runAction(folder, {
      baseSha,
      inputs: { client: hostile },
    });
    expect(exitCode).toBe(2);
    expect(printed).toContain("the configuration has no client");
    expect(existsSync(marker)).toBe(false);
  });

  it("checks one client", async () => {
    const folder = await repository();
    const baseSha = git(folder, "rev-parse", "HEAD");
    await bump(folder);
    const { exitCode, body } = runAction(folder, {
      baseSha,
      inputs: { client: "web" },
    });
    expect(exitCode).toBe(0);
    expect(body).toContain("operation-added");
    expect(body).not.toContain("src/admin");
  });
});
