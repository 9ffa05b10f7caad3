// A process of its own: a server that streams as the query of the URL says.
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

/** What the server does, one after the other. */
export type StreamStep =
  /** Sends bytes, in base64, as a chunk of their own. */
  | { readonly send: string }
  | { readonly waitMs: number }
  /** Sends the same bytes without an end. */
  | { readonly flood: string }
  /** Closes the connection in the middle of the body. */
  | "die"
  /** Leaves it open. */
  | "stall";

/** A response, as JSON in the query. */
export interface StreamPlan {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isCompressed?: boolean;
  readonly steps: readonly StreamStep[];
}

/** What the server tells about itself. */
export interface StreamServerState {
  /** Responses that are neither complete nor given up. */
  readonly open: number;
  readonly requests: number;
  /** `Last-Event-ID` of the last request. */
  readonly lastEventId: string | null;
}

let open = 0;
let requests = 0;
let lastEventId: string | null = null;

async function perform(
  response: ServerResponse,
  { status = 200, headers, isCompressed, steps }: StreamPlan,
): Promise<void> {
  response.writeHead(status, {
    ...headers,
    ...(isCompressed && { "content-encoding": "gzip" }),
  });
  response.flushHeaders();
  for (const step of steps) {
    if (step === "stall") return;
    if (step === "die") {
      // What was sent before is to arrive.
      await pause(50);
      response.destroy();
      return;
    }
    if ("waitMs" in step) await pause(step.waitMs);
    else if ("flood" in step) {
      const bytes = Buffer.from(step.flood, "base64");
      while (!response.destroyed) {
        if (!response.write(bytes)) await pause(1);
      }
    } else {
      const bytes = Buffer.from(step.send, "base64");
      response.write(isCompressed ? gzipSync(bytes) : bytes);
      // A chunk of its own on the way, mostly.
      await pause(2);
    }
  }
  response.end();
}

const server = createServer((request, response) => {
  requests += 1;
  open += 1;
  response.on("close", () => {
    open -= 1;
  });
  const id = request.headers["last-event-id"];
  lastEventId =
    typeof id === "string" ? Buffer.from(id, "latin1").toString("utf8") : null;
  const url = new URL(request.url ?? "", "http://127.0.0.1");
  const plan = JSON.parse(url.searchParams.get("plan") ?? "{}") as StreamPlan;
  void perform(response, plan);
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("message", () => {
  const state: StreamServerState = { open, requests, lastEventId };
  process.send?.(state);
});
