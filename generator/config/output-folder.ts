import { lstatSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import {
  diagnostic,
  DiagnosticError,
  startOf,
} from "../diagnostics/diagnostic.js";

/**
 * The absolute path of a client's output folder.
 *
 * @param configured - relative to the folder of the configuration; without it, the default in the working directory
 */
export function outputFolder(
  configured: string | undefined,
  folder: string,
  cwd: string,
): string {
  return configured === undefined
    ? path.resolve(cwd, "src/kompliant")
    : path.resolve(folder, configured);
}

/**
 * A folder that exists, or that can be created.
 *
 * Links above the project are the user's own: the project may lie behind one. A link
 * from the project downwards can come with a clone and lead anywhere, so it is refused.
 *
 * @param folder - absolute path
 * @param projects - absolute paths of folders that the client may lie in: the working directory, and that of the configuration
 * @throws {DiagnosticError} when a file, or a link that leads nowhere, stands where it or a folder above it has to be; or any link, inside a project
 */
export function requireFolder(
  folder: string,
  projects: readonly string[],
): void {
  requirePossible(folder);
  requireNoFile(folder);
  for (const project of projects) requireNoLink(project, folder);
}

/** Refuses a path that the file system cannot have: one with a NUL, or a longer one than it allows. */
function requirePossible(folder: string): void {
  try {
    lstatSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(code)) return;
    const reason =
      code === "ENAMETOOLONG" ? "is too long" : "contains the character NUL";
    throw new DiagnosticError([
      diagnostic(
        "output-unwritable",
        `the path of the output folder ${reason}`,
        { help: "Name another folder with --out." },
      ),
    ]);
  }
}

function requireNoFile(folder: string): void {
  for (
    let current = folder;
    current !== path.dirname(current);
    current = path.dirname(current)
  ) {
    const entry = entryAt(current, statSync);
    const name = entryAt(current, lstatSync);
    if (name === undefined) continue;
    if (entry?.isDirectory() === true) return;
    const what = entry ? "a file" : "a link that leads nowhere";
    throw new DiagnosticError([
      diagnostic(
        "output-unwritable",
        `${path.basename(current)} is ${what}, and the client needs a folder there`,
        {
          location: startOf(current),
          help: `Name another folder with --out, or move the ${entry ? "file" : "link"} away.`,
        },
      ),
    ]);
  }
}

function requireNoLink(project: string, folder: string): void {
  const relative = path.relative(project, folder);
  if (path.isAbsolute(relative) || relative.startsWith("..")) return;
  const segments = relative.split(path.sep);
  for (const index of segments.keys()) {
    const place = path.join(project, ...segments.slice(0, index + 1));
    if (place === project) continue;
    if (entryAt(place, lstatSync)?.isSymbolicLink() !== true) continue;
    throw new DiagnosticError([
      diagnostic(
        "output-foreign",
        `${path.relative(project, place)} is in the way: it is a symbolic link`,
        {
          location: startOf(place),
          help: "Replace the link with a folder, or name the folder that it leads to with --out: no link inside the project is followed.",
        },
      ),
    ]);
  }
}

/** What stands at a path; undefined when nothing does, or nothing can. */
function entryAt(name: string, look: typeof lstatSync): Stats | undefined {
  try {
    return look(name, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
