// npm run bench [name…] [-- --write]: runs the benchmarks, all unless some are named,
// and prints their tables; with --write it puts them into docs/benchmarks.md too.
import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { format } from "prettier";

/** What `<name>/bench.ts` exports as `bench`: it measures, and returns Markdown. */
export type Benchmark = () => Promise<string>;

const folder = import.meta.dirname;
const page = path.resolve(folder, "../../docs/benchmarks.md");

/** Puts a table between the markers of its benchmark. */
function withTable(text: string, name: string, table: string): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} lacks ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

async function writeTable(name: string, table: string): Promise<void> {
  const text = withTable(await readFile(page, "utf8"), name, table);
  await writeFile(page, await format(text, { parser: "markdown" }));
}

async function run(wanted: readonly string[], write: boolean): Promise<void> {
  const known = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "bench.ts")))
    .sort();
  for (const name of wanted) {
    if (known.includes(name)) continue;
    throw new Error(`no benchmark ${name}; there are ${known.join(", ")}`);
  }
  for (const name of wanted.length > 0 ? wanted : known) {
    const module = pathToFileURL(path.join(folder, name, "bench.ts")).href;
    const { bench } = (await import(module)) as { bench: Benchmark };
    const table = await bench();
    process.stdout.write(`${table}\n\n`);
    if (write) await writeTable(name, table);
  }
}

const words = process.argv.slice(2);
await run(
  words.filter((word) => word !== "--write"),
  words.includes("--write"),
);
