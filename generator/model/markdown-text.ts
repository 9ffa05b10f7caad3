import { ownMember } from "../own-member.js";

/** Labels that the text defines links for, in lower case. */
export type LinkLabels = ReadonlySet<string>;

/** The labels of a text's link definitions. */
export function linkLabels(text: string): LinkLabels {
  const labels = new Set<string>();
  for (const [, label = ""] of text.matchAll(
    /^ {0,3}\[([^[\]\n]{1,200})\]:[ \t]*\S/gm,
  )) {
    labels.add(normalLabel(label));
  }
  return labels;
}

function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}

/** A stretch of a text, or a run of `*` or `_` that may be marks. */
interface Piece {
  text: string;
  run?: Run | undefined;
}

/** A bracket that may begin a link or an image. */
interface Bracket {
  readonly piece: number;
  readonly isImage: boolean;
  /** Cleared when a link ends within: links hold no links. */
  isActive: boolean;
}

/** Most brackets that are open at once; further ones are text. */
const mostBrackets = 50;

/** A run of one of the marks of emphasis. */
interface Run {
  readonly id: number;
  readonly mark: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  readonly piece: number;
}

/**
 * The text of a line or a cell without its Markdown: of emphasis, code, links and
 * images what they show, escapes and the usual entities decoded. HTML stays. Takes time
 * in proportion to the length of the text.
 *
 * @param place - in a cell, code may hold an escaped pipe
 */
export function plainText(
  text: string,
  labels: LinkLabels,
  place: "paragraph" | "cell" = "paragraph",
): string {
  if (!/[\\`*_[\]!<&]/.test(text)) return text;
  const pieces: Piece[] = [];
  const brackets: Bracket[] = [];
  const codeEnds = endsOfCode(text);
  let index = 0;
  const add = (shown: string, length: number): void => {
    pieces.push({ text: shown });
    index += length;
  };
  while (index < text.length) {
    const special = nextSpecial(text, index);
    if (special > index) {
      add(text.slice(index, special), special - index);
      continue;
    }
    const character = text.charAt(index);
    switch (character) {
      case "\\": {
        const next = text.charAt(index + 1);
        if (isPunctuation(next)) add(next, 2);
        else add("\\", 1);
        break;
      }
      case "`": {
        const length = runLength(text, index);
        const end = codeEnds.get(index);
        if (end === undefined) {
          add(text.slice(index, index + length), length);
        } else {
          const code = codeText(text.slice(index + length, end), place);
          add(code, end + length - index);
        }
        break;
      }
      case "*":
      case "_": {
        const length = runLength(text, index);
        pieces.push({
          text: "",
          run: {
            id: pieces.length,
            mark: character,
            length,
            ...flanking(text, index, length),
            piece: pieces.length,
          },
        });
        index += length;
        break;
      }
      case "[":
      case "!": {
        const isImage = text.startsWith("![", index);
        if (character === "!" && !isImage) {
          add("!", 1);
        } else {
          if (brackets.length < mostBrackets) {
            brackets.push({ piece: pieces.length, isImage, isActive: true });
          }
          add(isImage ? "![" : "[", isImage ? 2 : 1);
        }
        break;
      }
      case "]": {
        const open = brackets.pop();
        const length = open?.isActive
          ? linkLength(text, index, labels, () => labelOf(pieces, open.piece))
          : 0;
        if (length === 0 || !open) {
          add("]", 1);
          break;
        }
        keepUnusedMarks(pieces, open.piece);
        pieces[open.piece] = { text: "" };
        add("", length);
        if (open.isImage) break;
        for (const outer of brackets) {
          if (!outer.isImage) outer.isActive = false;
        }
        break;
      }
      case "<": {
        const [, url] = matchAt(autolink, text, index) ?? [];
        const [tag = "<"] = matchAt(htmlTag, text, index) ?? [];
        if (url !== undefined) add(url, url.length + 2);
        else add(tag, tag.length);
        break;
      }
      default: {
        const [entity = ""] = matchAt(anyEntity, text, index) ?? [];
        const decoded = decodeEntity(entity);
        if (decoded === undefined) add("&", 1);
        else add(decoded, entity.length);
      }
    }
  }
  keepUnusedMarks(pieces, 0);
  return pieces.map((piece) => piece.text).join("");
}

const specials = /[\\`*_[\]!<&]/g;

/** Where the next character stands that may be more than text. */
function nextSpecial(text: string, from: number): number {
  specials.lastIndex = from;
  return specials.exec(text)?.index ?? text.length;
}

function matchAt(
  pattern: RegExp,
  text: string,
  index: number,
): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

const autolink = /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*)>/iy;
const htmlTag = /<(?:\/?[a-z][a-z\d-]*(?:\s[^<>]*)?\/?>|!--[^<>]*-->)/iy;
const anyEntity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy;

function isPunctuation(character: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(character);
}

function runLength(text: string, index: number): number {
  const character = text[index];
  let end = index + 1;
  while (text[end] === character) end += 1;
  return end - index;
}

/** For each run of back-ticks that begins code, where the run stands that ends it. */
function endsOfCode(text: string): ReadonlyMap<number, number> {
  const runs = [...text.matchAll(/`+/g)];
  const next = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { 0: run, index } of runs.reverse()) {
    const end = next.get(run.length);
    if (end !== undefined) ends.set(index, end);
    next.set(run.length, index);
  }
  return ends;
}

/** What code shows: one space at either end only sets off back-ticks. */
function codeText(code: string, place: "paragraph" | "cell"): string {
  const isSetOff =
    code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
  const inner = isSetOff ? code.slice(1, -1) : code;
  return place === "cell" ? inner.replaceAll("\\|", "|") : inner;
}

/** Longest label that is looked up, and most pieces that it may be made of. */
const longestLabel = 200;

/** What a link with this text would be defined under; empty when that is too long. */
function labelOf(pieces: readonly Piece[], bracket: number): string {
  if (pieces.length - bracket > longestLabel) return "";
  const label = pieces
    .slice(bracket + 1)
    .map(({ text, run }) => (run ? run.mark.repeat(run.length) : text))
    .join("");
  return label.length > longestLabel ? "" : label;
}

/** Length of what follows the text of a link, from its closing bracket on; 0 when it is none. */
function linkLength(
  text: string,
  bracket: number,
  labels: LinkLabels,
  ownLabel: () => string,
): number {
  const [target] = matchAt(linkTarget, text, bracket) ?? [];
  if (target !== undefined) return target.length;
  if (labels.size === 0) return 0;
  const [reference = "]", named = ""] =
    matchAt(linkReference, text, bracket) ?? [];
  const label = named === "" ? ownLabel() : named;
  return labels.has(normalLabel(label)) ? reference.length : 0;
}

/** An address may hold parentheses in pairs, one within another at most. */
const linkTarget =
  /\]\(\s{0,9}(?:<[^<>\n]{0,2000}>|(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.){0,500}\)){0,2000})(?:\s{1,9}(?:"[^"]{0,500}"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)/y;
const linkReference = /\]\[([^[\]]{0,200})\]/y;

/** The entities that people write; others stay as they are. */
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  bull: "•",
  copy: "©",
  deg: "°",
  emsp: "\u2003",
  ensp: "\u2002",
  euro: "€",
  ge: "≥",
  gt: ">",
  hellip: "…",
  laquo: "«",
  larr: "←",
  ldquo: "“",
  le: "≤",
  lt: "<",
  lsquo: "‘",
  mdash: "—",
  middot: "·",
  nbsp: "\u00a0",
  ndash: "–",
  ne: "≠",
  plusmn: "±",
  pound: "£",
  quot: '"',
  raquo: "»",
  rarr: "→",
  rdquo: "”",
  reg: "®",
  rsquo: "’",
  sect: "§",
  shy: "\u00ad",
  times: "×",
  trade: "™",
  vert: "|",
};

function decodeEntity(entity: string): string | undefined {
  const name = entity.slice(1, -1);
  if (!name.startsWith("#")) {
    return ownMember(entities, name);
  }
  const code = /^#x/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : Number(name.slice(1));
  const isCharacter =
    code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}

/** Whether a run of marks may begin or end emphasis, by what stands around it. */
function flanking(
  text: string,
  index: number,
  length: number,
): Pick<Run, "canOpen" | "canClose"> {
  const before = kindOf(characterBefore(text, index));
  const after = kindOf(characterAt(text, index + length));
  const isLeft =
    after !== "space" && (after === "letter" || before !== "letter");
  const isRight =
    before !== "space" && (before === "letter" || after !== "letter");
  if (text[index] === "*") return { canOpen: isLeft, canClose: isRight };
  return {
    canOpen: isLeft && (!isRight || before === "punctuation"),
    canClose: isRight && (!isLeft || after === "punctuation"),
  };
}

function characterBefore(text: string, index: number): string {
  const last = text.charAt(index - 1);
  return /[\udc00-\udfff]/.test(last) ? text.slice(index - 2, index) : last;
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 32);
}

function kindOf(character: string): "space" | "punctuation" | "letter" {
  if (/^\s*$/u.test(character)) return "space";
  return /^[\p{P}\p{S}]$/u.test(character) ? "punctuation" : "letter";
}

/** Gives the marks from a piece on their text that emphasise nothing (CommonMark's "process emphasis"). */
function keepUnusedMarks(pieces: readonly Piece[], from: number): void {
  const open: { readonly run: Run; left: number }[] = [];
  /** Below which opener there is none for a kind of closer. */
  const bottoms = new Map<string, number>();
  const keep = ({ run, left }: (typeof open)[number]): void => {
    const piece = pieces[run.piece];
    if (piece) piece.text = run.mark.repeat(left);
  };
  for (let index = from; index < pieces.length; index += 1) {
    const piece = pieces[index];
    const run = piece?.run;
    if (!piece || !run) continue;
    piece.run = undefined;
    const closer = { run, left: run.length };
    while (run.canClose && closer.left > 0) {
      const kind = `${run.mark}${run.length % 3}${run.canOpen}`;
      const bottom = bottoms.get(kind) ?? -1;
      let found = open.length - 1;
      for (; found >= 0; found -= 1) {
        const opener = open[found];
        if (!opener || opener.run.id <= bottom) found = -1;
        else if (isPair(opener.run, run)) break;
      }
      const opener = open[found];
      if (!opener) {
        bottoms.set(kind, open.at(-1)?.run.id ?? -1);
        break;
      }
      for (const unused of open.splice(found + 1)) keep(unused);
      const used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
      opener.left -= used;
      closer.left -= used;
      if (opener.left === 0) open.pop();
    }
    if (closer.left === 0) continue;
    if (run.canOpen) open.push(closer);
    else keep(closer);
  }
  for (const unused of open) keep(unused);
}

/** Runs that may both begin and end emphasis pair only where their lengths rule out another reading. */
function isPair(opener: Run, closer: Run): boolean {
  if (opener.mark !== closer.mark) return false;
  const isEither = opener.canClose || closer.canOpen;
  return (
    !isEither ||
    (opener.length + closer.length) % 3 !== 0 ||
    (opener.length % 3 === 0 && closer.length % 3 === 0)
  );
}
