import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { bundle, createConfig } from "@redocly/openapi-core";
import { build } from "esbuild";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import { installPeers, peerProgram } from "../support/peers.js";
import type { Sent } from "./measure.js";

/** How each peer's client is used: every call is signed, in the way that the peer provides for. */
const contestants = `
  import createOpenapiFetch from "openapi-fetch";
  import { propayExecute as orvalExecute } from "./orval.ts";
  import { createClient, createConfig } from "./hey-api/client/index.ts";
  import { propayExecute as heyApiExecute } from "./hey-api/sdk.gen.ts";

  const addTo = async (request, sign) => {
    for (const [name, value] of Object.entries(await sign())) {
      request.headers.set(name, value);
    }
    return request;
  };

  export const orvalUnsigned = ({ input, headers }) => async () =>
    (await orvalExecute(input, { headers })).data.data;

  export const orval = ({ input, sign }) => async () =>
    (await orvalExecute(input, { headers: await sign() })).data.data;

  export const openapiFetch = ({ baseUrl, input, sign }) => {
    const client = createOpenapiFetch({ baseUrl });
    client.use({ onRequest: ({ request }) => addTo(request, sign) });
    return async () =>
      (await client.POST("/propay.execute", { body: input })).data.data;
  };

  export const heyApi = ({ baseUrl, input, sign }) => {
    const client = createClient(createConfig({ baseUrl, fetch: globalThis.fetch }));
    client.interceptors.request.use((request) => addTo(request, sign));
    return async () =>
      (await heyApiExecute({ client, body: input })).data.data;
  };
`;

/**
 * Has every peer generate a client for `propay.execute`, and bundles them with ours.
 *
 * @param answer - what the server, or a `fetch` in memory, answers with
 * @returns the path of a module that prints its figures as JSON
 */
export async function bundleClients(
  folder: string,
  sent: Sent,
  answer: string,
): Promise<string> {
  const peers = await installPeers();
  mkdirSync(folder, { recursive: true });
  await writeExtract(path.join(folder, "openapi.json"));
  writeFileSync(
    path.join(folder, "orval.config.mjs"),
    `export default { api: {
      input: "./openapi.json",
      output: { target: "./orval.ts", client: "fetch", baseUrl: ${JSON.stringify(sent.baseUrl)} },
    } };`,
  );
  const orval = peerProgram("orval", "orval");
  const heyApi = peerProgram("@hey-api/openapi-ts", "openapi-ts");
  await generate([orval, "--config", "orval.config.mjs"], folder);
  await generate(
    [heyApi, "--input", "openapi.json", "--output", "hey-api"],
    folder,
  );
  writeFileSync(path.join(folder, "contestants.js"), contestants);
  const outfile = path.join(folder, "measure.mjs");
  await build({
    stdin: {
      contents: `
        import { measure } from ${JSON.stringify(path.join(import.meta.dirname, "measure.ts"))};
        import { heyApi, openapiFetch, orval, orvalUnsigned } from "./contestants.js";
        const peers = { orval, "openapi-fetch": openapiFetch, "hey-api": heyApi };
        const others = { "orval, signed beforehand": orvalUnsigned };
        console.log(JSON.stringify(
          await measure(${JSON.stringify(sent)}, ${JSON.stringify(answer)}, peers, others),
        ));`,
      resolveDir: folder,
    },
    outfile,
    nodePaths: [path.join(peers, "node_modules")],
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  return outfile;
}

/** The shipped description with one operation, and without the extensions that orval stumbles over. */
async function writeExtract(file: string): Promise<void> {
  const { bundle: bundled } = await bundle({
    ref: path.join(packageFolder, "spec/2025-03-24/openapi.yaml"),
    config: await createConfig({}),
  });
  const { paths, ...document } = bundled.parsed as {
    paths: Readonly<Record<string, unknown>>;
  };
  const method = "/propay.execute";
  writeFileSync(
    file,
    JSON.stringify(
      { ...document, webhooks: {}, paths: { [method]: paths[method] } },
      (key, value: unknown) => (key.startsWith("x-") ? undefined : value),
    ),
  );
}

async function generate(
  command: readonly string[],
  folder: string,
): Promise<void> {
  const { exitCode, stdout, stderr } = await runCommand(
    process.execPath,
    command,
    folder,
  );
  if (exitCode !== 0)
    throw new Error(`${command.join(" ")}\n${stdout}${stderr}`);
}
