import { posix } from "node:path";
import ts from "typescript";
import type { SourceFile } from "../../generator/emit/source-file.js";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  declaration: true,
  noEmit: true,
  types: [],
};

const root = "/client";
const host = ts.createCompilerHost(options);
const libraries = new Map<string, ts.SourceFile | undefined>();

/**
 * What the compiler says about several clients, with every strict flag on. A module
 * that is the same in the usual client is compiled once for all of them.
 */
export function compileErrors(
  clients: readonly (readonly SourceFile[])[],
  usual: readonly SourceFile[] = [],
): readonly string[] {
  const shared = new Map(usual.map(({ path, text }) => [path, text]));
  const all = [usual, ...clients];
  const texts = new Map<string, string>(
    all.flatMap((files, index) =>
      files
        // The index brings all modules together: it is always a client's own.
        .filter(
          ({ path, text }) =>
            index === 0 || path === "index.ts" || shared.get(path) !== text,
        )
        .map(({ path, text }) => [`${root}/${index}/${path}`, text] as const),
    ),
  );
  texts.set(`${root}/package.json`, '{"type":"module"}');
  const resolve = (specifier: string, from: string): string => {
    const own = posix.join(posix.dirname(from), specifier.replace(/js$/, "ts"));
    return texts.has(own) ? own : own.replace(/^\/client\/\d+/, `${root}/0`);
  };
  const program = ts.createProgram(
    [...texts.keys()].filter((name) => name.endsWith(".ts")),
    options,
    {
      ...host,
      fileExists: (name) => texts.has(name) || host.fileExists(name),
      readFile: (name) => texts.get(name) ?? host.readFile(name),
      resolveModuleNameLiterals: (literals, from) =>
        literals.map(({ text }) => ({
          resolvedModule: {
            resolvedFileName: resolve(text, from),
            extension: ts.Extension.Ts,
            isExternalLibraryImport: false,
          },
        })),
      directoryExists: (name) =>
        name.startsWith(root) || name.includes("typescript"),
      getSourceFile: (name, target) => {
        const text = texts.get(name);
        if (text !== undefined) return ts.createSourceFile(name, text, target);
        if (!libraries.has(name))
          libraries.set(name, host.getSourceFile(name, target));
        return libraries.get(name);
      },
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ""} ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}
