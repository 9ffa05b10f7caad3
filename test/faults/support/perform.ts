import { readFileSync } from "node:fs";
import { getEventListeners } from "node:events";
import path from "node:path";
import { Agent } from "undici";
import { createClient, ksig1, propay } from "../../../generated/index.js";
import type {
  Client,
  Fetch,
  PropayExecuteError,
  PropayGetError,
  Result,
} from "../../../generated/index.js";
import { documentedCredentials } from "../../support/credentials.js";
import { unusedUrl } from "../../support/unused-port.js";
import { startFaultServer } from "./fault-server.js";
import type { FaultServer } from "./fault-server.js";
import type { FaultCase, Target, Tls } from "./fault-case.js";

/** `read` performs `propay.get`, `write` performs `propay.execute`. */
export type Effect = "read" | "write";

export type AnyResult = Result<unknown, PropayGetError | PropayExecuteError>;

/** What came of a case. */
export interface Performed {
  readonly result: AnyResult;
  /** What the hooks were told. */
  readonly events: readonly unknown[];
  /** Requests that the server saw. */
  readonly requests: number;
  /** Listeners that are left on the caller's signal. */
  readonly listeners: number;
  /** Connections that the client left open. */
  readonly connections: number;
}

/** Nothing here takes this long: a call that does hangs. */
const watchdogMs = 30_000;

const input = { propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck" };

/** Performs an operation that only reads, or one that changes something. */
export function perform(
  client: Client,
  effect: Effect,
  signal: AbortSignal,
): Promise<AnyResult> {
  return effect === "read"
    ? propay.get(client, input, { signal })
    : propay.execute(client, input, { signal });
}

/** Performs a case once against a server of its own. */
export async function performCase(
  faultCase: FaultCase,
  effect: Effect,
): Promise<Performed> {
  const { target, tls, signer, timeoutMs = 20_000, abort } = faultCase;
  const controller = new AbortController();
  const giveUp = (): void => {
    controller.abort(new Error("the caller gave up"));
  };
  const server = await startFaultServer(
    typeof target === "string" ? [] : [target],
    { tls: serverTls(tls), onNotify: giveUp },
  );
  const agent = tls?.trusted ? trustingAgent() : undefined;
  const events: unknown[] = [];
  try {
    const client = createClient({
      baseUrl: await urlOf(target, server, tls),
      signer: signer
        ? (request) => signer(request, giveUp)
        : ksig1(documentedCredentials),
      retry: { attempts: 2, baseDelayMs: 0 },
      timeoutMs,
      onRequest: (event) => {
        events.push(event);
        if (abort === "when told of a request") giveUp();
      },
      onResponse: (event) => {
        events.push(event);
        if (abort === "soon after an answer") setTimeout(giveUp, 20);
      },
      ...(agent && { fetch: through(agent) }),
    });
    if (abort === "before the call") giveUp();
    const result = await watched(perform(client, effect, controller.signal));
    return {
      result,
      events,
      requests: server.requests.length,
      listeners: getEventListeners(controller.signal, "abort").length,
      connections: faultCase.keepsConnecting
        ? 0
        : await connectionsLeft(server),
    };
  } finally {
    await agent?.close();
    await server.close();
  }
}

async function urlOf(
  target: Target,
  server: FaultServer,
  tls: Tls | undefined,
): Promise<string> {
  if (target === "refused port") return unusedUrl();
  if (target === "unknown host") return "https://kompliant-codegen.invalid";
  return tls?.plainText ? server.url.replace("http:", "https:") : server.url;
}

/** Rejects when a call hangs. */
export async function watched<Value>(call: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("the call hangs"));
    }, watchdogMs);
  });
  try {
    return await Promise.race([call, hangs]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gives the client a moment to close its connections. */
export async function connectionsLeft(server: FaultServer): Promise<number> {
  for (let moment = 0; moment < 100; moment += 1) {
    if (server.openConnections() === 0) return 0;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server.openConnections();
}

const certificates = path.resolve(import.meta.dirname, "../certificates");

function certificate(name: string): Buffer {
  return readFileSync(path.join(certificates, `${name}.pem`));
}

function serverTls(tls: Tls | undefined): object | undefined {
  if (!tls || tls.plainText) return undefined;
  const pem = certificate(tls.certificate);
  return {
    key: pem,
    cert: pem,
    ...(tls.requestsCertificate && {
      requestCert: true,
      rejectUnauthorized: true,
    }),
  };
}

function trustingAgent(): Agent {
  return new Agent({ connect: { ca: certificate("authority") } });
}

/** The global `fetch` over connections of our own. */
function through(dispatcher: Agent): Fetch {
  return (url, init) =>
    fetch(url, { ...init, dispatcher } as RequestInit & {
      dispatcher: Agent;
    });
}
