// npm run bench [name…] [-- --write]: runs the benchmarks, all unless some are named,
// and prints their tables; with --write it puts them into the pages of docs/ that have their markers too.
import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { format } from "prettier";

/** What `<name>/bench.ts` exports as `bench`: it measures, and returns Markdown. */
export type Benchmark = () => Promise<string>;

const folder = import.meta.dirname;
const docs = path.resolve(folder, "../../docs");

/** Puts a table between the markers of its benchmark; undefined when a text has none. */
function withTable(
  text: string,
  name: string,
  table: string,
): string | undefined {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function isPage(name: string): boolean {
  return name.endsWith(".md");
}

async function writeTable(name: string, table: string): Promise<void> {
  for (const page of readdirSync(docs).filter(isPage)) {
    const file = path.join(docs, page);
    const text = withTable(await readFile(file, "utf8"), name, table);
    if (text === undefined) continue;
    await writeFile(file, await format(text, { parser: "markdown" }));
    return;
  }
  throw new Error(`no page of docs/ has the markers of ${name}`);
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
