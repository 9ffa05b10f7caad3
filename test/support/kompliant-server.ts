import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { documentedCredentials } from "./credentials.js";
import { checkKsig1 } from "./ksig1-check.js";
import type { OpenFormats, WireError } from "./ksig1-check.js";

/** A request as it came over the wire. */
interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  /** The bytes of the body, as received. */
  readonly body: Buffer;
}

/** An answer: a body that is sent as JSON, or bytes that are sent as they are. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
} & ({ readonly json: unknown } | { readonly bytes: string | Uint8Array });

type Answer = (request: ReceivedRequest) => Reply | Promise<Reply>;
type Act = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server on loopback that authenticates like Kompliant. */
export interface KompliantServer {
  readonly url: string;
  /** Everything received so far, refused requests included. */
  readonly requests: readonly ReceivedRequest[];
  /** Answers authentic requests for a path. */
  answer: (path: string, answer: Answer) => void;
  /** Leaves requests for a path to the test, authentic or not. */
  act: (path: string, act: Act) => void;
  close: () => Promise<void>;
}

/** The envelope of a success, with the documented trace id and version. */
export function success(data: unknown): Reply {
  const meta = { status: "SUCCESS", trace_id: traceId, version: "2025-03-24" };
  return { status: 200, json: { meta, data } };
}

/** The envelope of a failure. */
export function refusal(
  status: number,
  errors: readonly unknown[],
): Reply & { readonly status: number } {
  const meta = { status: "ERROR", trace_id: traceId, version: "2025-03-24" };
  return { status, json: { meta, errors } };
}

/** The trace id that {@link success} and {@link refusal} carry. */
export const traceId = "trc_8UyVpL6xNm3QrGzY9sKf2T";

/** Starts a server that knows the documented credentials. */
export async function startKompliantServer(
  formats?: OpenFormats,
): Promise<KompliantServer> {
  const requests: ReceivedRequest[] = [];
  const answers = new Map<string, Answer>();
  const acts = new Map<string, Act>();

  const reply = async (request: ReceivedRequest): Promise<Reply> => {
    const error = checkKsig1(request, documentedCredentials, formats);
    // The documented examples of authentication errors carry no meta.
    if (error) return { status: 401, json: { errors: [error] } };
    const answer = answers.get(request.path);
    if (answer) return await answer(request);
    const unknownPath: WireError = {
      code: "BAD_REQUEST",
      message: "Unknown method.",
    };
    return refusal(400, [unknownPath]);
  };

  const serve = async (
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const request = await receive(incoming);
    requests.push(request);
    const act = acts.get(request.path);
    if (act) act(request, response);
    else write(response, await reply(request));
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A handler that throws must show up in the test that gave it.
      write(response, { status: 599, bytes: String(error) });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer: (path, answer) => {
      answers.set(path, answer);
    },
    act: (path, act) => {
      acts.set(path, act);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers,
    body: Buffer.concat(chunks),
  };
}

function write(response: ServerResponse, reply: Reply): void {
  const json = "json" in reply;
  response.writeHead(reply.status, {
    ...(json && { "content-type": "application/json" }),
    ...reply.headers,
  });
  response.end(json ? JSON.stringify(reply.json) : reply.bytes);
}
