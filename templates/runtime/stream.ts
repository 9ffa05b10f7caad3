import { call, clientFailure } from "./call.js";
import { ignore, openDeadline } from "./deadline.js";
import type { Deadline } from "./deadline.js";
import { invalid, success } from "./decode.js";
import type { ClientError } from "./errors.js";
import { KompliantError } from "./kompliant-error.js";
import { Unreadable, eventParser, lineParser } from "./parse-stream.js";
import type { Parser } from "./parse-stream.js";
import { encoder } from "./request.js";
import type { Failed, Failure, ResponseInfo } from "./result.js";
import { addSettings, must } from "./settings.js";
import { reasonOf } from "./transport.js";
import type {
  Answer,
  CallOptions,
  Client,
  Decoded,
  Fetch,
  HeadersInit,
  Operation,
} from "./types.js";

/** One item of a stream. */
export interface StreamedItem<Data> {
  readonly ok: true;
  readonly data: Data;
}

/** One event of a stream of server-sent events. */
export interface StreamedEvent<Data> extends StreamedItem<Data> {
  /** Type of the event; `message` when the server names none. */
  readonly event: string;
  /** The last id that the server has sent so far, for `lastEventId`; empty when it has sent none. */
  readonly id: string;
  /** Milliseconds to wait before connecting again, where the server has asked for it so far. */
  readonly retry: number | undefined;
}

/**
 * What went wrong in a stream. `client.invalid_response` for an item that cannot be read:
 * the next one may be fine. After any other error, and after an item that is too long, the
 * stream is over.
 */
export type FailedItem = Failed<ClientError>;

/** Server-sent events, read as they arrive; to be iterated once. It never throws. */
export type EventStream<Data> = AsyncIterable<StreamedEvent<Data> | FailedItem>;

/** Lines of JSON, read as they arrive; to be iterated once. It never throws. */
export type LineStream<Data> = AsyncIterable<StreamedItem<Data> | FailedItem>;

/** The bytes of a stream whose items have no type. It fails with a `KompliantError`. */
export type ByteStream = NonNullable<Response["body"]>;

/** Options of a call whose response is a stream of server-sent events. */
export interface EventStreamOptions extends CallOptions {
  /** Sent as `Last-Event-ID`: asks the server to continue behind this event. */
  readonly lastEventId?: string | undefined;
}

/** What the items of a stream are. */
type StreamKind = "events" | "textEvents" | "lines" | "bytes";

/** An operation whose successful response is a stream. Its `decode` reads any other response. */
export interface StreamOperation extends Operation {
  readonly stream: StreamKind;
  /** Media types of the stream. */
  readonly mediaTypes: readonly string[];
}

/** A body whose reading has begun. */
interface Source {
  readonly read: () => Promise<{
    readonly done: boolean;
    readonly value?: unknown;
  }>;
  readonly cancel: () => void;
}

/** What reading a stream needs besides its body. */
interface Context {
  readonly source: Source;
  readonly operation: StreamOperation;
  readonly answer: Answer;
  readonly maxBytes: number;
  /** Begins to wait for an item. */
  readonly wait: () => Deadline;
  /** Frees the caller's signal. */
  readonly release: () => void;
}

/**
 * Performs an operation whose response is a stream: resolves when the head of the response
 * has arrived, with the stream as `data`. The stream is never opened again by itself.
 *
 * @returns the result, as {@link call} does; rejects for the same reasons
 */
export async function callStream(
  client: Client,
  operation: StreamOperation,
  input: unknown,
  options: EventStreamOptions = {},
): Promise<never> {
  const { name } = operation;
  must(Object(options) === options, name, "options must be an object");
  const { lastEventId, signal } = options;
  must(
    lastEventId === undefined || typeof lastEventId === "string",
    name,
    "lastEventId must be a string",
  );
  const { limits } = addSettings(client.settings, options, name);
  let source: Source | undefined;
  const fetch: Fetch = async (url, init) => {
    const { fetch: send } = client;
    const { signal: attempt } = init;
    source = undefined;
    const received = await send(url, init);
    const opened = openSource(received, operation);
    if (!opened) return received;
    // The head, with a body that ends at once: the call reads no further.
    const { status, headers } = received;
    const body = { getReader: () => ({ read: ended, cancel: opened.cancel }) };
    // Nobody waits for an attempt that is over, and the next one may have begun.
    if (!attempt?.aborted) source = opened;
    return { status, headers, body } as unknown as Response;
  };
  const decode = (_operation: Operation, answer: Answer): Decoded => {
    if (!source) return operation.decode(operation, answer);
    const { cancel } = source;
    signal?.addEventListener("abort", cancel);
    const data = open(operation.stream, {
      source,
      operation,
      answer,
      maxBytes: limits.maxBodyBytes,
      wait: () =>
        openDeadline(limits.timeoutMs, "timeoutMs", signal, () => ({
          code: "client.aborted",
          message: "the call was aborted",
          cause: signal?.reason,
        })),
      release: () => {
        signal?.removeEventListener("abort", cancel);
      },
    });
    return success(data, { status: "SUCCESS" });
  };
  return call({ ...client, fetch }, { ...operation, decode }, input, {
    ...options,
    ...(lastEventId && { headers: withId(options.headers, lastEventId) }),
  });
}

/** Headers that ask for what comes after an event, whose id goes out in UTF-8. */
function withId(headers: HeadersInit = {}, id: string): HeadersInit {
  const isList = Symbol.iterator in Object(headers);
  const pairs = isList
    ? [...(headers as Iterable<[string, string]>)]
    : Object.entries(headers as Record<string, string>);
  const value = [...encoder.encode(id)].map((byte) =>
    String.fromCharCode(byte),
  );
  return [...pairs, ["last-event-id", value.join("")]];
}

function ended(): Promise<{ readonly done: true }> {
  return Promise.resolve({ done: true });
}

/** Begins to read a response that is the stream; undefined when it is anything else, even no response. */
function openSource(
  received: unknown,
  { mediaTypes }: StreamOperation,
): Source | undefined {
  try {
    const response = received as ResponseInfo & Pick<Response, "arrayBuffer">;
    const { status, headers } = response;
    const { body } = response as { readonly body?: ByteStream | null };
    const type = new Headers(headers).get("content-type") ?? "";
    const [given = ""] = type.toLowerCase().split(";");
    const isStream = type === "" || mediaTypes.includes(given.trim());
    if (!isStream || status < 200 || status > 299 || body === null) {
      return undefined;
    }
    const reader = body?.getReader() ?? readerOf(response);
    return {
      read: () => reader.read(),
      cancel: () => {
        // Whatever it throws, rejects with or does not return.
        new Promise((resolve) => {
          resolve(reader.cancel());
        }).catch(ignore);
      },
    };
  } catch {
    return undefined;
  }
}

/** A body that is no stream, as its only chunk. */
function readerOf(response: Pick<Response, "arrayBuffer">): Source {
  let isRead = false;
  return {
    read: async () => {
      if (isRead) return { done: true };
      isRead = true;
      return {
        done: false,
        value: new Uint8Array(await response.arrayBuffer()),
      };
    },
    cancel: ignore,
  };
}

function open(kind: StreamKind, context: Context): unknown {
  const { maxBytes, operation } = context;
  if (kind === "bytes") return byteStream(context);
  const parser =
    kind === "lines"
      ? lineParser(maxBytes, operation.mediaTypes)
      : eventParser(maxBytes, kind === "events");
  return iterateOnce(readItems(context, parser));
}

/** Hides what an iterator of the language has besides: a stream is iterated and nothing else. */
function iterateOnce<Item>(items: AsyncIterator<Item>): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: () => items };
}

/** The items of a stream, then what ended it early, if anything did. */
async function* readItems(
  { source, answer, wait, release }: Context,
  parser: Parser,
): AsyncGenerator<object> {
  let waiting = wait();
  try {
    for (;;) {
      const chunk = await readChunk(source, waiting);
      for (const item of chunk ? parser.push(chunk) : parser.end()) {
        waiting.check();
        waiting.close();
        yield item instanceof Unreadable
          ? failureOf(item, waiting, answer)
          : item;
        waiting = wait();
      }
      if (!chunk || parser.isOver()) return;
    }
  } catch (cause) {
    yield failureOf(cause, waiting, answer);
  } finally {
    waiting.close();
    release();
    source.cancel();
  }
}

/** The next bytes; undefined at the end. Throws when nobody waits any more. */
async function readChunk(
  source: Source,
  waiting: Deadline,
): Promise<Uint8Array | undefined> {
  waiting.check();
  const { done, value } = await waiting.race(source.read());
  // An abort ends the body as well.
  waiting.check();
  if (done) return undefined;
  if (!ArrayBuffer.isView(value)) {
    throw new Unreadable("the body is not made of bytes", new Uint8Array());
  }
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function failureOf(
  cause: unknown,
  waiting: Deadline,
  answer: Answer,
): FailedItem {
  const ending = waiting.ending();
  let failed: Decoded;
  if (ending) {
    const message =
      ending.code === "client.timeout"
        ? ending.message.replace("response", "further item")
        : ending.message;
    failed = clientFailure({ ...ending, message }, "unknown");
  } else if (cause instanceof Unreadable) {
    failed = invalid({ ...answer, body: cause.excerpt }, cause.message);
  } else {
    const reason = reasonOf(cause);
    const message = `the stream broke${reason ? `: ${reason}` : ""}`;
    const why = { code: "client.network", message, reason, cause } as const;
    failed = clientFailure(why, "unknown");
  }
  const { error } = failed as FailedItem;
  Object.assign(error, { requestId: answer.sent?.["x-request-id"] });
  return failed as FailedItem;
}

/** The body as it is, but for its limits. */
function byteStream(context: Context): ByteStream {
  const { source, operation, answer, wait, release } = context;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const waiting = wait();
        try {
          const chunk = await readChunk(source, waiting);
          if (chunk) controller.enqueue(chunk.slice());
          else {
            release();
            controller.close();
          }
        } catch (cause) {
          release();
          source.cancel();
          const failed = failureOf(cause, waiting, answer);
          const { name } = operation;
          const { requestId } = failed.error;
          const failure = { ...failed, operation: name, requestId };
          controller.error(new KompliantError(failure as Failure<ClientError>));
        } finally {
          waiting.close();
        }
      },
      cancel: () => {
        release();
        source.cancel();
      },
    },
    { highWaterMark: 0 },
  ) as ByteStream;
}
