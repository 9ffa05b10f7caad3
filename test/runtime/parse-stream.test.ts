import { createParser } from "eventsource-parser";
import type { EventSourceMessage } from "eventsource-parser";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  eventParser,
  lineParser,
} from "../../templates/runtime/parse-stream.js";
import type { Parser } from "../../templates/runtime/parse-stream.js";

/** Texts of what matters to the standard, in any order. */
const eventText = fc
  .array(
    fc.oneof(
      fc.constantFrom("data", "event", "id", "retry", "other", "\ufeff", "\0"),
      fc.constantFrom(":", ": ", ":  ", " ", "\n", "\r", "\r\n", "\n\n"),
      fc.constantFrom("data: ", "event: ", "id: ", "retry: 10", "é", "😀"),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  // The other implementation waits for what comes behind a carriage return.
  .map((parts) => `${parts.join("")}:`);

/** Bytes in chunks of any lengths, empty ones among them. */
function chunksOf(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return [...chunks, bytes.slice(at)];
}

const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });

/** All items; the buffer of a chunk is overwritten once it was read. */
function parsed(parser: Parser, chunks: readonly Uint8Array[]): object[] {
  const items = chunks.flatMap((chunk) => {
    const found = [...parser.push(chunk)];
    chunk.fill(0x7a);
    return found;
  });
  return [...items, ...parser.end()];
}

it("events are those of another implementation of the standard", () => {
  fc.assert(
    fc.property(eventText, lengths, (text, sizes) => {
      const expected: EventSourceMessage[] = [];
      // It takes a text without the mark of its byte order, and knows no end.
      createParser({ onEvent: (event) => expected.push(event) }).feed(
        text.replace(/^\ufeff/, ""),
      );
      const bytes = new TextEncoder().encode(text);
      const found = parsed(eventParser(1e6, false), chunksOf(bytes, sizes));
      expect(found).toMatchObject(
        expected.map(({ data, event, id }) => ({
          data,
          event: event ?? "message",
          // It does not keep that of an earlier event.
          ...(id !== undefined && { id }),
        })),
      );
    }),
    { numRuns: 3000 },
  );
});

it("lines are those of the whole text", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), lengths, (values, sizes) => {
      const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
      const bytes = new TextEncoder().encode(text);
      const parser = lineParser(1e6, ["application/x-ndjson"]);
      expect(parsed(parser, chunksOf(bytes, sizes))).toEqual(
        values.map((value) => ({
          ok: true,
          data: JSON.parse(JSON.stringify(value)) as unknown,
        })),
      );
    }),
  );
});

it("a sequence is that of the whole text, over lines and without", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.jsonValue(), fc.constantFrom(0, 2))),
      lengths,
      (values, sizes) => {
        const text = values
          .map(([value, space]) => JSON.stringify(value, null, space))
          .map((json) => `\x1e${json}\n`)
          .join("");
        const bytes = new TextEncoder().encode(text);
        const parser = lineParser(1e6, ["application/json-seq"]);
        expect(parsed(parser, chunksOf(bytes, sizes))).toEqual(
          values.map(([value]) => ({
            ok: true,
            data: JSON.parse(JSON.stringify(value)) as unknown,
          })),
        );
      },
    ),
  );
});
