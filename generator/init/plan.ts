import path from "node:path";
import { diagnostic, DiagnosticError } from "../diagnostics/diagnostic.js";
import type { ImportExtension } from "../emit/import-style.js";
import { changedFile } from "./change.js";
import type { Change, FileStep } from "./change.js";
import { inPrettierForm } from "./prettier-form.js";
import { jsonFile, withReplaced, withValue } from "./json-text.js";
import { withLines } from "./lines.js";
import { ignoringChanges, jsonIndentation, usesPrettier } from "./linters.js";
import { notesOn } from "./notes.js";
import { installationOf } from "./repository.js";
import { pathInside } from "./situation.js";
import type { Situation } from "./situation.js";
import { fittingExtension } from "./typescript-setup.js";

/** What a person decides; what is undefined is chosen by what the package looks like. */
export interface Choices {
  /** Folder of the client, relative to the package. */
  readonly out: string | undefined;
  readonly importExtension: ImportExtension | undefined;
  /** Whether to set `"type": "module"` in package.json. */
  readonly typeModule: boolean;
}

/** What `init` does. */
export interface InitPlan {
  readonly steps: readonly FileStep[];
  /** A sentence for each thing that a person has to decide or to know. */
  readonly notes: readonly string[];
}

/** Commands that a package gets for the client. */
const scripts = {
  "generate:kompliant": "kompliant-codegen generate",
  "check:kompliant": "kompliant-codegen check",
};

/**
 * Plans what a package needs for the generated client. What is there already stays.
 * Nothing is written.
 *
 * @throws {DiagnosticError} when the choices contradict the configuration, or something other than a regular file is in the way
 */
export async function planInit(
  situation: Situation,
  choices: Choices,
): Promise<InitPlan> {
  const { repository } = situation;
  requireAgreement(situation, choices);
  const isModule = situation.isModule || choices.typeModule;
  const changes = [
    ...configChanges(situation, choices, isModule),
    ...manifestChanges(situation, choices),
    ...outputFolders(situation, choices).flatMap((out) => [
      attributesChange(repository.folder, out),
      ...ignoringChanges(repository, out),
    ]),
  ];
  const files = new Set(changes.map(fileOf));
  const planned = [...files].map((file) =>
    changedFile(changes.filter((change) => fileOf(change) === file)),
  );
  const steps = usesPrettier(repository)
    ? await Promise.all(planned.map(inPrettierForm))
    : planned;
  return {
    steps: [...keptConfig(situation), ...steps],
    notes: notesOn(situation, isModule),
  };
}

function fileOf({ folder, name }: Change): string {
  return path.join(folder, name);
}

/** Absolute paths of the clients' folders in the package. */
function outputFolders(
  { repository, configured, usualOut }: Situation,
  { out = usualOut }: Choices,
): readonly string[] {
  const { folder } = repository;
  const outs = configured?.clients.map((client) => client.out) ?? [
    path.join(folder, out),
  ];
  return outs.filter((each) => pathInside(folder, each) !== undefined);
}

/** A configuration that is there is not even looked at: it may be a link. */
function keptConfig({
  repository,
  configured,
}: Situation): readonly FileStep[] {
  if (!configured) return [];
  return [
    {
      file: path.join(repository.folder, configured.name),
      outcome: "kept",
      detail: "the client has a configuration",
      before: undefined,
      after: undefined,
    },
  ];
}

function configChanges(
  { repository, setup, configured, usualOut }: Situation,
  { out = usualOut, importExtension }: Choices,
  isModule: boolean,
): readonly Change[] {
  const { folder } = repository;
  if (configured) return [];
  const extension =
    importExtension ?? fittingExtension(repository, setup, isModule);
  const installed =
    installationOf(folder, "kompliant-codegen") ??
    path.join(folder, "node_modules/kompliant-codegen");
  const schema = path
    .relative(folder, path.join(installed, "config.schema.json"))
    .split(path.sep)
    .join("/");
  const config = {
    $schema: schema.startsWith("../") ? schema : `./${schema}`,
    out,
    ...(extension !== ".js" && { importExtension: extension }),
  };
  return [
    {
      folder,
      // No program of TypeScript takes it in by accident, as it does with other forms.
      name: "kompliant-codegen.config.json",
      purpose: `the client goes to ${out}, and its imports end ${extension === "" ? "without an extension" : `in ${extension}`}`,
      apply: () => jsonFile(config, jsonIndentation(repository)),
    },
  ];
}

function manifestChanges(
  { repository, isModule }: Situation,
  { typeModule }: Choices,
): readonly Change[] {
  const file = { folder: repository.folder, name: "package.json" };
  const type = {
    ...file,
    purpose: '"type": "module"',
    apply: (text = "") => withReplaced(text, "type", "module"),
  };
  return [
    ...(typeModule && !isModule ? [type] : []),
    ...Object.entries(scripts).map(([name, command]) => ({
      ...file,
      purpose: `script ${name}`,
      apply: (text = "") => withValue(text, ["scripts", name], command),
      byHand: `add the script "${name}": "${command}"`,
    })),
  ];
}

/** Git keeps LF on every machine, folds the client in reviews, and shows no changes of the lock. */
function attributesChange(folder: string, out: string): Change {
  const client = `/${pathInside(folder, out) ?? ""}`;
  const lines = [
    `${client}/** text eol=lf linguist-generated`,
    `${client}/kompliant-codegen.lock -diff`,
  ];
  return {
    ...{ folder, name: ".gitattributes" },
    purpose: "LF line endings on every machine; folded in reviews",
    apply: (text) => withLines(text, lines),
    byHand: `add the lines ${lines.join(" and ")}`,
  };
}

/** Flags describe a new configuration; one that is there must say the same. */
function requireAgreement(
  { repository, configured }: Situation,
  { out, importExtension }: Choices,
): void {
  const { folder } = repository;
  if (out !== undefined && pathInside(folder, out) === undefined) {
    throw usage(
      "--out must name a folder inside the package",
      "Run init in the package that the client belongs to.",
    );
  }
  if (!configured) return;
  const { name, clients } = configured;
  const agrees = clients.some(
    (client) =>
      (out === undefined || client.out === path.join(folder, out)) &&
      (importExtension === undefined ||
        client.importExtension === importExtension),
  );
  if (agrees) return;
  throw usage(
    `${name} is there already, and says something else than the flags`,
    `Change it by hand: init never overwrites a configuration.`,
  );
}

function usage(message: string, help: string): DiagnosticError {
  return new DiagnosticError([diagnostic("usage", message, { help })]);
}
