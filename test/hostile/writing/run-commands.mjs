// node run-commands.mjs ENTRY PROJECTS: runs check, diff and generate of the package in each
// folder of a JSON list, and prints how each of them ended.
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

const [entry, projects] = process.argv.slice(2);
const { check, diff, generate } = await import(pathToFileURL(entry).href);
const commands = { check, diff, generate };

for (const project of JSON.parse(projects)) {
  const options = { cwd: project, spec: "spec/openapi.yaml" };
  for (const [command, run] of Object.entries(commands)) {
    const start = performance.now();
    const codes = await run(options).then(
      () => [],
      ({ diagnostics, message }) =>
        diagnostics?.map(({ code }) => code) ?? [`crash: ${message}`],
    );
    const seconds = (performance.now() - start) / 1000;
    console.log(JSON.stringify({ project, command, codes, seconds }));
  }
}
