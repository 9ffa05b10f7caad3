import { readFileSync } from "node:fs";
import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import { codeFrame } from "../diagnostics/code-frame.js";
import type { TextRange } from "../diagnostics/code-frame.js";
import { diagnostic, startOf } from "../diagnostics/diagnostic.js";
import type {
  Diagnostic,
  DiagnosticDetails,
} from "../diagnostics/diagnostic.js";
import { didYouMean } from "../diagnostics/nearest.js";
import { isUrl } from "../load/url.js";
import { importExtensions } from "../emit/import-style.js";
import type { Config } from "./options.js";

type OptionType =
  | "path"
  | "text"
  | "true or false"
  | "list of paths"
  | "path, a URL, { url, sha256 } or a list of these";

/** What each option may be. */
const optionTypes: Readonly<Record<keyof Config, OptionType>> = {
  spec: "path, a URL, { url, sha256 } or a list of these",
  overlays: "list of paths",
  out: "path",
  importExtension: "text",
  allowRemoteReferences: "true or false",
  allowReferencesOutside: "true or false",
};

/** A problem with an option, or with the configuration as a whole. */
interface ConfigProblem {
  readonly key?: string;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string | undefined;
}

/**
 * Everything that is wrong with the content of a configuration file.
 *
 * @param file - absolute path; JSON or a module
 */
export async function configProblems(
  value: unknown,
  file: string,
): Promise<readonly Diagnostic[]> {
  const problems = problemsOf(value);
  if (problems.length === 0) return [];
  const { configPlaces } = await import("./config-places.js");
  const text = readFileSync(file, "utf8");
  const places = configPlaces(file, text);
  return problems.map(({ key, code, message, help }) => {
    const range =
      key === undefined
        ? undefined
        : places.get(key)?.[code === "config-invalid" ? "value" : "key"];
    return diagnostic(code, message, {
      ...placeDetails(file, text, range),
      ...(help !== undefined && { help }),
    });
  });
}

function placeDetails(
  file: string,
  text: string,
  range: TextRange | undefined,
): DiagnosticDetails {
  if (!range) return { location: startOf(file) };
  return {
    location: { file, ...range },
    frame: codeFrame(text.split("\n"), range),
  };
}

function problemsOf(value: unknown): readonly ConfigProblem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [
      {
        code: "config-invalid",
        message: "the configuration must be an object",
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
    case "path":
      return isPath(value);
    case "text":
      return typeof value === "string";
    case "true or false":
      return typeof value === "boolean";
    case "path, a URL, { url, sha256 } or a list of these":
      return Array.isArray(value)
        ? value.length > 0 && value.every(isSpec)
        : isSpec(value);
    case "list of paths":
      return Array.isArray(value) && value.every(isPath);
  }
}

/** An empty text would stand for the folder of the configuration. */
function isPath(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isSpec(value: unknown): boolean {
  if (typeof value === "string") return isPath(value);
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
