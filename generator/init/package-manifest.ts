import { readFile } from "node:fs/promises";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";

/** A repository's package.json. */
export interface PackageManifest {
  readonly file: string;
  /** Names of its scripts. */
  readonly scripts: ReadonlySet<string>;
  /** Names of everything that it depends on. */
  readonly dependencies: ReadonlySet<string>;
  /** Its text with further scripts; those that it has stay as they are. */
  withScripts(scripts: Readonly<Record<string, string>>): string;
}

/** @throws {DiagnosticError} when there is none, or none that can be read */
export async function packageManifest(file: string): Promise<PackageManifest> {
  const fail = (message: string): DiagnosticError =>
    new DiagnosticError([
      diagnostic("init-package", message, { location: startOf(file) }),
    ]);
  const text = await readFile(file, "utf8").catch(() => {
    throw fail("there is no package.json here");
  });
  const content = parse(text);
  if (!content) throw fail("package.json is no JSON object");
  const scripts = mapAt(content, "scripts");
  return {
    file,
    scripts: new Set(Object.keys(scripts)),
    dependencies: new Set(
      ["dependencies", "devDependencies", "peerDependencies"].flatMap((key) =>
        Object.keys(mapAt(content, key)),
      ),
    ),
    withScripts: (added) =>
      format(text, {
        ...content,
        // Scripts that are there keep their order and their commands.
        scripts: { ...scripts, ...added, ...scripts },
      }),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parse(text: string): JsonObject | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isMap(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function mapAt(content: JsonObject, key: string): JsonObject {
  const value = content[key];
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The content in the text's own indentation and line ends. */
function format(text: string, content: JsonObject): string {
  const indentation = /^[ \t]+/m.exec(text)?.[0] ?? "  ";
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const json = JSON.stringify(content, undefined, indentation);
  return json.replaceAll("\n", end) + (text.endsWith("\n") ? end : "");
}
