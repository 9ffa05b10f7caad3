import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutSecrets } from "../../templates/runtime/request.js";

const code = (character: string) => character.charCodeAt(0);
const hex = (character: string) => code(character).toString(16);

/** How servers escape what they repeat. */
const escapes: Readonly<Record<string, (text: string) => string>> = {
  verbatim: (text) => text,
  "PHP's json_encode": (text) => text.replaceAll("/", "\\/"),
  "percent-encoding": encodeURIComponent,
  "percent-encoding in lower case": (text) =>
    text.replace(/[^a-z\d]/gi, (each) => `%${hex(each)}`),
  "percent-encoding, twice": (text) =>
    encodeURIComponent(encodeURIComponent(text)),
  "HTML in decimal": (text) =>
    text.replace(/[^a-z\d]/gi, (each) => `&#${code(each)};`),
  "HTML in hexadecimal": (text) =>
    text.replace(/[^a-z\d]/gi, (each) => `&#x${hex(each).toUpperCase()};`),
  "HTML with leading zeros": (text) =>
    text.replace(/[^a-z\d]/gi, (each) => `&#0${code(each)};`),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(`"${text}"`)),
  "Gson and .NET": (text) =>
    text.replace(/[^a-z\d]/gi, (each) => `\\u00${hex(each)}`),
  "lower case": (text) => text.toLowerCase(),
  "upper case": (text) => text.toUpperCase(),
};

/** Bytes as credentials and signatures are written. */
const credential = fc.oneof(
  fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString("base64")),
  fc.uuid(),
  fc.stringMatching(/^sb_[A-Za-z\d]{22}$/),
  fc.stringMatching(/^[A-Za-z\d_-]{20}\.[A-Za-z\d_-]{20}\.[A-Za-z\d_-]{43}$/),
);

/** Eight letters and digits of a secret in a row are enough to look it up. */
function piecesOf(secret: string): readonly string[] {
  return secret
    .split(/[^A-Za-z\d]+/)
    .filter((run) => run.length >= 8)
    .map((run) => run.slice(0, 8).toLowerCase());
}

describe("a page that repeats a credential shows no piece of it", () => {
  it.each(Object.entries(escapes))("escaped as %s", (_how, escape) => {
    fc.assert(
      fc.property(credential, fc.nat(60), (secret, cut) => {
        const headers = { authorization: `KSig1-HMAC-SHA256 ${secret}` };
        const page = `<pre>authorization: ${escape(headers.authorization)}</pre>`;
        for (const text of [page, page.slice(0, page.length - cut)]) {
          const open = withoutSecrets(text, headers).toLowerCase();
          for (const piece of piecesOf(secret)) {
            expect(open).not.toContain(piece);
          }
        }
      }),
    );
  });
});
