import { afterEach, describe, expect, it, vi } from "vitest";
import type * as Encoders from "../../generator/emit/encoded.js";
import { specWith } from "./spec-slots.js";
import type { Slot } from "./spec-slots.js";

type Printed = typeof Encoders.printedSyntax;

/** Encoders that forget to encode, each with places whose text goes through it. */
const broken: readonly {
  readonly encoder: string;
  readonly instead: (printed: Printed) => unknown;
  readonly slots: readonly Slot[];
  readonly texts: readonly string[];
}[] = [
  {
    encoder: "stringLiteral",
    instead: (printed) => (text: string) => printed(`"${text}"`),
    slots: ["info.version", "enum value", "const", "path"],
    texts: [
      '/", evil: steal(), other: "',
      '/"; steal(); "',
      '/" | any | "',
      "/\u202e",
      "/\n",
      "/\u2028",
      "/#sourceMappingURL=x",
      '/" + `${steal()}` + "',
    ],
  },
  {
    encoder: "propertyKey",
    instead: (printed) => (text: string) => printed(text),
    slots: ["error code"],
    texts: ["A: any; evil", "A: any } export type evil = { a", "[steal()]"],
  },
  {
    encoder: "jsonLiteral",
    instead: (printed) => (value: unknown) =>
      printed(JSON.stringify(value).replaceAll('\\"', '"')),
    slots: ["error sub_code", "error entity_type", "query parameter.name"],
    texts: ['", steal(), "', '"], evil: steal(), b: ["', "\u202e"],
  },
  {
    encoder: "docComment",
    instead:
      (printed) =>
      ({ text }: { readonly text: readonly (string | undefined)[] }) =>
        printed(`/** ${text.join("\n")} */`),
    slots: ["operation.description", "operation.summary", "error description"],
    texts: [
      "*/ steal(); /*",
      "*/ export type evil = 1; /*",
      "*/ export const operation = 1; /*",
      "*/ import fs from 'node:fs'; /*",
      "*/ // @ts-ignore\n/*",
      "@__NO_SIDE_EFFECTS__",
      "*/ //# sourceMappingURL=x\n/*",
      "\u202e",
    ],
  },
  {
    encoder: "docLines",
    instead:
      () =>
      ({ text }: { readonly text: readonly (string | undefined)[] }) =>
        text.map((each) => each ?? ""),
    slots: ["property.description"],
    texts: [
      "*/ evil?: string; /*",
      "*/ [key: string]: any; /*",
      "*/ } steal(); interface evil { /*",
      "@preserve",
      "\u2066",
    ],
  },
];

async function outcomeWith(
  encoder: string,
  instead: (printed: Printed) => unknown,
  spec: object,
): Promise<readonly string[]> {
  vi.resetModules();
  vi.doMock("../../generator/emit/encoded.js", async (importActual) => {
    const actual = await importActual<typeof Encoders>();
    return { ...actual, [encoder]: instead(actual.printedSyntax) };
  });
  const { generateInMemory } = await import("./generate-in-memory.js");
  try {
    await generateInMemory(spec);
    return [];
  } catch (error) {
    const { diagnostics } = error as {
      readonly diagnostics?: readonly { readonly code: string }[];
    };
    if (!diagnostics) throw error;
    return [...new Set(diagnostics.map(({ code }) => code))];
  }
}

afterEach(() => {
  vi.doUnmock("../../generator/emit/encoded.js");
});

describe("an encoder that forgets to encode", () => {
  it.each(
    broken.flatMap(({ slots, texts, ...each }) =>
      slots.flatMap((slot) =>
        texts
          // Nobody gets as far as the gate with a path that holds a line break.
          .filter((text) => slot !== "path" || !text.includes("\n"))
          .map((text) => ({ ...each, slot, text })),
      ),
    ),
  )(
    "$encoder, with $text as $slot, is stopped by the gate",
    async ({ encoder, instead, slot, text }) => {
      const codes = await outcomeWith(
        encoder,
        instead,
        specWith({ [slot]: text }),
      );
      expect(codes).toEqual(["output-unsafe"]);
    },
  );
});
