import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { specOf } from "../model/spec-builder.js";
import { contentOf, stateOf } from "./support/folder-content.js";
import { packageEntry } from "./support/package-entry.js";
import { kompliantCodegen } from "./support/run-command.js";
import { temporaryFolder, writeTexts } from "./support/temporary-folder.js";

const { check, diff, DiagnosticError, generate } = packageEntry;

const configFile = "kompliant-codegen.config.json";

function specText(summary: string): string {
  return JSON.stringify(specOf({ operations: { "a.set": { summary } } }));
}

/** A configuration of two clients, the second without a name. */
const files = {
  "web.json": specText("For the web"),
  "admin.json": specText("For admins"),
  [configFile]: JSON.stringify([
    { name: "web", spec: "web.json", out: "src/web", importExtension: ".ts" },
    { spec: "admin.json", out: "src/admin" },
  ]),
};

const populated = temporaryFolder(files);

beforeAll(async () => {
  const outcome = await kompliantCodegen(["generate"], populated);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(outcome.stdout).toMatch(
    /^.* → src\/web\n(?: {2}.*\n)+.* → src\/admin\n/,
  );
});

/** A repository in which both clients were generated, with changes since. */
function repositoryWith(changes: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  cpSync(populated, folder, { recursive: true, preserveTimestamps: true });
  writeTexts(folder, changes);
  return folder;
}

interface Report {
  readonly clients: readonly Readonly<Record<string, unknown>>[];
}

describe("a configuration of several clients", () => {
  it("gives each its description, folder and options", () => {
    const web = contentOf(path.join(populated, "src/web"));
    const admin = contentOf(path.join(populated, "src/admin"));
    expect(web["operations/a/set.ts"]).toContain("For the web.");
    expect(web["index.ts"]).toContain('"./operations/a/set.ts"');
    expect(admin["operations/a/set.ts"]).toContain("For admins.");
    expect(admin["index.ts"]).toContain('"./operations/a/set.js"');
  });

  it.for(["generate", "check"])(
    "%s --json prints one document",
    async (command) => {
      const { stdout, exitCode } = await kompliantCodegen(
        [command, "--json"],
        populated,
      );
      expect(exitCode).toBe(0);
      const { clients } = JSON.parse(stdout) as Report;
      expect(clients).toMatchObject([
        { name: "web", out: path.join(populated, "src/web") },
        { out: path.join(populated, "src/admin") },
      ]);
      expect(clients[1]).not.toHaveProperty("name");
    },
  );

  it.for(["generate", "check"])(
    "%s --json --client prints what a configuration of one client does",
    async (command) => {
      const picked = await kompliantCodegen(
        [command, "--json", "--client", "web"],
        populated,
      );
      const web = JSON.parse(picked.stdout) as object;
      expect(web).not.toHaveProperty("clients");
      expect(web).not.toHaveProperty("name");
      expect(web).toMatchObject({ out: path.join(populated, "src/web") });
    },
  );

  it("generate --client leaves the others alone", async () => {
    const folder = repositoryWith({
      "web.json": specText("Again"),
      "admin.json": specText("Again"),
    });
    const admin = stateOf(path.join(folder, "src/admin"));
    await kompliantCodegen(["generate", "--client", "web"], folder);
    const web = contentOf(path.join(folder, "src/web"));
    expect(web["operations/a/set.ts"]).toContain("Again.");
    expect(stateOf(path.join(folder, "src/admin"))).toEqual(admin);
  });

  it("generate works on the others when one description is bad, and exits with 2", async () => {
    const folder = repositoryWith({
      "web.json": "{",
      "admin.json": specText("Again"),
    });
    const web = stateOf(path.join(folder, "src/web"));
    const outcome = await kompliantCodegen(["generate"], folder);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toMatch(/^web:\nweb\.json:1:\d+: error spec-syntax/);
    expect(outcome.stdout).toContain("→ src/admin");
    expect(stateOf(path.join(folder, "src/web"))).toEqual(web);
    const admin = contentOf(path.join(folder, "src/admin"));
    expect(admin["operations/a/set.ts"]).toContain("Again.");
  });

  it.for([
    { drifted: ["admin.json"], bad: [], exitCode: 1 },
    { drifted: ["web.json"], bad: [], exitCode: 1 },
    { drifted: ["admin.json"], bad: ["web.json"], exitCode: 2 },
    { drifted: ["web.json"], bad: ["admin.json"], exitCode: 2 },
  ])(
    "check exits with $exitCode: drift in $drifted, bad input in $bad",
    async ({ drifted, bad, exitCode }) => {
      const folder = repositoryWith({
        ...Object.fromEntries(drifted.map((name) => [name, specText("Again")])),
        ...Object.fromEntries(bad.map((name) => [name, "{"])),
      });
      const outcome = await kompliantCodegen(["check", "--json"], folder);
      expect(outcome.exitCode).toBe(exitCode);
      const { clients } = JSON.parse(outcome.stdout) as Report;
      expect(clients).toHaveLength(2);
      for (const [index, name] of ["web.json", "admin.json"].entries()) {
        expect(clients[index]).toMatchObject(
          bad.includes(name)
            ? { diagnostics: [{ code: "spec-syntax" }] }
            : { inSync: !drifted.includes(name) },
        );
      }
    },
  );

  it("diff compares each client and exits with 1 when one hits --fail-on", async () => {
    const folder = repositoryWith({ "admin.json": specText("Again") });
    const run = (...flags: string[]): ReturnType<typeof kompliantCodegen> =>
      kompliantCodegen(["diff", "--fail-on", "any", ...flags], folder);
    const all = await run("--format", "markdown");
    expect(all.exitCode).toBe(1);
    expect(all.stdout).toMatch(/^# `web`\n[^]*\n\n# `src\/admin`\n/);
    expect((await run("--client", "web")).exitCode).toBe(0);
    const { clients } = JSON.parse(
      (await run("--format", "json")).stdout,
    ) as Report;
    expect(clients).toMatchObject([
      { name: "web", counts: { documentation: 0 } },
      { counts: { documentation: 1 } },
    ]);
  });

  it("diff compares one of them with a new description", async () => {
    const folder = repositoryWith({ "new.json": specText("New") });
    const all = await kompliantCodegen(["diff", "new.json"], folder);
    expect(all.exitCode).toBe(2);
    expect(all.stderr).toContain("error config-client: ");
    const one = await kompliantCodegen(
      ["diff", "new.json", "--client", "web"],
      folder,
    );
    expect(one).toMatchObject({ exitCode: 0, stderr: "" });
    expect(one.stdout).toContain("documentation-changed");
  });

  it("init marks each folder as generated", async () => {
    const folder = repositoryWith({ "package.json": "{}" });
    const { exitCode } = await kompliantCodegen(["init"], folder);
    expect(exitCode).toBe(0);
    const { ".gitattributes": attributes } = contentOf(folder);
    expect(attributes).toContain("/src/web/**");
    expect(attributes).toContain("/src/admin/**");
  });

  it("of one client is still a list", async () => {
    const folder = temporaryFolder({
      "web.json": specText("For the web"),
      [configFile]: JSON.stringify([{ spec: "web.json", out: "web" }]),
    });
    const outcome = await kompliantCodegen(["generate", "--json"], folder);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      clients: [{ out: path.join(folder, "web") }],
    });
    // A program gets the only client without picking it.
    expect(await check({ cwd: folder })).toMatchObject({ inSync: true });
  });
});

describe("a program", () => {
  it("picks a client by its name", async () => {
    const folder = repositoryWith({ "web.json": specText("Again") });
    expect(await check({ cwd: folder, client: "web" })).toMatchObject({
      inSync: false,
    });
    const changes = await diff({ cwd: folder, client: "web" });
    expect(changes.counts.documentation).toBe(1);
    await generate({ cwd: folder, client: "web" });
    expect(await check({ cwd: folder, client: "web" })).toMatchObject({
      inSync: true,
    });
  });

  it("has to pick one", async () => {
    const folder = temporaryFolder(files);
    const failure = generate({ cwd: folder });
    await expect(failure).rejects.toThrow(DiagnosticError);
    await expect(failure).rejects.toMatchObject({
      diagnostics: [{ code: "config-client" }],
    });
    expect(existsSync(path.join(folder, "src"))).toBe(false);
  });
});
