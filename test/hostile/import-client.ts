import path from "node:path";
import vm from "node:vm";
import { transform } from "esbuild";
import type { SourceFile } from "../../generator/emit/source-file.js";

const scripts = new Map<string, vm.Script>();

async function scriptOf(text: string): Promise<vm.Script> {
  const known = scripts.get(text);
  if (known) return known;
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  const script = new vm.Script(
    `(function (require, module, exports) {${code}\n})`,
  );
  scripts.set(text, script);
  return script;
}

/**
 * Imports the index of a client where nothing can be reached or changed.
 *
 * @returns what it did besides defining its exports
 */
export async function sideEffectsOfImport(
  files: readonly SourceFile[],
): Promise<readonly string[]> {
  const loaded = new Map<string, vm.Script>();
  for (const { path: name, text } of files) {
    loaded.set(name, await scriptOf(text));
  }
  return importIn(world(), loaded);
}

interface World {
  readonly context: vm.Context;
  readonly effects: string[];
}

let current: World | undefined;

/** A world of its own, whose objects are frozen and whose functions tell that they were called. */
function world(): World {
  if (current) return current;
  const effects: string[] = [];
  const tell = (what: string) => (): void => {
    effects.push(what);
  };
  const context = vm.createContext({
    URL,
    Headers,
    Request,
    Response,
    TextEncoder,
    TextDecoder,
    AbortController,
    AbortSignal,
    DOMException,
    fetch: tell("fetch"),
    setTimeout: tell("setTimeout"),
    setInterval: tell("setInterval"),
    queueMicrotask: tell("queueMicrotask"),
    console: { log: tell("log"), warn: tell("warn"), error: tell("error") },
    process: undefined,
  });
  vm.runInContext(
    `for (const name of Object.getOwnPropertyNames(globalThis)) {
      const value = globalThis[name];
      if (typeof value !== "function" && typeof value !== "object") continue;
      if (value === null || value === globalThis) continue;
      Object.freeze(value);
      if (value.prototype) Object.freeze(value.prototype);
    }`,
    context,
  );
  current = { context, effects };
  return current;
}

function importIn(
  { context, effects }: World,
  scripts: ReadonlyMap<string, vm.Script>,
): readonly string[] {
  effects.length = 0;
  const before = vm.runInContext(globals, context) as string;
  const modules = new Map<string, { exports: object }>();
  const load = (name: string): object => {
    const known = modules.get(name);
    if (known) return known.exports;
    const script = scripts.get(name);
    if (!script) throw new Error(`no module ${name}`);
    const module = { exports: {} };
    modules.set(name, module);
    const run = script.runInContext(context) as (
      require: (specifier: string) => object,
      module: object,
      exports: object,
    ) => void;
    const folder = path.posix.dirname(name);
    run(
      (specifier) => {
        const target = path.posix.join(folder, specifier);
        return load(target.replace(/\.js$/, ".ts"));
      },
      module,
      module.exports,
    );
    return module.exports;
  };
  load("index.ts");
  const after = vm.runInContext(globals, context) as string;
  return [...effects, ...(after === before ? [] : [`globals: ${after}`])];
}

const globals = `JSON.stringify([
  Object.getOwnPropertyNames(globalThis).sort(),
  typeof injected,
])`;
