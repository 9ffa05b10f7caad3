import { readFileSync } from "node:fs";
import path from "node:path";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { codeFrame } from "../diagnostics/code-frame.js";
import type { TextRange } from "../diagnostics/code-frame.js";
import { diagnostic, startOf } from "../diagnostics/diagnostic.js";
import type {
  Diagnostic,
  DiagnosticDetails,
  SourceLocation,
} from "../diagnostics/diagnostic.js";
import { didYouMean } from "../diagnostics/nearest.js";
import { isUrl } from "../load/url.js";
import { importExtensions } from "../emit/import-style.js";
import { clientConflicts } from "./client-conflicts.js";
import type { ClientConflict } from "./client-conflicts.js";
import { outputFolder } from "./output-folder.js";
import type { Config } from "./options.js";

type OptionType =
  | "non-empty string"
  | "path"
  | "text"
  | "true or false"
  | "list of paths"
  | "path, a URL, { url, sha256 } or a list of these";

/** What each option may be. */
const optionTypes: Readonly<Record<keyof Config, OptionType>> = {
  $schema: "text",
  name: "non-empty string",
  spec: "path, a URL, { url, sha256 } or a list of these",
  overlays: "list of paths",
  out: "path",
  importExtension: "text",
  format: "true or false",
  allowRemoteReferences: "true or false",
  allowReferencesOutside: "true or false",
};

/** A problem with an option, or with a configuration as a whole. */
interface ConfigProblem {
  /** Position of the client in a list of several. */
  readonly index?: number;
  readonly key?: string;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string | undefined;
  /** The place that it clashes with. */
  readonly other?: {
    readonly index: number;
    readonly key: string;
    readonly message: string;
  };
}

/**
 * Everything that is wrong with the content of a configuration file.
 *
 * @param file - absolute path; JSON or a module
 * @param cwd - what the default output folder is relative to
 */
export async function configProblems(
  value: unknown,
  file: string,
  cwd: string,
): Promise<readonly Diagnostic[]> {
  const problems = Array.isArray(value)
    ? listProblems(value, path.dirname(file), cwd)
    : problemsOf(value);
  if (problems.length === 0) return [];
  const { configPlaces } = await import("./config-places.js");
  const text = readFileSync(file, "utf8");
  const rangeOf = (
    { index, key }: Pick<ConfigProblem, "index" | "key">,
    part: "key" | "value",
  ): TextRange | undefined => {
    const { whole, options } = configPlaces(file, text, index);
    const option = key === undefined ? undefined : options.get(key)?.[part];
    // Without an index, the whole is the file.
    return option ?? (index === undefined ? undefined : whole);
  };
  return problems.map((problem) => {
    const { code, message, help, other } = problem;
    const part = code === "config-invalid" ? "value" : "key";
    return diagnostic(code, message, {
      ...placeDetails(file, text, rangeOf(problem, part)),
      ...(help !== undefined && { help }),
      ...(other && {
        related: [
          {
            message: other.message,
            frame: undefined,
            ...placeDetails(file, text, rangeOf(other, part)),
          },
        ],
      }),
    });
  });
}

function placeDetails(
  file: string,
  text: string,
  range: TextRange | undefined,
): Pick<DiagnosticDetails, "frame"> & { readonly location: SourceLocation } {
  if (!range) return { location: startOf(file) };
  return {
    location: { file, ...range },
    frame: codeFrame(text.split("\n"), range),
  };
}

/** Problems of a list of clients: those of each one, then those that they have with each other. */
function listProblems(
  clients: readonly unknown[],
  folder: string,
  cwd: string,
): readonly ConfigProblem[] {
  if (clients.length === 0) {
    return [
      {
        code: "config-invalid",
        message: "the list of clients must not be empty",
        help: "Add the configuration of a client, or remove the file.",
      },
    ];
  }
  const problems = clients.flatMap((client, index) =>
    problemsOf(client).map((problem) => ({ ...problem, index })),
  );
  if (problems.length > 0) return problems;
  const configs = clients as readonly Config[];
  const identities = configs.map((config) => ({
    name: config.name,
    out: outputFolder(config.out, folder, cwd),
  }));
  return clientConflicts(identities).map((conflict) =>
    conflictProblem(conflict, configs),
  );
}

function conflictProblem(
  { key, index, other }: ClientConflict,
  clients: readonly Config[],
): ConfigProblem {
  const name = JSON.stringify(clients[index]?.name);
  return key === "name"
    ? {
        ...{ index, key, code: "config-invalid" },
        message: `two clients have the name ${name}`,
        help: "Give each client a name of its own.",
        other: { index: other, key, message: "the first one is here" },
      }
    : {
        ...{ index, key, code: "config-invalid" },
        message: "the output folders of two clients overlap",
        help: 'Give each client an "out" of its own, none inside another.',
        other: { index: other, key, message: "the other one is here" },
      };
}

function problemsOf(value: unknown): readonly ConfigProblem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [
      {
        code: "config-invalid",
        message: "the configuration must be an object, or a list of objects",
        help: "Export it as the default: export default defineConfig({ … }).",
      },
    ];
  }
  return Object.entries(value).flatMap(([key, entry]) =>
    optionProblem(key, entry),
  );
}

function optionProblem(key: string, value: unknown): readonly ConfigProblem[] {
  const known = Object.keys(optionTypes);
  if (!Object.hasOwn(optionTypes, key)) {
    return [
      {
        key,
        code: "config-unknown-option",
        message: `"${key}" is no option`,
        help: didYouMean(key, known) ?? `There are ${known.join(", ")}.`,
      },
    ];
  }
  const type = optionTypes[key as keyof Config];
  const isExtension =
    key !== "importExtension" || importExtensions.includes(value as never);
  if (value === undefined || (isOfType(value, type) && isExtension)) return [];
  return [
    {
      key,
      code: "config-invalid",
      message: isExtension
        ? `"${key}" must be a ${type}`.replace("a true", "true")
        : `"${key}" must be one of ${importExtensions.map((each) => `"${each}"`).join(", ")}`,
    },
  ];
}

function isOfType(value: unknown, type: OptionType): boolean {
  switch (type) {
    case "non-empty string":
    case "path":
      return isNonEmptyString(value);
    case "text":
      return typeof value === "string";
    case "true or false":
      return typeof value === "boolean";
    case "path, a URL, { url, sha256 } or a list of these":
      return Array.isArray(value)
        ? value.length > 0 && value.every(isSpec)
        : isSpec(value);
    case "list of paths":
      return Array.isArray(value) && value.every(isNonEmptyString);
  }
}

/** An empty path would stand for the folder of the configuration. */
function isNonEmptyString(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isSpec(value: unknown): boolean {
  if (typeof value === "string") return isNonEmptyString(value);
  if (typeof value !== "object" || value === null) return false;
  const { url, sha256, ...others } = value as Record<string, unknown>;
  return (
    typeof url === "string" &&
    isUrl(url) &&
    typeof sha256 === "string" &&
    /^[\da-f]{64}$/i.test(sha256) &&
    Object.keys(others).length === 0
  );
}
