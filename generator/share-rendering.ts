import { setImmediate } from "node:timers/promises";
import type { SourceFile } from "./emit/source-file.js";
import type { RenderingHelper } from "./rendering-helper.js";

/** How many files are rendered at a time, for the helper to get its share. */
const handful = 8;

/** Files whose size grows with the description: they are begun first. */
const largeFiles = [
  "errors.ts",
  "error-catalogue.ts",
  "schemas.ts",
  "drift.ts",
  "webhooks.ts",
];

/**
 * Renders files, a handful at a time, on this thread and on a helper's if there is
 * one: whoever is done with some takes the next.
 *
 * @param render - renders some on this thread
 */
export async function shareRendering(
  paths: readonly string[],
  render: (paths: readonly string[]) => Promise<readonly SourceFile[]>,
  helper: RenderingHelper | undefined,
): Promise<readonly SourceFile[]> {
  const handfuls = handfulsOf(paths);
  const take = (): readonly string[] | undefined => handfuls.shift();
  const helped = helper?.help(take) ?? Promise.resolve([]);
  // It is looked at when this thread is done; until then nobody else handles it.
  helped.catch(() => undefined);
  const files: SourceFile[] = [];
  try {
    for (let next = take(); next; next = take()) {
      files.push(...(await render(next)));
      if (helper) await setImmediate();
    }
  } finally {
    // When this thread has failed, nobody needs the rest.
    handfuls.length = 0;
    helper?.dismiss();
  }
  return [...files, ...(await helped)];
}

function handfulsOf(paths: readonly string[]): (readonly string[])[] {
  const isLarge = (name: string): boolean => largeFiles.includes(name);
  const others = paths.filter((name) => !isLarge(name));
  const count = Math.ceil(others.length / handful);
  return [
    ...largeFiles.filter((name) => paths.includes(name)).map((name) => [name]),
    ...Array.from({ length: count }, (_, index) =>
      others.slice(index * handful, (index + 1) * handful),
    ),
  ];
}
