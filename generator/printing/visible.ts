/**
 * Makes a text safe to print on one line of a terminal or of a CI log: line feeds,
 * control characters and characters that reorder or hide text become escapes, nothing
 * in it is a command to the machine that runs the job, and secrets in URLs are masked.
 */
export function visible(text: string): string {
  return maskUrls(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter)
    .replace(/^(\s*):(?=:)/u, String.raw`$1\u003a`)
    .replace(/#(?=#\w*\[)/g, String.raw`\u0023`);
}

/**
 * Makes the same characters of a JSON text visible. They can only be part of its
 * strings, where the escapes stand for what they replace.
 */
export function visibleJson(json: string): string {
  return json
    .replace(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from({ length: character.length }, (_, index) =>
        escapeUnit(character.charCodeAt(index)),
      ).join(""),
    )
    .replace(/#(?=#\w*\[)/g, String.raw`\u0023`);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : escapeUnit(code);
}

function escapeUnit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Says how a secret is shown. */
type Mask = (secret: string) => string;

const stars: Mask = (secret) => (secret === "" ? "" : "***");

/**
 * Hides what can be a credential in the URLs of a text: user and password, and the
 * values of the query.
 */
export function maskUrls(text: string, mask: Mask = stars): string {
  if (!/:[/\\]/.test(text)) return text;
  return text
    .replace(url, (found) => maskQuery(found.replace(userInfo, masked), mask))
    .replace(brokenUserInfo, masked);

  function masked(_: string, scheme: string, secret: string): string {
    return secret === "" ? `${scheme}@` : `${scheme}${mask(secret)}@`;
  }
}

const scheme = String.raw`\b[a-z][a-z\d+.-]{1,20}:[/\\]+`;

const url = new RegExp(String.raw`${scheme}[^\s"<>\x60]*`, "giu");

const userInfo = new RegExp(String.raw`(${scheme})([^/\\?#]*)@`, "giu");

/**
 * User and password with a character that ends the host of a URL: a colon that no port
 * follows shows that an `@` further on belongs to them.
 */
const brokenUserInfo = new RegExp(
  String.raw`(${scheme})([^\s/\\?#@:]*:(?!\d*(?:[^\da-z@]|$))[^\n]{0,500})@`,
  "giu",
);

function maskQuery(found: string, mask: Mask): string {
  const [, address = found, query, rest = ""] =
    /^([^?#]*)\?([^#]*?)([:,.;)\]}']*(?:#.*)?)$/s.exec(found) ?? [];
  if (query === undefined) return found;
  const parts = query.split("&").map((part) => {
    const start = part.indexOf("=") + 1;
    return part.slice(0, start) + mask(part.slice(start));
  });
  return `${address}?${parts.join("&")}${rest}`;
}
