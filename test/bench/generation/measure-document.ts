import { copyFileSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { median, peakMemory, timeProcess } from "../support/measure-process.js";
import { ours, ownCommand, peers } from "./tools.js";
import type { Tool } from "./tools.js";

/** A description to generate from. */
export interface MeasuredDocument {
  readonly title: string;
  readonly file: string;
  /** The same with one operation changed. */
  readonly changed: string | undefined;
  readonly rounds: number;
}

/** What a generator took for a document: medians, in milliseconds and megabytes. */
export interface ToolFigures {
  readonly name: string;
  readonly cold: number;
  /** The same command once more, with its output in place. */
  readonly again: number;
  readonly memory: number;
  readonly files: number;
  readonly bytes: number;
}

export interface DocumentFigures {
  readonly title: string;
  readonly ours: ToolFigures;
  /** The peers that could generate from it. */
  readonly peers: readonly ToolFigures[];
  readonly failed: readonly string[];
  /** `node -e 0`. */
  readonly node: number;
  readonly check: number;
  readonly oneChanged: number | undefined;
}

/** Measures every generator on a document, in turn, as often as it says. */
export async function measureDocument(
  document: MeasuredDocument,
  folder: string,
): Promise<DocumentFigures> {
  const tools = [ours, ...peers];
  const samples = new Samples();
  const outOf = ({ name }: Tool): string => path.join(folder, `out-${name}`);
  for (let round = 0; round < document.rounds; round += 1) {
    await samples.take("node", ["-e", "0"], folder);
    for (const tool of tools) {
      const out = outOf(tool);
      const command = tool.command(document.file, out);
      clear(out);
      await samples.take(`${tool.name} cold`, command, folder);
      await samples.take(`${tool.name} again`, command, folder);
    }
    const check = ownCommand("check", document.file, outOf(ours));
    await samples.take("check", check, folder);
    if (document.changed !== undefined) {
      await takeChanged(samples, document.file, document.changed, folder);
    }
  }
  const figures = new Map<Tool, ToolFigures>();
  for (const tool of tools.filter(({ name }) =>
    samples.succeeded(`${name} cold`),
  )) {
    const out = outOf(tool);
    clear(out);
    const memory = await peakMemory(tool.command(document.file, out), folder);
    figures.set(tool, {
      name: tool.name,
      cold: samples.median(`${tool.name} cold`),
      again: samples.median(`${tool.name} again`),
      memory,
      ...sizeOf(out),
    });
    clear(out);
  }
  const own = figures.get(ours);
  if (!own) throw new Error(`generate fails on ${document.file}`);
  return {
    title: document.title,
    ours: own,
    peers: peers.flatMap((peer) => figures.get(peer) ?? []),
    failed: peers.filter((peer) => !figures.has(peer)).map(({ name }) => name),
    node: samples.median("node"),
    check: samples.median("check"),
    oneChanged:
      document.changed === undefined
        ? undefined
        : samples.median("one changed"),
  };
}

/** The release that changes one operation: the document in place of the one that the output was made from. */
async function takeChanged(
  samples: Samples,
  before: string,
  after: string,
  folder: string,
): Promise<void> {
  const spec = path.join(folder, "released.yaml");
  const out = path.join(folder, "out-released");
  const command = ours.command(spec, out);
  clear(out);
  copyFileSync(before, spec);
  await timeProcess(command, folder);
  copyFileSync(after, spec);
  await samples.take("one changed", command, folder);
  clear(out);
}

/** Times by what was timed; what failed once has none. */
class Samples {
  readonly #times = new Map<string, (number | undefined)[]>();

  async take(
    name: string,
    command: readonly string[],
    folder: string,
  ): Promise<void> {
    const times = this.#times.get(name) ?? [];
    this.#times.set(name, [...times, await timeProcess(command, folder)]);
  }

  succeeded(name: string): boolean {
    return !(this.#times.get(name) ?? [undefined]).includes(undefined);
  }

  median(name: string): number {
    const times = this.#times.get(name) ?? [];
    return median(times.filter((time) => time !== undefined));
  }
}

function outputs(out: string): readonly string[] {
  return [out, `${out}.ts`];
}

function clear(out: string): void {
  for (const place of outputs(out)) {
    rmSync(place, { recursive: true, force: true });
  }
}

function sizeOf(out: string): {
  readonly files: number;
  readonly bytes: number;
} {
  const files = outputs(out).flatMap((place) => filesIn(place));
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
  };
}

function filesIn(place: string): readonly string[] {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
