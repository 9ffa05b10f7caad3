import path from "node:path";
import type { FSWatcher } from "chokidar";
import { configFiles, resolveClients } from "../config/options.js";
import type { GenerateOptions, ResolvedOptions } from "../config/options.js";
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
  let outputs: readonly string[] = [];
  const isOutput = (file: string): boolean =>
    outputs.some((folder) => isInside(folder, file));
  const watcher: FSWatcher = watch([...configFiles(options)], {
    ignoreInitial: true,
    ignored: (file, stats) =>
      isOutput(file) ||
      /[\\/](?:\.git|node_modules)$/.test(file) ||
      (stats?.isFile() === true && !/\.(?:ya?ml|json|[cm]?[jt]s)$/.test(file)),
  });

  const runOnce = async (): Promise<void> => {
    await run();
    // A configuration that makes no sense has been reported by the run.
    const resolved = await resolveClients(options).catch(() => undefined);
    if (!resolved) return;
    outputs = resolved.clients.map(({ out }) => out);
    watcher.add(resolved.clients.flatMap(watchedPlaces));
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on("all", (_, file) => {
    if (isOutput(file)) return;
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

/** The folders of a client's documents, and its overlays. */
function watchedPlaces({
  specs,
  overlays,
}: ResolvedOptions): readonly string[] {
  const folders = specs
    .map(({ place }) => place)
    .filter((place) => !isUrl(place))
    .map((place) => path.dirname(place));
  return [...folders, ...overlays];
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}
