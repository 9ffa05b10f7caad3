// A process of its own: a proxy before the server whose URL is its argument. It follows
// the schedule that a call carries in a header.
import { once } from "node:events";
import { Agent, createServer, request as send } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { successBody } from "./fault-case.js";
import { actHeader, scheduleHeader } from "./schedule.js";
import type { Schedule, Step, Trouble } from "./schedule.js";

const [, , upstream = ""] = process.argv;
const agent = new Agent({ keepAlive: true });
/** Requests of each call so far. */
const seen = new Map<string, number>();
/** Requests that the server gets, or has not answered yet. */
let pending = 0;

/** An answer of the server, read to its end. */
interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const server = createServer((request, response) => {
  serve(request, response).catch(() => request.socket.destroy());
});

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await read(request);
  const step = nextStep(request, body.toString());
  if (typeof step === "object") {
    if (step.executed === "before") await passOn(request, body);
    const passing = step.executed === "meanwhile" && passLater(request, body);
    await trouble(step, request, response);
    await passing;
    return;
  }
  const { status, body: answer } = await passOn(request, body, step);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(answer);
}

function nextStep(request: IncomingMessage, call: string): Step {
  const text = request.headers[scheduleHeader];
  const { steps } = JSON.parse(String(text)) as Schedule;
  const here = steps.filter((step) => step !== "connection refused");
  const number = seen.get(call) ?? 0;
  seen.set(call, number + 1);
  return here[number] ?? "executed";
}

/** The server goes on with it after the client has got its answer. */
async function passLater(
  request: IncomingMessage,
  body: Buffer,
): Promise<void> {
  pending += 1;
  try {
    await pause(5);
    await passOn(request, body);
  } finally {
    pending -= 1;
  }
}

async function passOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  act?: Exclude<Step, Trouble>,
): Promise<Answer> {
  pending += 1;
  try {
    const outgoing = send(new URL(url ?? "/", upstream), {
      method,
      headers: { ...headers, ...(act && { [actHeader]: act }) },
      agent,
    });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: incoming.statusCode ?? 0, body: await read(incoming) };
  } finally {
    pending -= 1;
  }
}

async function trouble(
  { answer }: Trouble,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { socket } = request;
  if (answer === "silence") return;
  if (answer === "reset") socket.resetAndDestroy();
  else if (answer === "end") socket.end();
  else if (answer === "garbage") socket.end("220 mail.example.com ESMTP\r\n");
  else if (answer === "cut off") {
    response.writeHead(200, { "content-length": successBody.length });
    response.write(successBody.slice(0, 20));
    // A reset overtakes what was sent a moment ago.
    await pause(5);
    socket.resetAndDestroy();
  } else {
    const { status, retryAfter, body } = answer;
    response.writeHead(status, {
      ...(retryAfter !== undefined && { "retry-after": retryAfter }),
    });
    response.end(body);
  }
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
// Asked for anything, it answers when the server has nothing left to do.
process.on("message", () => {
  const timer = setInterval(() => {
    if (pending > 0) return;
    clearInterval(timer);
    process.send?.("idle");
  }, 10);
});
