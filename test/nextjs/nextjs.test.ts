import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kompliantCodegen } from "../cli/support/run-command.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";
import { documentedCredentials } from "../support/credentials.js";
import { installPackages } from "../support/install-packages.js";
import { startKompliantServer, success } from "../support/kompliant-server.js";
import type { KompliantServer } from "../support/kompliant-server.js";
import {
  applicationFiles,
  cacheable,
  callsPerVisit,
  routes,
} from "./application.js";

const setUpMs = 500_000;
const visits = Object.entries(routes).flatMap(([name, { methods = ["GET"] }]) =>
  methods.map((method) => [method, name] as const),
);

let server: KompliantServer;
let next: ChildProcess | undefined;
let url: string;
let sentByBuild: number;

beforeAll(async () => {
  server = await startKompliantServer();
  for (const path of ["/propay.get", "/propay.execute"]) {
    server.answer(path, () => {
      const { status } = success({});
      const meta = {
        status: "SUCCESS",
        trace_id: `trc_${server.requests.length}`,
      };
      const propay = { propay_id: "ape_1", queued_operations: [] };
      return { status, json: { meta, data: { propay } } };
    });
  }
  const folder = await application();
  await build(folder);
  sentByBuild = server.requests.length;
  url = await start(folder);
}, setUpMs);

afterAll(async () => {
  next?.kill();
  await server.close();
});

it("building the application calls nothing", () => {
  expect(sentByBuild).toBe(0);
});

it.each(visits)(
  "every call that %s of %s makes reaches the server",
  async (method, name) => {
    // The second visit would find in a cache what the first one put there.
    for (let visit = 1; visit <= 2; visit += 1) {
      const { sent, told } = await go(method, name);
      expect(sent).toHaveLength(callsPerVisit);
      expect([...told].sort()).toEqual([...sent].sort());
    }
  },
);

it("without the client's option, Next.js answers from its cache", async () => {
  const [name = ""] = Object.keys(cacheable);
  await go("GET", name);
  const { sent, told } = await go("GET", name);
  expect(sent).toEqual([]);
  expect(told).toHaveLength(callsPerVisit);
});

/** Visits a route; returns the trace ids that the server gave meanwhile, and those that the page shows. */
async function go(
  method: string,
  name: string,
): Promise<{ readonly sent: readonly string[]; readonly told: string[] }> {
  const before = server.requests.length;
  const response = await fetch(`${url}/${name}`, { method });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const [list = "[]"] = /\[[^\]]*\]/.exec(text.replaceAll("&quot;", '"')) ?? [];
  const sent = server.requests
    .slice(before)
    .map((_request, index) => `trc_${before + index + 1}`);
  return { sent, told: JSON.parse(list) as string[] };
}

/** A new folder with the application, a client that was generated into it, and Next.js. */
async function application(): Promise<string> {
  const folder = temporaryFolder({
    ...applicationFiles({ ...routes, ...cacheable }),
    "kompliant-codegen.config.json": JSON.stringify({
      out: "kompliant",
      importExtension: "",
    }),
  });
  const { exitCode, stderr } = await kompliantCodegen(["generate"], folder);
  expect(exitCode, stderr).toBe(0);
  const manifest = path.join(import.meta.dirname, "packages/package.json");
  const installed = await installPackages(
    "nextjs",
    readFileSync(manifest, "utf8"),
  );
  symlinkSync(installed, path.join(folder, "node_modules"));
  return folder;
}

/** Starts a command of Next.js. */
function nextCommand(
  folder: string,
  ...parameters: readonly string[]
): ChildProcess {
  const { apiKey, secretKey, authToken } = documentedCredentials;
  return spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", ...parameters],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        // Vitest sets it to "test".
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        CI: "true",
        API_URL: server.url,
        API_KEY: apiKey,
        SECRET_KEY: secretKey,
        AUTH_TOKEN: authToken,
      },
    },
  );
}

function build(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = nextCommand(folder, "build");
    const output = outputOf(child);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`next build failed:\n${output.join("")}`));
    });
  });
}

/** Starts the built application; returns its URL. */
function start(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    next = nextCommand(folder, "start", "-H", "127.0.0.1", "-p", "0");
    const output = outputOf(next, (text) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (address && text.includes("Ready")) resolve(address);
    });
    next.on("close", () => {
      reject(new Error(`next start ended:\n${output.join("")}`));
    });
  });
}

/** Everything that a process prints, as it grows. */
function outputOf(
  child: ChildProcess,
  onOutput?: (text: string) => void,
): readonly string[] {
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output.push(chunk.toString());
      onOutput?.(output.join(""));
    });
  }
  return output;
}
