import { parseJson } from "./decode.js";
import { encoder } from "./request.js";

/** Takes the chunks of a body, and gives the items that they complete. */
export interface Parser {
  /** Throws when an item is too long. */
  push(chunk: Uint8Array): Iterable<object>;
  /** What the end of the body completes. */
  end(): Iterable<object>;
  /** Whether the stream has said that nothing else comes. */
  readonly isOver: () => boolean;
}

/** What is wrong with an item, and the beginning of it. */
export class Unreadable extends Error {
  readonly excerpt: Uint8Array;

  constructor(message: string, excerpt: Uint8Array) {
    super(message);
    this.excerpt = excerpt.slice(0, 4000);
  }
}

const lf = 10;
const cr = 13;
/** The byte before each text of a JSON text sequence (RFC 7464). */
const recordSeparator = 30;

/** Bytes that are split behind given ones, wherever the chunks end. */
interface Splitter {
  push(chunk: Uint8Array): Generator<Uint8Array>;
  /** Takes what has come since the last end. */
  rest(): Uint8Array;
  /** Puts back what was taken too early. */
  add(piece: Uint8Array): void;
}

function splitter(ends: readonly number[], maxBytes: number): Splitter {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let previous = 0;
  const rest = (): Uint8Array => {
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    pieces = [];
    length = 0;
    return whole;
  };
  const add = (piece: Uint8Array): void => {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) throw tooLong(maxBytes, rest());
  };
  return {
    rest,
    add,
    *push(chunk) {
      let start = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at] ?? 0;
        const isSecond = byte === lf && previous === cr && ends.includes(cr);
        previous = byte;
        if (!ends.includes(byte)) continue;
        const piece = chunk.subarray(start, at);
        start = at + 1;
        if (isSecond) continue;
        add(piece);
        yield rest();
      }
      // A copy: a stream may fill the same buffer again.
      if (start < chunk.length) add(chunk.slice(start));
    },
  };
}

function tooLong(maxBytes: number, item: Uint8Array): Unreadable {
  return new Unreadable(
    `an item is longer than ${String(maxBytes)} bytes`,
    item,
  );
}

/** An item with the value of JSON. */
function jsonItem(bytes: Uint8Array, fields: object): object {
  const data = parseJson(bytes);
  return data === undefined
    ? new Unreadable("an item is not JSON", bytes)
    : { ok: true, data, ...fields };
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** Server-sent events, as the HTML standard reads them; `[DONE]` in place of JSON ends them, as many APIs do. */
export function eventParser(maxBytes: number, isJson: boolean): Parser {
  const lines = splitter([cr, lf], maxBytes);
  let isFirst = true;
  let isOver = false;
  let data: string[] = [];
  let length = 0;
  let event = "";
  let id = "";
  let retry: number | undefined;

  const dispatch = (): readonly object[] => {
    const text = data.join("\n");
    const hasData = data.length > 0;
    const fields = { event: event || "message", id, retry };
    data = [];
    length = 0;
    event = "";
    isOver = isJson && text.trim() === "[DONE]";
    if (!hasData || isOver) return [];
    return isJson
      ? [jsonItem(encoder.encode(text), fields)]
      : [{ ok: true, data: text, ...fields }];
  };

  const readField = (line: string, bytes: number): void => {
    const [, name, value = ""] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (name === "data") {
      data.push(value);
      length += bytes;
      if (length > maxBytes) {
        throw tooLong(maxBytes, encoder.encode(data.join("\n")));
      }
    } else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "retry" && /^\d+$/.test(value)) retry = Number(value);
  };

  return {
    *push(chunk) {
      for (const bytes of lines.push(chunk)) {
        const text = utf8.decode(bytes);
        const line = isFirst ? text.replace(/^\ufeff/, "") : text;
        isFirst = false;
        if (line === "") yield* dispatch();
        else readField(line, bytes.length + 1);
        if (isOver) return;
      }
    },
    // An event without the empty line behind it was cut off.
    end: () => [],
    isOver: () => isOver,
  };
}

/** Lines of JSON, or a JSON text sequence, whose texts may have several lines. */
export function lineParser(
  maxBytes: number,
  mediaTypes: readonly string[],
): Parser {
  const isSequence = mediaTypes.some((type) => /json-?seq$/.test(type));
  const texts = splitter([isSequence ? recordSeparator : lf], maxBytes);
  const items = (bytes: Uint8Array): readonly object[] =>
    bytes.every(isBlank) ? [] : [jsonItem(bytes, {})];
  return {
    *push(chunk) {
      for (const bytes of texts.push(chunk)) yield* items(bytes);
      if (!isSequence || chunk.at(-1) !== lf) return;
      // The text is complete if it is JSON. The separator of the next one may be long in coming.
      const bytes = texts.rest();
      if (parseJson(bytes) === undefined) texts.add(bytes);
      else yield* items(bytes);
    },
    end: () => items(texts.rest()),
    isOver: () => false,
  };
}

function isBlank(byte: number): boolean {
  return byte <= 32;
}
