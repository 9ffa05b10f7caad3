import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { fromMarkdown } from "mdast-util-from-markdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageFolder } from "../cli/support/run-command.js";
import { successKeptOpen } from "../faults/support/fault-case.js";
import { startFaultServer } from "../faults/support/fault-server.js";
import type { FaultServer } from "../faults/support/fault-server.js";
import { checkKsig1 } from "../support/ksig1-check.js";
import { documentedCredentials } from "../support/credentials.js";
import { unusedUrl } from "../support/unused-port.js";
import { holds, portableCases } from "./support/portable-cases.js";
import type { PortableCase } from "./support/portable-cases.js";
import type { ObservedCall, Plan, PlannedCall } from "./support/run-plan.js";
import { installRunTimes } from "./support/run-times.js";

const effects = ["read", "write"] as const;
const parent = path.join(packageFolder, "node_modules/.cache");
const runTimes = await installRunTimes();

/** TypeScript that the documentation gives for a run-time; it exports `documentedFetch`. */
const documentedFetches: Readonly<Record<string, string | undefined>> = {
  deno: codeOf("docs/production.md", "deno"),
};

let folder: string;
beforeAll(() => {
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(path.join(parent, "portability-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(runTimes)("on $name", (runTime) => {
  const cases = portableCases.filter(
    ({ only }) => only?.includes(runTime.name) ?? true,
  );
  const servers = new Map<string, FaultServer>();
  let observed: ReadonlyMap<string, ObservedCall>;

  beforeAll(async () => {
    const calls: PlannedCall[] = [];
    for (const portable of [...cases].sort(refusedLast)) {
      for (const effect of effects) {
        const name = `${portable.name} (${effect})`;
        calls.push(await plan(portable, effect, name, servers));
      }
    }
    const module = path.join(folder, `${runTime.name}.mjs`);
    await bundle(
      { credentials: documentedCredentials, calls },
      documentedFetches[runTime.name],
      module,
    );
    const results = await runTime.run(module);
    observed = new Map(results.map((call) => [call.name, call]));
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });

  for (const portable of cases) {
    for (const effect of effects) {
      const name = `${portable.name} (${effect})`;
      it(name, () => {
        const call = observed.get(name);
        const { expected, reusesConnection, newConnectionIn } = portable;
        const cannot = portable.cannotTell?.includes(runTime.name) ?? false;
        const repeats =
          holds(portable.repeated, effect) && (!cannot || effect === "read");
        expect(call, call?.cause).toMatchObject({
          ...expected,
          ...(cannot && { outcome: "unknown" }),
          attempts: repeats ? 2 : 1,
          ...(expected.code !== "ok" && { thrown: "KompliantError" }),
        });
        const server = servers.get(name);
        if (!server || expected.outcome === "not_sent") return;
        const resends = holds(portable.resentBy?.[runTime.name], effect);
        expect(server.requests).toHaveLength(
          (reusesConnection ? 1 : 0) + (repeats ? 2 : 1) + (resends ? 1 : 0),
        );
        if (reusesConnection) {
          const opens = holds(newConnectionIn?.[runTime.name], effect);
          expect(server.requests[1]?.connection).toBe(opens ? 2 : 1);
        }
        for (const request of server.requests) {
          expect(
            checkKsig1(received(request), documentedCredentials, undefined),
          ).toBeUndefined();
        }
      });
    }
  }
});

/** The block of TypeScript in a page that has this word behind `ts`. */
function codeOf(page: string, word: string): string {
  const text = readFileSync(path.join(packageFolder, page), "utf8");
  const code = fromMarkdown(text).children.find(
    (node) => node.type === "code" && node.meta === word,
  );
  if (code?.type !== "code") throw new Error(`${page}: no block "ts ${word}"`);
  return code.value;
}

/** A port that nobody listens on is looked for when no server can be given it any more. */
function refusedLast(left: PortableCase, right: PortableCase): number {
  const isRefused = ({ target }: PortableCase): number =>
    target === "refused port" ? 1 : 0;
  return isRefused(left) - isRefused(right);
}

async function plan(
  portable: PortableCase,
  effect: "read" | "write",
  name: string,
  servers: Map<string, FaultServer>,
): Promise<PlannedCall> {
  const { target, timeoutMs = 30_000 } = portable;
  const { abortAfterMs, signerHangs } = portable;
  const { reusesConnection, documentedFetch } = portable;
  const options = {
    name,
    effect,
    timeoutMs,
    ...(abortAfterMs !== undefined && { abortAfterMs }),
    ...(signerHangs !== undefined && { signerHangs }),
    ...(reusesConnection !== undefined && { reusesConnection }),
    ...(documentedFetch !== undefined && { documentedFetch }),
  };
  if (target === "refused port") {
    return { ...options, baseUrl: await unusedUrl() };
  }
  if (target === "unknown host") {
    return { ...options, baseUrl: "https://kompliant-codegen.invalid" };
  }
  const server =
    target === "self-signed certificate"
      ? await startFaultServer([{ steps: ["end"] }], { tls: selfSigned() })
      : await startFaultServer(
          reusesConnection ? [successKeptOpen, target] : [target],
        );
  servers.set(name, server);
  return { ...options, baseUrl: server.url };
}

function selfSigned(): { key: Buffer; cert: Buffer } {
  const pem = readFileSync(
    path.join(import.meta.dirname, "../faults/certificates/self-signed.pem"),
  );
  return { key: pem, cert: pem };
}

function received({ head, body }: FaultServer["requests"][number]) {
  const [, ...lines] = head.trim().split("\r\n");
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { method: "POST", headers: new Headers(pairs), body };
}

/** The client, the calls and what makes them, in one file that needs nothing else. */
async function bundle(
  plan: Plan,
  documentedFetch: string | undefined,
  outfile: string,
): Promise<void> {
  const source = path.join(import.meta.dirname, "support/run-plan.ts");
  await build({
    stdin: {
      contents: `
        import { runPlan } from ${JSON.stringify(source)};
        ${documentedFetch ?? "const documentedFetch = undefined;"}
        export const run = () => runPlan(${JSON.stringify(plan)}, documentedFetch);`,
      loader: "ts",
      resolveDir: packageFolder,
    },
    outfile,
    bundle: true,
    platform: "neutral",
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
}
