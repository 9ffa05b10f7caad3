import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { contentOf, stateOf } from "../../cli/support/folder-content.js";
import { packageEntry } from "../../cli/support/package-entry.js";
import { packageFolder } from "../../cli/support/run-command.js";
import {
  addPaymentsSpec,
  temporaryFolder,
  writeTexts,
} from "../../cli/support/temporary-folder.js";
import { identityOf, namedPipe, obstacles } from "./obstacles.js";
import type { Obstacle } from "./obstacles.js";

// Whatever stands under a name that the tool uses, no command changes anything outside
// of the client's files, and every command ends.

/** How long all commands together may take with one kind of obstacle, in milliseconds; one that hangs takes longer. */
const patience = 300_000;

const outside = path.join(
  temporaryFolder({
    "outside/gold.txt": "gold\n",
    "outside/treasure/index.ts": "gold\n",
  }),
  "outside",
);

/** A project with a description, and with these files where the client goes. */
function projectWith(client: Readonly<Record<string, string>>): string {
  const project = temporaryFolder({ "package.json": "{}\n" });
  addPaymentsSpec(project);
  writeTexts(path.join(project, "src/kompliant"), client);
  return project;
}

const client = await (async () => {
  const project = projectWith({});
  await packageEntry.generate({ cwd: project, spec: "spec/openapi.yaml" });
  return contentOf(path.join(project, "src/kompliant"));
})();

async function put(
  obstacle: Obstacle,
  project: string,
  name: string,
): Promise<string> {
  const place = path.join(project, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(path.dirname(place), { recursive: true });
  await obstacle.put(place, outside);
  return place;
}

const operation = "operations/payment/refund/create.ts";
const leftOver =
  ".kompliant-codegen.0b1f3ad5-5e5c-4c9a-9d3b-0d3f3a1b2c4d.index.ts.tmp";

/** Names that a client is read from and written to. */
const outputNames = [
  "src",
  "src/kompliant",
  "src/kompliant/operations",
  "src/kompliant/operations/payment/refund",
  `src/kompliant/${operation}`,
  "src/kompliant/index.ts",
  "src/kompliant/kompliant-codegen.lock",
  "src/kompliant/kompliant-codegen.snapshot",
  `src/kompliant/${leftOver}`,
];

/** Names of what a run reads besides. */
const inputNames = [
  "kompliant-codegen.config.json",
  "package.json",
  ".prettierrc",
  ".prettierignore",
  ".editorconfig",
];

interface Ending {
  readonly project: string;
  readonly command: string;
  readonly codes: readonly string[];
}

/** Runs every command in every project, in one process. */
function endings(projects: readonly string[]): readonly Ending[] {
  const output = execFileSync(
    process.execPath,
    [
      path.join(import.meta.dirname, "run-commands.mjs"),
      path.join(packageFolder, "dist/index.js"),
      JSON.stringify(projects),
    ],
    { encoding: "utf8", timeout: patience },
  );
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Ending);
}

describe.each(obstacles)("$kind", (obstacle) => {
  it("leads no command anywhere, under whatever name", async () => {
    const cases = await Promise.all(
      [...outputNames, ...inputNames].map(async (name) => {
        const project = projectWith(client);
        return { name, project, place: await put(obstacle, project, name) };
      }),
    );
    const surroundings = (): unknown => [
      stateOf(outside),
      ...cases.map(({ place, project, name }) => [
        name,
        identityOf(place),
        name.startsWith("spec") || stateOf(path.join(project, "spec")),
      ]),
    ];
    const before = surroundings();
    const ended = endings(cases.map(({ project }) => project));
    expect(surroundings()).toEqual(before);
    expect(ended.filter(({ codes }) => codes.join().includes("crash"))).toEqual(
      [],
    );

    const refused = outputNames.filter((name) => !name.endsWith(".tmp"));
    const generated = ended.filter(({ command }) => command === "generate");
    expect(
      outputNames.filter((_, index) => generated[index]?.codes.length !== 0),
    ).toEqual(refused);
  });
});

describe("a named pipe", () => {
  it("is found at every file of the client, and nothing is written", async () => {
    const project = projectWith({});
    const names = Object.keys(client);
    for (const name of names) {
      await put(namedPipe, project, `src/kompliant/${name}`);
    }
    const before = stateOf(outside);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        path.join(packageFolder, "dist/cli.js"),
        ...["generate", "--json", "--spec", "spec/openapi.yaml"],
      ],
      { cwd: project, encoding: "utf8", timeout: patience },
    );
    expect({ status, stderr }).toMatchObject({ status: 2 });
    for (const name of names) expect(stdout).toContain(`${name} is in the way`);
    expect(stateOf(outside)).toEqual(before);
  });
});
