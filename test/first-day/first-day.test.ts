import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { beforeAll, expect, it } from "vitest";
import { packageFolder, runCommand } from "../cli/support/run-command.js";
import type { Outcome } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import {
  packTarball,
  succeed,
} from "../consumer/support/consuming-repository.js";
import { installPackages } from "../support/install-packages.js";
import {
  eslintConfig,
  program,
  repositories,
  versions,
} from "./repositories.js";
import type { NewRepository, Version } from "./repositories.js";

const ownModules = path.join(packageFolder, "node_modules");

/** Tools that look at a repository; its package.json names them. */
type Tool = "eslint" | "prettier" | "@biomejs/biome";

/** Every tool runs once or twice in each repository; the machine may be busy. */
const timeout = { timeout: 300_000 };

let modules: string;
let installedPackage: string;

beforeAll(async () => {
  const manifest = path.join(import.meta.dirname, "packages/package.json");
  modules = await installPackages("first-day", readFileSync(manifest, "utf8"));
  installedPackage = await unpackedPackage();
});

const cells = Object.keys(repositories).flatMap((name) =>
  versions.map((version) => ({ name, version })),
);

it.concurrent.for(cells)(
  "$name, with TypeScript $version: no finding that the user did not cause",
  timeout,
  async ({ name, version }) => {
    const repository = repositories[name];
    if (!repository) throw new Error(`there is no ${name}`);
    const folder = await scratch(repository, version, ["eslint", "prettier"]);
    await passes(folder, "prettier/bin/prettier.cjs", ["--write", "."]);
    const package_ = path.join(folder, repository.packageFolder);

    await initialise(package_, repository, version);
    await succeed("npm", ["run", "generate:kompliant"], package_);

    await passes(package_, "typescript/bin/tsc", ["--noEmit"]);
    // The tools of a workspace run in its root, or in the package.
    for (const each of new Set([folder, package_])) {
      await passes(each, "prettier/bin/prettier.cjs", ["--check", "."]);
    }
    const before = textsIn(folder);
    const lint = ["--fix", "--max-warnings", "0", "."];
    await passes(folder, "eslint/bin/eslint.js", lint);
    expect(textsIn(folder)).toEqual(before);

    await biomePasses(repository, version, package_);
  },
);

/** Biome's form is not prettier's, so a repository has one of them. */
async function biomePasses(
  repository: NewRepository,
  version: Version,
  generated: string,
): Promise<void> {
  const folder = await scratch(repository, version, ["@biomejs/biome"]);
  const biome = "@biomejs/biome/bin/biome";
  await passes(folder, biome, ["check", "--write", "."]);
  const package_ = path.join(folder, repository.packageFolder);
  await initialise(package_, repository, version);
  const client = "src/kompliant";
  cpSync(path.join(generated, client), path.join(package_, client), {
    recursive: true,
  });
  await passes(folder, biome, ["check", "--error-on-warnings", "."]);
}

/** Runs `init` twice, and does in between what it says. */
async function initialise(
  folder: string,
  { undecided, isByDefaults }: NewRepository,
  version: Version,
): Promise<void> {
  const { stdout } = await init(folder);
  expect(stdout).not.toContain("by hand");
  const [, command] = /run: (npm pkg set type=module)$/m.exec(stdout) ?? [];
  expect(command !== undefined, stdout).toBe(undecided.includes(version));
  if (command !== undefined) {
    const [npm = "", ...parameters] = command.split(" ");
    await succeed(npm, parameters, folder);
  }
  const isOld = stdout.includes('set "target": "es2022"');
  expect(isOld, stdout).toBe(isByDefaults && version === "5.4");
  if (isOld) {
    const tsconfig = path.join(folder, "tsconfig.json");
    const text = readFileSync(tsconfig, "utf8");
    writeFileSync(tsconfig, text.replace("es2016", "es2022"));
  }
  const before = textsIn(folder);
  const again = await init(folder);
  expect(again.stdout).not.toMatch(/^(?:!|created|changed|by hand)/m);
  expect(textsIn(folder)).toEqual(before);
}

function init(folder: string): Promise<Outcome> {
  const cli = path.join(installedPackage, "dist/cli.js");
  return succeed(process.execPath, [cli, "init"], folder);
}

/** A repository with its tools installed, and the client not generated yet. */
async function scratch(
  { files, isByDefaults, packageFolder: name, extension }: NewRepository,
  version: Version,
  tools: readonly Tool[],
): Promise<string> {
  const folder = temporaryFolder({
    ...files,
    [path.join(name, "src/main.ts")]: program(extension),
    ...(tools.includes("eslint") && { "eslint.config.mjs": eslintConfig }),
  });
  link(folder, version, tools);
  if (isByDefaults) {
    await succeed("npm", ["init", "-y"], folder);
    const tsc = path.join(folder, "node_modules/typescript/bin/tsc");
    await succeed(process.execPath, [tsc, "--init"], folder);
  }
  const file = path.join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
  const devDependencies = Object.fromEntries(
    ["kompliant-codegen", "typescript", ...tools].map((tool) => [tool, "*"]),
  );
  const named = { ...manifest, devDependencies };
  writeFileSync(file, `${JSON.stringify(named, undefined, 2)}\n`);
  return folder;
}

function link(folder: string, version: Version, tools: readonly Tool[]): void {
  const target = path.join(folder, "node_modules");
  const links = {
    typescript: path.join(modules, `typescript-${version}`),
    "kompliant-codegen": installedPackage,
    ".bin/kompliant-codegen": path.join(installedPackage, "dist/cli.js"),
    "@eslint/js": path.join(ownModules, "@eslint/js"),
    "typescript-eslint": path.join(ownModules, "typescript-eslint"),
    ...Object.fromEntries(
      tools.map((tool) => {
        const home = tool === "@biomejs/biome" ? modules : ownModules;
        return [tool, path.join(home, tool)];
      }),
    ),
  };
  for (const [name, source] of Object.entries(links)) {
    const place = path.join(target, name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(source, place);
  }
}

/** The package as it is published, beside the packages that it depends on. */
async function unpackedPackage(): Promise<string> {
  const folder = path.join(temporaryFolder(), "node_modules");
  const target = path.join(folder, "kompliant-codegen");
  mkdirSync(target, { recursive: true });
  const options = ["--strip-components=1", "-C", target];
  await succeed("tar", ["-xzf", await packTarball(), ...options], folder);
  const manifest = readFileSync(path.join(target, "package.json"), "utf8");
  const { dependencies } = JSON.parse(manifest) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    symlinkSync(path.join(ownModules, name), path.join(folder, name));
  }
  return target;
}

/** Runs a tool that is installed in the repository and must have nothing to say. */
async function passes(
  folder: string,
  script: string,
  parameters: readonly string[],
): Promise<void> {
  const file = [folder, path.join(folder, "../..")]
    .map((each) => path.join(each, "node_modules", script))
    .find((each) => existsSync(each));
  if (file === undefined) throw new Error(`${script} is not installed`);
  const { exitCode, stdout, stderr } = await runCommand(
    process.execPath,
    [file, ...parameters],
    folder,
  );
  expect(exitCode, `${script} in ${folder}\n${stdout}\n${stderr}`).toBe(0);
}

/** What is written in a repository, without what is installed or compiled. */
function textsIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !/[/\\](?:node_modules|dist)[/\\]/.test(
          path.relative(folder, file).replace(/^/, path.sep),
        ),
    );
  return Object.fromEntries(
    names.map((file) => [
      path.relative(folder, file),
      readFileSync(file, "utf8"),
    ]),
  );
}
