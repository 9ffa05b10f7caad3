import ts from "typescript";

const colors = {
  light: {
    background: "#ffffff",
    border: "#d0d7de",
    text: "#1f2328",
    faint: "#8c959f",
    keyword: "#cf222e",
    string: "#0a3069",
    call: "#6639ba",
    error: "#d1242f",
    note: "#fff1f0",
  },
  dark: {
    background: "#0d1117",
    border: "#30363d",
    text: "#e6edf3",
    faint: "#6e7681",
    keyword: "#ff7b72",
    string: "#a5d6ff",
    call: "#d2a8ff",
    error: "#f85149",
    note: "#2d1215",
  },
} as const;

type Palette = Readonly<Record<keyof (typeof colors)["light"], string>>;

/** A mistake in a piece of code, by offset. */
interface Mistake {
  readonly start: number;
  readonly length: number;
  readonly message: string;
}

const column = 8.43;
const lineHeight = 20;
const top = 52;
const left = 54;
const width = 800;

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Breaks a text between words into lines of at most so many characters. */
function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trimStart();
    if (lines.length > 0 && longer.length <= most) lines.pop();
    lines.push(lines.length > 0 && longer.length > most ? word : longer);
  }
  return lines;
}

/** The code's tokens and the space between them, each with its color. */
function tokens(
  code: string,
  palette: Palette,
): readonly (readonly [text: string, color: string])[] {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    ts.LanguageVariant.Standard,
    code,
  );
  const found: [string, string][] = [];
  for (;;) {
    const kind = scanner.scan();
    if (kind === ts.SyntaxKind.EndOfFileToken) return found;
    const text = scanner.getTokenText();
    const isCall = code[scanner.getTokenEnd()] === "(";
    const isKeyword =
      kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword;
    const color =
      kind === ts.SyntaxKind.StringLiteral
        ? palette.string
        : kind === ts.SyntaxKind.Identifier && isCall
          ? palette.call
          : isKeyword
            ? palette.keyword
            : palette.text;
    found.push([text, color]);
  }
}

/**
 * Returns an SVG of an editor that shows a mistake in a piece of code: the code with
 * the mistake underlined, and its message under the line.
 */
export function drawEditor(
  code: string,
  { start, length, message }: Mistake,
  theme: keyof typeof colors,
): string {
  const palette = colors[theme];
  const before = code.slice(0, start).split("\n");
  const line = before.length - 1;
  const x = left + (before.at(-1)?.length ?? 0) * column;
  const words = wrapped(message, Math.floor((width - left - 40) / column));
  const noteHeight = 10 + words.length * lineHeight;
  const y = (index: number): number =>
    top + index * lineHeight + (index > line ? noteHeight + 8 : 0);
  const lines = code.trimEnd().split("\n");
  const colored = tokens(code, palette)
    .map(([text, color]) =>
      color === palette.text
        ? escaped(text)
        : `<tspan fill="${color}">${escaped(text)}</tspan>`,
    )
    .join("")
    .split("\n");
  const rows = lines.map((text, index) => {
    const number = `<text x="36" y="${y(index)}" text-anchor="end" fill="${palette.faint}">${index + 1}</text>`;
    // Whichever font there is, the columns are where the mark expects them.
    const width = `textLength="${Math.round(text.length * column)}"`;
    return `${number}<text x="${left}" y="${y(index)}" ${width} lengthAdjust="spacingAndGlyphs" fill="${palette.text}">${colored[index] ?? ""}</text>`;
  });
  const mark = `M${Math.round(x)} ${y(line) + 6}h${Math.round(length * column)}`;
  const note = y(line) + 12;
  const height = y(lines.length) + 4;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(message).replaceAll('"', "&quot;")}">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${palette.background}" stroke="${palette.border}"/>
<text x="20" y="24" fill="${palette.faint}">provision.ts</text>
${rows.join("\n")}
<path d="${mark}" stroke="${palette.error}" stroke-width="2" stroke-dasharray="2 2"/>
<rect x="${left}" y="${note}" width="${width - left - 16}" height="${noteHeight}" rx="4" fill="${palette.note}" stroke="${palette.error}"/>
${words.map((text, index) => `<text x="${left + 10}" y="${note + 20 + index * lineHeight}" fill="${palette.error}">${escaped(text)}</text>`).join("\n")}
</svg>
`;
}
