import path from "node:path";
import type { FSWatcher } from "chokidar";
import { configNames, resolveOptions } from "../config/options.js";
import type { GenerateOptions } from "../config/options.js";
import { isUrl } from "../load/url.js";

/** Changes that come within this many milliseconds are one: editors write in several steps. */
const settleTime = 100;

/**
 * Calls back once, and again after every change of an input: the configuration, the
 * description with the files in its folder, and the overlays.
 *
 * @returns stops watching, once a call that is under way has ended
 */
export async function watchInputs(
  options: GenerateOptions,
  run: () => Promise<void>,
): Promise<() => Promise<void>> {
  const { watch } = await import("chokidar");
  const cwd = path.resolve(options.cwd ?? ".");
  const configs =
    options.config === undefined
      ? configNames.map((name) => path.join(cwd, name))
      : [path.resolve(cwd, options.config)];
  let out: string | undefined;
  const watcher: FSWatcher = watch(configs, {
    ignoreInitial: true,
    ignored: (file, stats) =>
      isInside(out, file) ||
      /[\\/](?:\.git|node_modules)$/.test(file) ||
      (stats?.isFile() === true && !/\.(?:ya?ml|json|[cm]?[jt]s)$/.test(file)),
  });

  const runOnce = async (): Promise<void> => {
    await run();
    // A configuration that makes no sense has been reported by the run.
    const resolved = await resolveOptions(options).catch(() => undefined);
    if (!resolved) return;
    ({ out } = resolved);
    const { specs, overlays } = resolved;
    watcher.add([
      ...specs
        .map(({ place }) => place)
        .filter((place) => !isUrl(place))
        .map((place) => path.dirname(place)),
      ...overlays,
    ]);
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on("all", (_, file) => {
    if (isInside(out, file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(runOnce);
    }, settleTime);
  });
  await runOnce();
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}

function isInside(folder: string | undefined, file: string): boolean {
  if (folder === undefined) return false;
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}
