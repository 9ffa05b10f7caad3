import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { stateOf } from "../../cli/support/folder-content.js";
import { kompliantCodegen } from "../../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "../../cli/support/temporary-folder.js";

const flags = ["--spec", "spec/openapi.yaml", "--out", "src/kompliant"];

/** Runs git as somebody. */
function git(cwd: string, ...words: readonly string[]): void {
  const somebody = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...somebody, ...words], { cwd, stdio: "pipe" });
}

/** A clone of a repository with the description and a link, beside a folder that is nobody's business. */
function clone(link: string, target: string): string {
  const home = temporaryFolder({ "precious/gold.txt": "gold\n" });
  const origin = path.join(home, "origin");
  addPaymentsSpec(origin);
  mkdirSync(path.join(origin, path.dirname(link)), { recursive: true });
  symlinkSync(target, path.join(origin, link));
  git(origin, "init", "--quiet");
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--message", "A link");
  git(home, "clone", "--quiet", "origin", "clone");
  return home;
}

describe("a link in a clone", () => {
  it.for([
    ["src/kompliant/.kompliant-codegen.tmp", "../.."],
    ["src/kompliant/.kompliant-codegen.tmp", "../../../precious"],
    ["src/kompliant/.kompliant-codegen.pid", "../../../precious/gold.txt"],
    ["src/kompliant", "../../precious"],
    ["src", "../precious"],
    ["src/kompliant/runtime", "../../../precious"],
    ["src/kompliant/operations", "../../../precious"],
    ["src/kompliant/index.ts", "../../../precious/gold.txt"],
    ["src/kompliant/kompliant-codegen.lock", "../../../precious/gold.txt"],
    ["src/kompliant/kompliant-codegen.snapshot", "../../../precious/gold.txt"],
  ])("%s → %s leads no command anywhere", async ([link = "", target = ""]) => {
    const home = clone(link, target);
    const repository = path.join(home, "clone");
    const surroundings = (): object => ({
      precious: stateOf(path.join(home, "precious")),
      sources: stateOf(path.join(repository, "spec")),
      git: readFileSync(path.join(repository, ".git/HEAD"), "utf8"),
    });
    const before = surroundings();
    for (const command of ["check", "diff", "generate"]) {
      const words = command === "diff" ? flags.slice(2) : flags;
      const { exitCode, stderr } = await kompliantCodegen(
        [command, ...words],
        repository,
      );
      expect(exitCode).toBeLessThan(3);
      expect(stderr).not.toContain("    at ");
    }
    expect(surroundings()).toEqual(before);
    expect(existsSync(path.join(repository, link))).toBe(true);
  });
});

describe("a project behind a link", () => {
  it("is generated to as if it were there", async () => {
    const home = temporaryFolder();
    addPaymentsSpec(path.join(home, "project"));
    symlinkSync("project", path.join(home, "link"));
    const project = path.join(home, "link");
    expect(
      await kompliantCodegen(["generate", ...flags], project),
    ).toMatchObject({ exitCode: 0 });
    expect(existsSync(path.join(home, "project/src/kompliant/index.ts"))).toBe(
      true,
    );
  });
});

describe("a description where the lock belongs", () => {
  it("is not overwritten", async () => {
    const text =
      "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
    const home = temporaryFolder();
    const name = "client/kompliant-codegen.lock";
    writeTexts(home, { [name]: text });
    const words = ["generate", "--spec", name, "--out", "client"];
    const { exitCode, stderr } = await kompliantCodegen(words, home);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("output-foreign");
    expect(readFileSync(path.join(home, name), "utf8")).toBe(text);
  });
});
