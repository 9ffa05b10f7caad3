import picocolors from "picocolors";
import { visible } from "./visible.js";

/** One line of output. Whatever the texts of its parts contain, it stays one line. */
export type Line = string | readonly Part[];

/** A stretch of a line: plain, or with a style where the output shows colors. */
export type Part = string | StyledText;

interface StyledText {
  readonly text: string;
  readonly styles: readonly Style[];
}

export type Style =
  "bold" | "dim" | "red" | "yellow" | "green" | "blue" | "cyan";

/** A text that is shown in the given styles. */
export function styled(text: string, ...styles: readonly Style[]): StyledText {
  return { text, styles };
}

/** The text of lines as it is printed, each with its line feed. */
export function printedText(lines: readonly Line[], color: boolean): string {
  const colors = picocolors.createColors(color);
  const printed = (part: Part): string =>
    typeof part === "string"
      ? visible(part)
      : part.styles.reduce(
          (text, style) => colors[style](text),
          visible(part.text),
        );
  return lines
    .map((line) => `${[line].flat().map(printed).join("")}\n`)
    .join("");
}
