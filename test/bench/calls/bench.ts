import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import path from "node:path";
import process from "node:process";
import { createClient, ksig1, propay } from "../../../generated/index.js";
import { packageFolder, runCommand } from "../../cli/support/run-command.js";
import { documentedCredentials } from "../../support/credentials.js";
import { bundleClients } from "./client-bundle.js";
import type { Figure, Sent } from "./measure.js";

const answer = JSON.stringify({
  meta: {
    status: "SUCCESS",
    trace_id: "trc_8UyVpL6xNm3QrGzY9sKf2T",
    version: "2025-03-24",
  },
  data: {
    propay: {
      propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck",
      queued_operations: ["ONBOARDING"],
    },
  },
});

/**
 * What a call costs beside a bare `fetch` that sends the same signed bytes, with our
 * client and with those of three peers, in memory and over loopback.
 */
export async function bench(): Promise<string> {
  const folder = mkdtempSync(
    path.join(packageFolder, "node_modules/.cache/calls-"),
  );
  const server = await startServer();
  try {
    const { port } = server.address() as AddressInfo;
    const sent = await signedRequest(`http://127.0.0.1:${port}`);
    const script = await bundleClients(folder, sent, answer);
    const { stdout, stderr, exitCode } = await runCommand(
      process.execPath,
      [script],
      folder,
    );
    if (exitCode !== 0) throw new Error(stderr);
    return renderTable(JSON.parse(stdout) as Figure[]);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
}

/** Answers every request alike; it has this process to itself while the other one measures. */
async function startServer(): Promise<Server> {
  const head = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer),
  };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, head).end(answer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}

/** The request as our client sends it, for the others to repeat. */
async function signedRequest(baseUrl: string): Promise<Sent> {
  const input = { propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck" };
  let headers = {};
  const client = createClient({
    baseUrl,
    signer: ksig1(documentedCredentials),
    fetch: (_url, init) => {
      headers = Object.fromEntries(new Headers(init.headers));
      return Promise.resolve(new Response(answer));
    },
  });
  await propay.execute(client, input);
  return { baseUrl, input, headers };
}

function renderTable(figures: readonly Figure[]): string {
  const settings = [...new Set(figures.map(({ setting }) => setting))];
  const contestants = [...new Set(figures.map(({ contestant }) => contestant))];
  const cell = (setting: string, contestant: string): string => {
    const figure = figures.find(
      (one) => one.setting === setting && one.contestant === contestant,
    );
    if (!figure) return "";
    return `${figure.ratio.toFixed(2)} (${figure.microseconds.toFixed(0)} µs)`;
  };
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(["", ...settings]),
    row(["---", ...settings.map(() => "---:")]),
    ...contestants.map((contestant) =>
      row([
        contestant,
        ...settings.map((setting) => cell(setting, contestant)),
      ]),
    ),
    "",
    `Medians, as ratios to the bare \`fetch\` of the same round. Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}.`,
  ].join("\n");
}
