import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { TlsOptions } from "node:tls";

/** What a server does to a connection, one after the other. */
export type Step =
  /** Sends bytes; text as UTF-8. */
  | { readonly send: string | Uint8Array }
  /** Sends bytes in small pieces, with a pause after each. */
  | {
      readonly drip: string | Uint8Array;
      readonly pieceLength?: number;
      readonly everyMs?: number;
    }
  /** Sends the same bytes again and again, as fast as they are taken, until the client hangs up. */
  | { readonly flood: string | Uint8Array }
  /** Answers with this status and with the head of the request as the body, as some proxies do. */
  | { readonly echo: number }
  /** Does nothing for some milliseconds. */
  | { readonly wait: number }
  /** Closes the connection in order. */
  | "end"
  /** Closes it with a TCP reset. */
  | "reset"
  /** Leaves it open and does nothing more. */
  | "stall"
  /** Tells the test that it has come so far. */
  | "notify";

/** How a server treats one request. */
export interface Fault {
  /** How much of the request it waits for; all of it unless given. */
  readonly after?: "connect" | "head" | "request";
  readonly steps: readonly Step[];
}

/** A request as far as it came. */
export interface FaultyRequest {
  readonly path: string;
  /** The head, verbatim. */
  readonly head: string;
  readonly body: Buffer;
  /** Number of the connection that it came over, from 1. */
  readonly connection: number;
}

/** A server on loopback that speaks bytes, not HTTP. */
export interface FaultServer {
  readonly url: string;
  /** Requests whose head arrived, in their order. */
  readonly requests: readonly FaultyRequest[];
  /** Connections that are open now. */
  openConnections(): number;
  close(): Promise<void>;
}

export interface FaultServerOptions {
  /** Serves TLS with these options. */
  readonly tls?: TlsOptions | undefined;
  /** Called by the step `notify`. */
  readonly onNotify?: (() => void) | undefined;
}

/**
 * Starts a server that treats each request (or connection, for a fault after
 * `connect`) by the next fault, and by the last one when there are no more.
 */
export async function startFaultServer(
  faults: readonly Fault[],
  { tls, onNotify }: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: FaultyRequest[] = [];
  const sockets = new Set<Socket>();
  let served = 0;
  let accepted = 0;
  const next = (): Fault => {
    const fault = faults[Math.min(served, faults.length - 1)];
    served += 1;
    return fault ?? { steps: ["stall"] };
  };
  const serve = (socket: Socket): void => {
    // What the client does to the connection is the client's affair.
    socket.on("error", () => undefined);
    accepted += 1;
    const treatment = { next, requests, onNotify, connection: accepted };
    treat(socket, treatment).catch(() => socket.destroy());
  };
  const server: Server = tls
    ? createTlsServer(tls, serve)
    : createServer(serve);
  // Below TLS too: a handshake that fails never becomes a connection of the TLS server.
  server.on("connection", (socket: Socket) => {
    socket.on("error", () => undefined);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    openConnections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Treatment {
  readonly next: () => Fault;
  readonly requests: FaultyRequest[];
  readonly onNotify: (() => void) | undefined;
  readonly connection: number;
}

/** Reads the requests of one connection and does what their faults say. */
async function treat(
  socket: Socket,
  { next, requests, onNotify, connection }: Treatment,
): Promise<void> {
  let received = Buffer.alloc(0);
  socket.on("end", () => socket.end());
  let wake = (): void => undefined;
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const more = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  while (!socket.destroyed) {
    const fault = next();
    let requestHead = "";
    if (fault.after !== "connect") {
      let head: string | undefined;
      while ((head = headOf(received)) === undefined) await more();
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const end = Buffer.byteLength(head) + length;
      if (fault.after !== "head") while (received.length < end) await more();
      requests.push({
        path: head.split(" ", 2)[1] ?? "",
        head,
        body: received.subarray(Buffer.byteLength(head), end),
        connection,
      });
      received = received.subarray(end);
      requestHead = head;
    }
    for (const step of fault.steps) {
      if (step === "notify") onNotify?.();
      else if (typeof step === "object" && "echo" in step) {
        const top = `HTTP/1.1 ${step.echo} Echo\r\nconnection: close\r\n`;
        const length = `content-length: ${requestHead.length}\r\n\r\n`;
        await write(socket, Buffer.from(top + length + requestHead));
      } else await take(socket, step);
    }
  }
}

function headOf(received: Buffer): string | undefined {
  const end = received.indexOf("\r\n\r\n");
  return end === -1
    ? undefined
    : received.subarray(0, end + 4).toString("latin1");
}

async function take(
  socket: Socket,
  step: Exclude<Step, "notify" | { readonly echo: number }>,
): Promise<void> {
  if (step === "end") {
    socket.end();
    await closed(socket);
  } else if (step === "reset") {
    socket.resetAndDestroy();
  } else if (step === "stall") {
    await closed(socket);
  } else if ("send" in step) {
    await write(socket, Buffer.from(step.send));
  } else if ("wait" in step) {
    await pause(socket, step.wait);
  } else if ("flood" in step) {
    const bytes = Buffer.from(step.flood);
    while (!socket.destroyed) await write(socket, bytes);
  } else {
    const { pieceLength = 1, everyMs = 1 } = step;
    const bytes = Buffer.from(step.drip);
    for (let sent = 0; sent < bytes.length; sent += pieceLength) {
      if (socket.destroyed) return;
      await write(socket, bytes.subarray(sent, sent + pieceLength));
      await pause(socket, everyMs);
    }
  }
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    socket.write(bytes, () => {
      resolve();
    });
  });
}

/** Waits, or less when the connection ends: no timer outlives it. */
function pause(socket: Socket, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      socket.off("close", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    socket.on("close", done);
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else
      socket.on("close", () => {
        resolve();
      });
  });
}
