import { ownMember } from "../own-member.js";

/** Named imports from one module of the client. */
export interface TypeImport {
  /** Relative specifier, ending with `.js`. */
  readonly from: string;
  /** Sorted. */
  readonly names: readonly string[];
}

/** Types of the run-time that declarations use; every other used name is a schema. */
const runtimeModules: Readonly<Record<string, string>> = {
  Unrecognized: "runtime/open-enum.js",
  UndocumentedError: "runtime/errors.js",
  AbortedError: "runtime/errors.js",
  InvalidResponseError: "runtime/errors.js",
  NetworkError: "runtime/errors.js",
  SigningError: "runtime/errors.js",
  TimeoutError: "runtime/errors.js",
};

/**
 * The imports for the types that a module uses.
 *
 * @param uses - names of schemas and of run-time types
 * @param root - path from the module to the output folder, such as `../..`
 */
export function typeImports(
  uses: readonly string[],
  root: string,
): readonly TypeImport[] {
  const names = [...new Set(uses)].sort();
  const modules = new Map<string, string[]>();
  for (const name of names) {
    const from = `${root}/${ownMember(runtimeModules, name) ?? "schemas.js"}`;
    modules.set(from, [...(modules.get(from) ?? []), name]);
  }
  return [...modules]
    .map(([from, each]) => ({ from, names: each }))
    .sort((left, right) => (left.from < right.from ? -1 : 1));
}
